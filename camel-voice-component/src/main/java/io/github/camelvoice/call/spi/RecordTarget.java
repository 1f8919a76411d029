package io.github.camelvoice.call.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and how to record.
 *
 * @param file   the WAV file to make; its folder exists or is made
 * @param layout both parties mixed to one channel, or left what we hear and right what we send
 * @param limit  the recording ends by itself after this time, null for no limit
 */
public record RecordTarget(Path file, Layout layout, Duration limit) {

    /** Channels of the file. */
    public enum Layout {
        MIXED, STEREO
    }

    public RecordTarget {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(layout, "layout");
    }
}
