package io.github.camelvoice.tap.pipe;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** What a frame costs between the leg and the sink, without either: nanoseconds of CPU per 20 ms of one tap. Run by hand. */
public final class PipelineBench {

    private static final int FRAMES = 100_000;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private PipelineBench() {
    }

    public static void main(String[] args) {
        String[][] cases = {{"PCMU", "PCMU", "8000", "TRACKS", "SPEAK"}, {"PCMU", "PCMU", "8000", "TRACKS", "BOTH"}, {"PCMU", "PCMU", "8000", "MIX", "BOTH"},
            {"PCMU", "PCMU", "8000", "STEREO", "BOTH"}, {"PCMU", "PCMA", "8000", "MIX", "SPEAK"}, {"PCMU", "L16", "16000", "MIX", "SPEAK"},
            {"PCMU", "L16", "16000", "MIX", "BOTH"}, {"G722", "PCMU", "8000", "MIX", "SPEAK"}};
        for (String[] one : cases) {
            AudioShape shape = new AudioShape(one[1], Integer.parseInt(one[2]), AudioShape.Layout.valueOf(one[3]), 20, false);
            long best = Long.MAX_VALUE;
            for (int round = 0; round < 4; round++) {
                best = Math.min(best, run(one[0], shape, TapDirection.valueOf(one[4])));
            }
            System.out.printf("%s -> %s/%s %s %s: %d ns per 20 ms%n", one[0], one[1], one[2], one[3], one[4], best);
        }
    }

    private static long run(String from, AudioShape shape, TapDirection direction) {
        Intake intake = new Intake();
        long[] bytes = new long[1];
        Pipeline pipeline = new Pipeline(shape, direction, intake, 0, (track, frame, offset) -> bytes[0] += frame[7]);
        byte[] payload = new byte[160];
        new java.util.Random(1).nextBytes(payload);
        long now = 0;
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < FRAMES; i++) {
            intake.packet(Track.INBOUND, from, payload, payload.length, 160 * i, false, now);
            intake.packet(Track.OUTBOUND, from, payload, payload.length, 160 * i, false, now);
            for (int turn = 0; turn < 10; turn++) {
                now += 2_000_000;
                pipeline.turn(now);
            }
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / FRAMES;
    }
}
