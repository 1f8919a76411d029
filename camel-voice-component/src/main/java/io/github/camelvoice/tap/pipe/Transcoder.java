package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import io.github.camelvoice.media.dsp.ResampleFilter;
import io.github.camelvoice.media.dsp.Resampler;
import java.util.Arrays;
import java.util.Map;

/**
 * From payloads of whatever codec the call has at the moment to samples at the rate of a sink. What goes in comes out at once in its full
 * length: the delay of the filter, 3 ms at most, is made up for by silence at the beginning. One thread.
 */
final class Transcoder {

    /** The longest stretch that is converted at once, in units of the RTP clock. */
    static final int MOST_UNITS = PacketRing.MOST_UNITS;
    static final int UNITS_PER_SECOND = 8000;

    /** By rate of the call's samples, then of the sink's. A filter takes a millisecond to make: too long for a loop, so all are made before. */
    private static final Map<Integer, Map<Integer, ResampleFilter>> FILTERS = Map.of(
            8000, Map.of(16000, new ResampleFilter(8000, 16000), 24000, new ResampleFilter(8000, 24000)),
            16000, Map.of(8000, new ResampleFilter(16000, 8000), 24000, new ResampleFilter(16000, 24000)));

    private final int outRate;
    private final short[] pcm;
    /** Samples that were made and not yet taken stand at its begin. */
    private final short[] made;
    private int spare;
    private int taken;
    private String encoding;
    private AudioCodec codec;
    private AudioCodec.Decoder decoder;
    private Resampler resampler;

    Transcoder(int outRate) {
        this.outRate = outRate;
        this.pcm = new short[MOST_UNITS * Math.max(outRate, 16_000) / UNITS_PER_SECOND];
        this.made = new short[MOST_UNITS * outRate / UNITS_PER_SECOND + outRate / 20];
    }

    /** The result of the last conversion, from 0 on. */
    short[] samples() {
        return resampler == null ? pcm : made;
    }

    /**
     * Decodes a packet.
     *
     * @param skip units at its begin that are not wanted
     * @return samples, exactly what the rest lasts
     */
    int decode(PacketRing.Packet packet, int skip) {
        if (!packet.encoding.equals(encoding)) {
            change(packet.encoding);
        }
        int count = packet.units * codec.sampleRate() / UNITS_PER_SECOND;
        int made = decoder == null ? 0 : decoder.decode(packet.payload, 0, packet.length, pcm, 0);
        if (made < count) {
            // a packet that is none, or a codec of which there is no implementation
            Arrays.fill(pcm, made, count, (short) 0);
        }
        int unwanted = skip * codec.sampleRate() / UNITS_PER_SECOND;
        if (unwanted > 0) {
            System.arraycopy(pcm, unwanted, pcm, 0, count - unwanted);
        }
        return convert(count - unwanted);
    }

    /** Silence of a length. */
    int silence(int units) {
        int rate = codec == null ? outRate : codec.sampleRate();
        int count = units * rate / UNITS_PER_SECOND;
        if (codec == null) {
            Arrays.fill(pcm, 0, count, (short) 0);
            return count;
        }
        Arrays.fill(pcm, 0, count, (short) 0);
        return convert(count);
    }

    private int convert(int count) {
        if (resampler == null) {
            return count;
        }
        System.arraycopy(made, taken, made, 0, spare);
        int all = spare + resampler.process(pcm, 0, count, made, spare);
        taken = (int) ((long) count * outRate / codec.sampleRate());
        spare = all - taken;
        return taken;
    }

    private void change(String name) {
        short[] rest = new short[outRate / 50];
        int left = 0;
        if (resampler != null) {
            System.arraycopy(made, taken, rest, 0, spare);
            left = spare + resampler.flush(rest, spare);
        }
        encoding = name;
        codec = Codecs.get(name);
        decoder = codec.linear() ? codec.decoder() : null;
        spare = 0;
        taken = 0;
        if (codec.sampleRate() == outRate) {
            resampler = null;
            return;
        }
        resampler = new Resampler(FILTERS.get(codec.sampleRate()).get(outRate));
        int probe = codec.sampleRate() / 50;
        // one more than the filter holds back: its count goes up and down by one where rates do not divide
        spare = outRate / 50 - resampler.outputFor(probe) + 1;
        Arrays.fill(made, 0, spare, (short) 0);
        System.arraycopy(rest, 0, made, 0, Math.min(left, spare));
    }
}
