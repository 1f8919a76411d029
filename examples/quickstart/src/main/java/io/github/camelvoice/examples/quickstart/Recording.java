package io.github.camelvoice.examples.quickstart;

import io.github.camelvoice.media.wav.WavReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** What is in a recording. */
record Recording(short[] samples, int sampleRate) {

    private static final int CHUNK = 8000;
    private static final double FULL_SCALE = 32768;

    static Recording read(Path file) throws IOException {
        try (WavReader reader = new WavReader(new BufferedInputStream(Files.newInputStream(file)))) {
            short[] all = new short[CHUNK];
            int count = 0;
            for (int read = reader.read(all, 0, CHUNK); read > 0; read = reader.read(all, count, CHUNK)) {
                count += read;
                all = Arrays.copyOf(all, count + CHUNK);
            }
            return new Recording(Arrays.copyOf(all, count), reader.sampleRate());
        }
    }

    double seconds() {
        return (double) samples.length / sampleRate;
    }

    double peakDecibels() {
        int peak = 1;
        for (short sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return 20 * Math.log10(peak / FULL_SCALE);
    }

    /** Whether most of the energy of the middle second is at this frequency (Goertzel). */
    boolean has(int frequency) {
        int length = Math.min(sampleRate, samples.length);
        int start = (samples.length - length) / 2;
        double coefficient = 2 * Math.cos(2 * Math.PI * frequency / sampleRate);
        double before = 0;
        double last = 0;
        double energy = 0;
        for (int i = start; i < start + length; i++) {
            double now = samples[i] + coefficient * last - before;
            before = last;
            last = now;
            energy += (double) samples[i] * samples[i];
        }
        double power = before * before + last * last - coefficient * before * last;
        return energy > 0 && power / (energy * length / 2) > 0.5;
    }
}
