package io.github.camelvoice.media.bench;

import com.sun.management.ThreadMXBean;
import io.github.camelvoice.media.codec.AudioCodec;
import io.github.camelvoice.media.codec.Codecs;
import java.lang.management.ManagementFactory;
import java.util.Random;

/** Time and bytes that 20 ms of each codec take, on one thread: {@code CodecBench [FRAMES]}. */
public final class CodecBench {

    private CodecBench() {
    }

    public static void main(String[] args) {
        int frames = args.length > 0 ? Integer.parseInt(args[0]) : 5000;
        Codecs.all().filter(AudioCodec::linear).forEach(codec -> {
            run(codec, "", 0, frames);
            if (!codec.parameters().isEmpty()) {
                run(codec, codec.parameters(), 10, frames);
            }
        });
    }

    private static void run(AudioCodec codec, String parameters, int loss, int frames) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long me = Thread.currentThread().getId();
        AudioCodec.Encoder encoder = codec.encoder(parameters);
        encoder.loss(loss);
        AudioCodec.Decoder decoder = codec.decoder();
        int count = codec.sampleRate() / 50;
        short[] pcm = new short[count];
        short[] heard = new short[count];
        byte[] payload = new byte[1500];
        Random random = new Random(1);
        long encoding = 0;
        long decoding = 0;
        long encoded = 0;
        long decoded = 0;
        long bytes = 0;
        // the first half is for the compiler
        for (int i = 0; i < 2 * frames; i++) {
            if (i == frames) {
                encoding = decoding = encoded = decoded = bytes = 0;
            }
            voice(pcm, i, codec.sampleRate(), random);
            long allocated = threads.getThreadAllocatedBytes(me);
            long start = System.nanoTime();
            int length = encoder.encode(pcm, 0, count, payload, 0);
            long middle = System.nanoTime();
            long between = threads.getThreadAllocatedBytes(me);
            long again = System.nanoTime();
            decoder.decode(payload, 0, length, heard, 0);
            decoding += System.nanoTime() - again;
            encoding += middle - start;
            encoded += between - allocated;
            decoded += threads.getThreadAllocatedBytes(me) - between;
            bytes += length;
        }
        System.out.printf("%-5s %-12s encode %6.1f us %6d B, decode %5.1f us %6d B, %5.1f kbit/s%n", codec.encoding(), loss > 0 ? "with FEC" : "",
                encoding / 1e3 / frames, encoded / frames, decoding / 1e3 / frames, decoded / frames, bytes * 0.4 / frames);
    }

    /** Something like a vowel: a pitch that glides, its harmonics, a syllable four times a second, and breath. */
    private static void voice(short[] pcm, int frame, int rate, Random random) {
        for (int i = 0; i < pcm.length; i++) {
            double t = (frame * (double) pcm.length + i) / rate;
            double syllable = 0.5 - 0.5 * Math.cos(2 * Math.PI * 4 * t);
            double pitch = 2 * Math.PI * (130 * t + 8 * Math.sin(2 * Math.PI * 0.7 * t));
            double sound = Math.sin(pitch) + 0.7 * Math.sin(3 * pitch) + 0.5 * Math.sin(5 * pitch) + 0.3 * Math.sin(11 * pitch)
                    + 0.05 * random.nextGaussian();
            pcm[i] = (short) (4000 * syllable * sound);
        }
    }
}
