package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;

/** Cuts one stream of samples into frames. One thread. */
final class FrameMaker {

    private final SampleForm form;
    private final Track track;
    private final FrameOut out;
    private final byte[] frame;
    private final int frameMillis;
    private int fill;
    private long offsetMillis;

    /** @param offsetMillis of the first frame */
    FrameMaker(AudioShape shape, Track track, long offsetMillis, FrameOut out) {
        this.form = SampleForm.of(shape);
        this.track = track;
        this.out = out;
        this.frameMillis = shape.frameMillis();
        this.frame = new byte[shape.frameBytes()];
        this.offsetMillis = offsetMillis;
    }

    /** Bytes that have the sink's form already. */
    void bytes(byte[] from, int off, int length) {
        for (int done = 0; done < length;) {
            int part = Math.min(length - done, frame.length - fill);
            System.arraycopy(from, off + done, frame, fill, part);
            done += part;
            filled(part);
        }
    }

    void samples(short[] pcm, int off, int count) {
        for (int done = 0; done < count;) {
            int part = Math.min(count - done, (frame.length - fill) / form.bytes());
            form.write(pcm, off + done, part, frame, fill);
            done += part;
            filled(part * form.bytes());
        }
    }

    void silence(int count) {
        for (int done = 0; done < count;) {
            int part = Math.min(count - done, (frame.length - fill) / form.bytes());
            form.silence(frame, fill, part);
            done += part;
            filled(part * form.bytes());
        }
    }

    /** Leaves frames out: the next one has a later offset. */
    void skip(long frames) {
        offsetMillis += frames * frameMillis;
    }

    private void filled(int part) {
        fill += part;
        if (fill == frame.length) {
            fill = 0;
            long offset = offsetMillis;
            offsetMillis += frameMillis;
            out.frame(track, frame, offset);
        }
    }
}
