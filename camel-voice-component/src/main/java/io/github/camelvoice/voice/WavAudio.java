package io.github.camelvoice.voice;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Audio of {@code voice:tap} as a WAV file in memory; {@code convertBodyTo} makes one of an exchange of the consumer. Immutable as long as
 * nobody changes the array.
 *
 * @param bytes the whole file
 */
public record WavAudio(byte[] bytes) {

    private static final int PCM = 1;
    private static final int A_LAW = 6;
    private static final int MU_LAW = 7;

    /**
     * @param codec    {@code PCMU}, {@code PCMA} or {@code L16} (little-endian)
     * @param rate     samples per second
     * @param channels 1 or 2, interleaved
     */
    static WavAudio of(byte[] audio, String codec, int rate, int channels) {
        int format = switch (codec) {
            case "L16" -> PCM;
            case "PCMA" -> A_LAW;
            case "PCMU" -> MU_LAW;
            default -> throw new IllegalArgumentException("there is no WAV of " + codec);
        };
        int block = channels * (format == PCM ? 2 : 1);
        // G.711 needs the extended format chunk and a fact chunk (RIFF WAVE, "non-PCM formats").
        int formatBytes = format == PCM ? 16 : 18;
        int factBytes = format == PCM ? 0 : 12;
        int padding = audio.length & 1;
        int size = 12 + 8 + formatBytes + factBytes + 8 + audio.length + padding;
        ByteBuffer wav = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        wav.put(tag("RIFF")).putInt(size - 8).put(tag("WAVE"));
        wav.put(tag("fmt ")).putInt(formatBytes).putShort((short) format).putShort((short) channels).putInt(rate).putInt(rate * block)
                .putShort((short) block).putShort((short) (format == PCM ? 16 : 8));
        if (format != PCM) {
            wav.putShort((short) 0).put(tag("fact")).putInt(4).putInt(audio.length / block);
        }
        wav.put(tag("data")).putInt(audio.length).put(audio);
        return new WavAudio(wav.array());
    }

    private static byte[] tag(String name) {
        return name.getBytes(StandardCharsets.US_ASCII);
    }
}
