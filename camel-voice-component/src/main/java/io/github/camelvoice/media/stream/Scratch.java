package io.github.camelvoice.media.stream;

import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.dsp.Resampler;
import io.github.camelvoice.media.rtcp.RtcpView;
import io.github.camelvoice.media.rtp.RtpView;
import io.github.camelvoice.media.srtp.SrtpWork;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Buffers that all legs of one agent take turns in using. */
final class Scratch {

    /** Longer datagrams are cut off: nothing that we agree to reaches this length. */
    static final int DATAGRAM = 2048;
    /** What the longest datagram of G.711 lasts; a payload that lasts longer is not decoded. */
    static final int MILLIS = 256;
    /** The same at the higher of the rates. */
    static final int SAMPLES = 16 * MILLIS;

    final ByteBuffer in = ByteBuffer.allocateDirect(DATAGRAM);
    final ByteBuffer out = ByteBuffer.allocateDirect(DATAGRAM);
    final RtpView view = new RtpView();
    final RtcpView rtcp = new RtcpView();
    final SrtpWork srtp = new SrtpWork();
    final short[] pcm = new short[SAMPLES];
    final short[] converted = new short[SAMPLES];
    final byte[] payload = new byte[DATAGRAM];
    /** A payload that came, where {@link #payload} takes those that go meanwhile. */
    final byte[] incoming = new byte[DATAGRAM];

    /** @return bytes written to {@code out} from {@code at} on */
    int encode(AudioCodec.Encoder encoder, short[] samples, int count, ByteBuffer out, int at) {
        int length = encoder.encode(samples, 0, count, payload, 0);
        out.clear().put(at, payload, 0, length);
        return length;
    }

    /**
     * Resamples {@code pcm} into {@code converted}. A resampler gives less for its first block: silence goes before that.
     *
     * @return samples, {@code expected} at least
     */
    int resample(Resampler resampler, int count, int expected) {
        int made = resampler.outputFor(count);
        int lead = Math.max(0, expected - made);
        Arrays.fill(converted, 0, lead, (short) 0);
        return lead + resampler.process(pcm, 0, count, converted, lead);
    }
}
