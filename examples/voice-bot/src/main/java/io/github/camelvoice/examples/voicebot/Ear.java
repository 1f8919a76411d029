package io.github.camelvoice.examples.voicebot;

import io.github.camelvoice.call.spi.MediaTap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Notes each packet that the caller sends and gets, with its time, and finds the bursts of tone in them afterwards. */
final class Ear implements MediaTap {

    private static final int SAMPLES_PER_MILLI = 8;
    private static final long NANOS_PER_SAMPLE = 125_000;
    private static final int LOUD = 1_000;
    private static final int SILENCE = 50 * SAMPLES_PER_MILLI;

    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Queue<Packet> packets = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    private record Packet(Track track, byte[] payload, long nanos) {
    }

    /** @param nanos when its first sample was sent, or came; @param millis from its first loud sample to its last */
    record Burst(long nanos, int millis) {
    }

    @Override
    public void packet(Track track, String encoding, byte[] payload, int length, int timestamp, boolean fresh, long nanos) {
        packets.add(new Packet(track, Arrays.copyOf(payload, length), nanos));
    }

    /** What was loud, in order; 50 ms of silence end a burst. */
    List<Burst> bursts(Track track) {
        List<Burst> bursts = new ArrayList<>();
        long began = 0;
        int first = -1;
        int last = 0;
        int at = 0;
        for (Packet packet : packets) {
            if (packet.track() != track) {
                continue;
            }
            for (int i = 0; i < packet.payload().length; i++, at++) {
                if (first >= 0 && at - last > SILENCE) {
                    bursts.add(new Burst(began, (last - first + 1) / SAMPLES_PER_MILLI));
                    first = -1;
                }
                if (magnitude(packet.payload()[i]) > LOUD) {
                    if (first < 0) {
                        first = at;
                        began = packet.nanos() + i * NANOS_PER_SAMPLE;
                    }
                    last = at;
                }
            }
        }
        if (first >= 0) {
            bursts.add(new Burst(began, (last - first + 1) / SAMPLES_PER_MILLI));
        }
        return bursts;
    }

    /** Waits until the caller has heard so much that was loud. @return false if that did not come in time */
    boolean awaitSpeech(int millis, long patienceSeconds) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
        while (bursts(Track.INBOUND).stream().mapToInt(Burst::millis).sum() < millis) {
            if (closed.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > deadline) {
                return false;
            }
        }
        return true;
    }

    /** Of a µ-law sample (ITU-T G.711). */
    private static int magnitude(byte sample) {
        return ((~sample & 0x0f) * 8 + 132 << ((~sample & 0x70) >> 4)) - 132;
    }

    @Override
    public void digit(char digit, int durationMillis) {
        // The bot presses no keys.
    }

    @Override
    public void closed() {
        closed.countDown();
    }
}
