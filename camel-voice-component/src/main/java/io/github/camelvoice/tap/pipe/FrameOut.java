package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap.Track;

/** Takes finished frames. */
public interface FrameOut {

    /**
     * @param frame        of the length of the shape's frames; valid during the call only
     * @param offsetMillis of its begin from the start of the tap
     */
    void frame(Track track, byte[] frame, long offsetMillis);
}
