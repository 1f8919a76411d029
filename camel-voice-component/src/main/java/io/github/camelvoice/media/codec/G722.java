package io.github.camelvoice.media.codec;

import java.util.Objects;

/**
 * G.722 (ITU-T 09/2012), mode 1: 64 kbit/s, two sub-bands of adaptive differential PCM, sampled at 16000 Hz. One byte
 * carries two samples: the lower six bits the lower band, the upper two the higher band.
 */
final class G722 implements AudioCodec {

    @Override
    public String encoding() {
        return "G722";
    }

    /** RFC 3551 section 4.5.2 keeps the historic error of RFC 1890: timestamps count at 8000 Hz. */
    @Override
    public int clockRate() {
        return 8000;
    }

    @Override
    public int sampleRate() {
        return 16000;
    }

    @Override
    public int staticPayloadType() {
        return 9;
    }

    @Override
    public int duration(byte[] payload, int off, int len) {
        return len;
    }

    @Override
    public Encoder encoder(String parameters) {
        return new SubBandEncoder();
    }

    @Override
    public Decoder decoder() {
        return new SubBandDecoder();
    }

    @Override
    public String toString() {
        return encoding();
    }

    private static final class SubBandEncoder implements Encoder {

        private final G722Band low = G722Band.lower();
        private final G722Band high = G722Band.higher();
        private final G722Qmf qmf = new G722Qmf();

        @Override
        public int encode(short[] pcm, int off, int len, byte[] out, int outOff) {
            if ((len & 1) != 0) {
                throw new IllegalArgumentException("G722 codes pairs of samples, not " + len);
            }
            Objects.checkFromIndexSize(off, len, pcm.length);
            int bytes = len / 2;
            Objects.checkFromIndexSize(outOff, bytes, out.length);
            for (int i = 0; i < bytes; i++) {
                qmf.push(pcm[off + 2 * i], pcm[off + 2 * i + 1]);
                int even = qmf.evenSum();
                int odd = qmf.oddSum();
                int lowCode = low.quantizeLower(even + odd >> 14);
                low.adaptLower(lowCode);
                int highCode = high.quantizeHigher(even - odd >> 14);
                high.adaptHigher(highCode);
                out[outOff + i] = (byte) (highCode << 6 | lowCode);
            }
            return bytes;
        }

        @Override
        public void reset() {
            low.reset();
            high.reset();
            qmf.reset();
        }
    }

    private static final class SubBandDecoder implements Decoder {

        private final G722Band low = G722Band.lower();
        private final G722Band high = G722Band.higher();
        private final G722Qmf qmf = new G722Qmf();

        @Override
        public int decode(byte[] in, int off, int len, short[] pcm, int outOff) {
            Objects.checkFromIndexSize(off, len, in.length);
            Objects.checkFromIndexSize(outOff, Math.multiplyExact(len, 2), pcm.length);
            for (int i = 0; i < len; i++) {
                int lowCode = in[off + i] & 0x3f;
                int highCode = in[off + i] >> 6 & 3;
                int lowOut = low.reconstructLower(lowCode);
                low.adaptLower(lowCode);
                int highOut = high.adaptHigher(highCode);
                qmf.push(lowOut + highOut, lowOut - highOut);
                pcm[outOff + 2 * i] = G722Band.saturate(qmf.evenSum() >> 11);
                pcm[outOff + 2 * i + 1] = G722Band.saturate(qmf.oddSum() >> 11);
            }
            return 2 * len;
        }

        @Override
        public void reset() {
            low.reset();
            high.reset();
            qmf.reset();
        }
    }
}
