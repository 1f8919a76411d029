package io.github.camelvoice.session;

import java.io.IOException;

import io.github.camelvoice.call.spi.PlaySource;

/** Knows what can be played: a port of this room. Thread-safe; may wait. */
public interface PromptCheck {

    /**
     * Reads it as far as needed to know that it can be played.
     *
     * @param most bytes that matter: it is read no further
     * @return its length in bytes, more than {@code most} where it was not read to its end
     * @throws IOException saying in words what is wrong with it
     */
    long check(PlaySource file, long most) throws IOException;
}
