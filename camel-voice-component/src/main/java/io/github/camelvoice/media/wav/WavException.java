package io.github.camelvoice.media.wav;

import java.io.IOException;

/** The stream is not a WAV file, or not one that can be played; the message says what is wrong with it. */
public final class WavException extends IOException {

    private static final long serialVersionUID = 1L;

    public WavException(String message) {
        super(message);
    }
}
