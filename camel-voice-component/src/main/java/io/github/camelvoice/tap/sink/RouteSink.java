package io.github.camelvoice.tap.sink;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.Taps.FrameReceiver;
import java.util.Arrays;

/** Frames for a route of this process; linear samples are little-endian, as in WAV. */
public final class RouteSink implements Sink {

    private final AudioShape shape;
    private final FrameReceiver receiver;
    private final long[] sequences = new long[Track.values().length];

    /** @throws TapException BAD_REQUEST: it is asked to speak */
    public RouteSink(TapSpec spec, FrameReceiver receiver) throws TapException {
        if (spec.speaks()) {
            throw new TapException(TapException.Kind.BAD_REQUEST, "a tap to a route does not speak into the call");
        }
        AudioShape.Layout layout = spec.tracks() ? AudioShape.Layout.TRACKS
                : spec.channels() == 2 ? AudioShape.Layout.STEREO : AudioShape.Layout.MIX;
        this.shape = new AudioShape(spec.codec(), spec.rate(), layout, spec.ptimeMillis(), false);
        this.receiver = receiver;
    }

    @Override
    public AudioShape shape() {
        return shape;
    }

    @Override
    public void open(Owner owner) {
        owner.opened(null, null);
    }

    /** The copy is what the receiver may keep. */
    @Override
    public void frame(Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
        receiver.frame(track, Arrays.copyOf(frame, length), sequences[track.ordinal()]++, offsetMillis);
    }

    @Override
    public void digit(char digit, int durationMillis) {
        // a route hears of digits by events
    }

    @Override
    public void turn(long nanos) {
        // frames are given away at once
    }

    /** The receiver is told by the session, which knows how it ended. */
    @Override
    public void close(String reason) {
        // nothing is held
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public long dropped() {
        return 0;
    }
}
