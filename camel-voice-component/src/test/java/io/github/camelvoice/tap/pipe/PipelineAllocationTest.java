package io.github.camelvoice.tap.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.TapDirection;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the packet of a leg to the frame of a sink nothing is allocated: neither on the thread of the leg nor on the loop, which are one here. */
class PipelineAllocationTest {

    private static final long FRAME = 20_000_000L;
    private static final int ROUNDS = 5;
    private static final int PACKETS = 4_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final byte[] payload = new byte[160];
    private long frames;
    private int timestamp;
    private long now;

    @ParameterizedTest
    @CsvSource({"PCMU,PCMU,8000,TRACKS,BOTH", "PCMU,PCMU,8000,MIX,BOTH", "G722,PCMU,8000,STEREO,BOTH", "PCMA,L16,16000,MIX,SPEAK", "G722,L16,24000,MIX,BOTH"})
    void aPacketAllocatesNothing(String from, String to, int rate, AudioShape.Layout layout, TapDirection direction) {
        Intake intake = new Intake();
        Pipeline pipeline = new Pipeline(new AudioShape(to, rate, layout, 20, false), direction, intake, now, (track, frame, offset) -> frames++);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < PACKETS; i++) {
                intake.packet(Track.INBOUND, from, payload, payload.length, timestamp, false, now);
                intake.packet(Track.OUTBOUND, from, payload, payload.length, timestamp, false, now);
                timestamp += 160;
                now += FRAME;
                pipeline.turn(now);
            }
            least = Math.min(least, threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(frames).isGreaterThan((long) (ROUNDS - 1) * PACKETS);
        assertThat(least).as("bytes for %d packets", 2 * PACKETS).isLessThan(PACKETS);
    }
}
