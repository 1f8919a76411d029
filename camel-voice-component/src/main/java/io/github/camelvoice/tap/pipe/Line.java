package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap.Track;

/** A way from packets to frames. One thread. */
interface Line {

    void packet(Track track, PacketRing.Packet packet);

    /** Time passes: frames may be due. */
    void turn(long now);

    /** Whether silence takes the place of the audio. */
    void pause(boolean on);

    /** Whole frames made so far, as milliseconds from the start of the tap. */
    long madeMillis();
}
