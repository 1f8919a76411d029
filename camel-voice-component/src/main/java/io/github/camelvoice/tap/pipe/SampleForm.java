package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.media.codec.G711;
import io.github.camelvoice.tap.AudioShape;
import java.util.Arrays;

/** How linear samples become the bytes of a sink. Stateless. */
enum SampleForm {

    PCMU(1) {
        @Override
        void write(short[] pcm, int off, int count, byte[] out, int at) {
            G711.mulaw().encode(pcm, off, count, out, at);
        }

        @Override
        void silence(byte[] out, int at, int count) {
            Arrays.fill(out, at, at + count, G711.mulaw().silence());
        }
    },

    PCMA(1) {
        @Override
        void write(short[] pcm, int off, int count, byte[] out, int at) {
            G711.alaw().encode(pcm, off, count, out, at);
        }

        @Override
        void silence(byte[] out, int at, int count) {
            Arrays.fill(out, at, at + count, G711.alaw().silence());
        }
    },

    L16_LITTLE(2) {
        @Override
        void write(short[] pcm, int off, int count, byte[] out, int at) {
            for (int i = 0; i < count; i++) {
                short sample = pcm[off + i];
                out[at + 2 * i] = (byte) sample;
                out[at + 2 * i + 1] = (byte) (sample >> 8);
            }
        }

        @Override
        void silence(byte[] out, int at, int count) {
            Arrays.fill(out, at, at + 2 * count, (byte) 0);
        }
    },

    L16_BIG(2) {
        @Override
        void write(short[] pcm, int off, int count, byte[] out, int at) {
            for (int i = 0; i < count; i++) {
                short sample = pcm[off + i];
                out[at + 2 * i] = (byte) (sample >> 8);
                out[at + 2 * i + 1] = (byte) sample;
            }
        }

        @Override
        void silence(byte[] out, int at, int count) {
            Arrays.fill(out, at, at + 2 * count, (byte) 0);
        }
    };

    private final int bytes;

    SampleForm(int bytes) {
        this.bytes = bytes;
    }

    static SampleForm of(AudioShape shape) {
        return switch (shape.encoding()) {
            case "PCMU" -> PCMU;
            case "PCMA" -> PCMA;
            default -> shape.bigEndian() ? L16_BIG : L16_LITTLE;
        };
    }

    int bytes() {
        return bytes;
    }

    abstract void write(short[] pcm, int off, int count, byte[] out, int at);

    abstract void silence(byte[] out, int at, int count);
}
