package io.github.camelvoice.call.spi;

import java.io.InputStream;
import java.util.Objects;

/**
 * What to play.
 *
 * @param name   for events and log lines
 * @param opener opens the WAV stream; called on an I/O thread of the media plane, never on a mailbox or pacing thread; closed by the plane
 * @param repeat how often to play it, 1 or more; 0 for ever
 */
public record PlaySource(String name, Opener opener, int repeat) {

    /** Opens a fresh stream each time. */
    @FunctionalInterface
    public interface Opener {
        InputStream open() throws java.io.IOException;
    }

    public PlaySource {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(opener, "opener");
        if (repeat < 0) {
            throw new IllegalArgumentException("repeat must be 0 (for ever) or more: " + repeat);
        }
    }
}
