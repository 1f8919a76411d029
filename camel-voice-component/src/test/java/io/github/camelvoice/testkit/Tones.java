package io.github.camelvoice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Test tones as WAV files, and what of a tone is in recorded audio. */
public final class Tones {

    private static final double AMPLITUDE = 8_000;

    private Tones() {
    }

    /** Samples of a mono 16-bit WAV file. */
    public record Audio(int rate, int channels, short[] samples) {

        public double seconds() {
            return samples.length / (double) rate / channels;
        }

        /** One channel. */
        public Audio channel(int index) {
            short[] one = new short[samples.length / channels];
            for (int i = 0; i < one.length; i++) {
                one[i] = samples[i * channels + index];
            }
            return new Audio(rate, 1, one);
        }

        /** The stretch from {@code from} to {@code to} seconds, cut to what is there. */
        public Audio part(double from, double to) {
            int start = Math.min(samples.length, (int) (from * rate) * channels);
            int end = Math.min(samples.length, (int) (to * rate) * channels);
            return new Audio(rate, channels, java.util.Arrays.copyOfRange(samples, start, Math.max(start, end)));
        }

        /**
         * Amplitude of a frequency in a mono signal (Goertzel), 0 to 32767, taken over its loudest quarter second so that silence around a
         * tone does not count.
         */
        public double amplitude(double frequency) {
            int window = Math.min(samples.length, rate / 4);
            double loudest = 0;
            for (int start = 0; window > 0 && start + window <= samples.length; start += window) {
                loudest = Math.max(loudest, goertzel(start, window, frequency));
            }
            return loudest;
        }

        /** Share of quarter seconds in which a frequency is the loud one: 0 to 1. */
        public double presence(double frequency) {
            int window = rate / 4;
            int all = 0;
            int with = 0;
            for (int start = 0; start + window <= samples.length; start += window) {
                all++;
                if (goertzel(start, window, frequency) > AMPLITUDE / 8) {
                    with++;
                }
            }
            return all == 0 ? 0 : with / (double) all;
        }

        private double goertzel(int start, int length, double frequency) {
            double coefficient = 2 * Math.cos(2 * Math.PI * frequency / rate);
            double last = 0;
            double before = 0;
            for (int i = start; i < start + length; i++) {
                double now = samples[i] + coefficient * last - before;
                before = last;
                last = now;
            }
            double power = last * last + before * before - coefficient * last * before;
            return 2 * Math.sqrt(Math.max(0, power)) / length;
        }
    }

    /** Writes a mono 16-bit WAV. */
    public static Path write(Path file, int rate, double frequency, double seconds) {
        return write(file, rate, 1, frequency, seconds);
    }

    /** Writes a 16-bit WAV with the same in all channels. */
    public static Path write(Path file, int rate, int channels, double frequency, double seconds) {
        short[] samples = new short[(int) (rate * seconds) * channels];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(AMPLITUDE * Math.sin(2 * Math.PI * frequency * (i / channels) / rate));
        }
        ByteBuffer wav = ByteBuffer.allocate(44 + samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + samples.length * 2);
        wav.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16).putShort((short) 1).putShort((short) channels);
        wav.putInt(rate).putInt(rate * 2 * channels).putShort((short) (2 * channels)).putShort((short) 16);
        wav.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(samples.length * 2);
        for (short sample : samples) {
            wav.putShort(sample);
        }
        try {
            return Files.write(file, wav.array());
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    /** Reads a 16-bit PCM WAV, its last chunk to the end of the file if its length is not filled in. */
    public static Audio read(Path file) {
        try {
            ByteBuffer wav = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            wav.position(12);
            int rate = 0;
            int channels = 1;
            ByteArrayOutputStream data = new ByteArrayOutputStream();
            while (wav.remaining() >= 8) {
                int id = wav.getInt();
                int told = wav.getInt();
                boolean unfinished = told <= 0 || told > wav.remaining();
                int length = unfinished ? wav.remaining() : told;
                int start = wav.position();
                if (id == 0x20746d66) {
                    channels = wav.getShort(start + 2);
                    rate = wav.getInt(start + 4);
                    if (wav.getShort(start + 14) != 16) {
                        throw new AssertionError(file + " is not 16 bit");
                    }
                } else if (id == 0x61746164) {
                    data.write(wav.array(), start, length);
                }
                wav.position(Math.min(wav.limit(), start + length + (length & 1)));
            }
            short[] samples = new short[data.size() / 2];
            ByteBuffer.wrap(data.toByteArray()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
            return new Audio(rate, channels, samples);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
