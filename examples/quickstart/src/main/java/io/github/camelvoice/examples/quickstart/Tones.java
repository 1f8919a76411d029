package io.github.camelvoice.examples.quickstart;

import io.github.camelvoice.call.spi.PlaySource;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** What our phone says: a tone of 440 Hz, as a WAV made in memory. */
final class Tones {

    static final int FREQUENCY = 440;
    private static final int RATE = 8000;
    private static final int HEADER = 44;
    private static final double LOUDNESS = 8000;

    private Tones() {
    }

    static PlaySource seconds(int seconds) {
        byte[] wav = wav(seconds * RATE);
        return new PlaySource("tone", () -> new ByteArrayInputStream(wav), 1);
    }

    private static byte[] wav(int samples) {
        ByteBuffer wav = ByteBuffer.allocate(HEADER + samples * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(text("RIFF")).putInt(HEADER - 8 + samples * 2).put(text("WAVE"));
        wav.put(text("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1).putInt(RATE).putInt(RATE * 2).putShort((short) 2)
                .putShort((short) 16);
        wav.put(text("data")).putInt(samples * 2);
        for (int i = 0; i < samples; i++) {
            wav.putShort((short) (LOUDNESS * Math.sin(2 * Math.PI * FREQUENCY * i / RATE)));
        }
        return wav.array();
    }

    private static byte[] text(String fourLetters) {
        return fourLetters.getBytes(StandardCharsets.US_ASCII);
    }
}
