package io.github.camelvoice.examples.voicebot;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What the caller says: bursts of a tone of 1000 Hz, as a WAV made in memory. */
final class Tones {

    private static final int RATE = 8000;
    private static final int HEADER = 44;
    private static final double LOUDNESS = 8000;
    private static final double FREQUENCY = 1000;

    private Tones() {
    }

    /** Each burst is followed by silence up to the period; half a second of silence comes before all. */
    static byte[] bursts(int count, int burstMillis, int periodMillis) {
        int lead = RATE / 2;
        int period = periodMillis * RATE / 1000;
        int loud = burstMillis * RATE / 1000;
        int samples = lead + count * period;
        ByteBuffer wav = ByteBuffer.allocate(HEADER + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(text("RIFF")).putInt(HEADER - 8 + samples * 2).put(text("WAVE"));
        wav.put(text("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2).putShort((short) 2)
                .putShort((short) 16);
        wav.put(text("data")).putInt(samples * 2);
        for (int i = 0; i < samples; i++) {
            boolean tone = i >= lead && (i - lead) % period < loud;
            // From a peak on, so that the first sample is loud.
            wav.putShort(tone ? (short) (LOUDNESS * Math.cos(2 * Math.PI * FREQUENCY * i / RATE)) : 0);
        }
        return wav.array();
    }

    private static byte[] text(String fourLetters) {
        return fourLetters.getBytes(StandardCharsets.US_ASCII);
    }
}
