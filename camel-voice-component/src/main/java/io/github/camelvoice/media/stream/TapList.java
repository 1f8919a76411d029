package io.github.camelvoice.media.stream;

import io.github.camelvoice.call.spi.MediaTap;
import io.github.camelvoice.call.spi.MediaTap.Track;
import java.util.Arrays;

/** Who hears a leg besides its recording. The leg's agent alone comes here. */
final class TapList {

    private static final MediaTap[] NONE = {};

    private MediaTap[] taps = NONE;

    void add(MediaTap tap) {
        taps = Arrays.copyOf(taps, taps.length + 1);
        taps[taps.length - 1] = tap;
    }

    void remove(MediaTap tap) {
        taps = Arrays.stream(taps).filter(each -> each != tap).toArray(MediaTap[]::new);
    }

    boolean none() {
        return taps.length == 0;
    }

    void packet(Track track, String encoding, byte[] payload, int length, int timestamp, boolean fresh, long now) {
        for (MediaTap tap : taps) {
            tap.packet(track, encoding, payload, length, timestamp, fresh, now);
        }
    }

    void close() {
        MediaTap[] told = taps;
        taps = NONE;
        for (MediaTap tap : told) {
            tap.closed();
        }
    }
}
