package io.github.camelvoice.speech;

/** Text that could not be spoken. The message may be told to the author of the text. */
public final class SpeechException extends Exception {

    public SpeechException(String message) {
        super(message);
    }

    public SpeechException(String message, Throwable cause) {
        super(message, cause);
    }
}
