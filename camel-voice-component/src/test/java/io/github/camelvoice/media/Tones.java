package io.github.camelvoice.media;

import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.media.dsp.Goertzel;
import io.github.camelvoice.media.dsp.ToneGenerator;
import io.github.camelvoice.media.wav.WavWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tones as files, and which of them is in a recording. */
final class Tones {

    private Tones() {
    }

    /** A mono WAV with a tone of -10 dB. */
    static PlaySource tone(Path folder, double hertz, int millis, int rate, int repeat) {
        Path file = folder.resolve((int) hertz + "-" + rate + "-" + millis + ".wav");
        short[] pcm = new short[rate * millis / 1000];
        new ToneGenerator(rate, -10, hertz).fill(pcm, 0, pcm.length);
        try (WavWriter writer = new WavWriter(file, 1, rate)) {
            writer.write(pcm, 0, pcm.length);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new PlaySource(file.getFileName().toString(), () -> Files.newInputStream(file), repeat);
    }

    /** The samples of one channel of a 16 bit WAV with a plain header. */
    static short[] channel(Path file, int channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        int channels = bytes.getShort(22);
        short[] samples = new short[(bytes.limit() - 44) / 2 / channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort(44 + 2 * (i * channels + channel));
        }
        return samples;
    }

    static int rate(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getInt(24);
    }

    /** How many 20 ms frames consist mostly of the tone. */
    static int framesOf(short[] pcm, int rate, double hertz) {
        int frame = rate / 50;
        int count = 0;
        for (int at = 0; at + frame <= pcm.length; at += frame) {
            Goertzel goertzel = new Goertzel(rate, hertz);
            goertzel.add(pcm, at, frame);
            if (goertzel.level() > -16 && goertzel.share() > 0.8) {
                count++;
            }
        }
        return count;
    }
}
