package io.github.camelvoice.call.spi;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where and how to record.
 *
 * @param file    the WAV file to make; its folder exists or is made
 * @param layout  one channel, or left what we hear and right what we send
 * @param limit   the recording ends by itself after this time, null for no limit
 * @param tracks  what is in it; in a file of two channels the other one is silent
 * @param pauses  what a pause is in the file
 * @param trim    whether silence before the first sound and after the last one goes
 * @param silence the recording ends by itself after so much silence from the far end, null for no limit
 * @param least   a recording that is shorter, or has no sound, is not kept ({@link MediaEvent.Outcome#ABSENT}); null to keep any
 */
public record RecordTarget(Path file, Layout layout, Duration limit, Tracks tracks, Pauses pauses, boolean trim, Duration silence,
                           Duration least) {

    /** Channels of the file. */
    public enum Layout {
        MIXED, STEREO
    }

    /** Directions, as the leg has them. */
    public enum Tracks {
        BOTH, HEARD, SENT
    }

    /** What a pause is in the file. */
    public enum Pauses {
        LEFT_OUT, SILENT
    }

    public RecordTarget {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(tracks, "tracks");
        Objects.requireNonNull(pauses, "pauses");
    }

    /** Both directions, all of them, pauses left out. */
    public RecordTarget(Path file, Layout layout, Duration limit) {
        this(file, layout, limit, Tracks.BOTH, Pauses.LEFT_OUT, false, null, null);
    }

    public RecordTarget withTracks(Tracks value) {
        return new RecordTarget(file, layout, limit, value, pauses, trim, silence, least);
    }

    public RecordTarget withPauses(Pauses value) {
        return new RecordTarget(file, layout, limit, tracks, value, trim, silence, least);
    }

    public RecordTarget withTrim(boolean value) {
        return new RecordTarget(file, layout, limit, tracks, pauses, value, silence, least);
    }

    public RecordTarget withSilence(Duration value) {
        return new RecordTarget(file, layout, limit, tracks, pauses, trim, value, least);
    }

    public RecordTarget withLeast(Duration value) {
        return new RecordTarget(file, layout, limit, tracks, pauses, trim, silence, value);
    }
}
