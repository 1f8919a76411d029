package io.github.camelvoice.engine;

/** The engine could not start; the message names the setting or port that is to blame. */
public final class EngineStartException extends Exception {

    private static final long serialVersionUID = 1L;

    public EngineStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
