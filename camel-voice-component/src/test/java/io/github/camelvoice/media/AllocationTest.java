package io.github.camelvoice.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocationTest {

    private static final Duration PACE = Duration.ofMillis(40);

    @TempDir
    Path folder;

    private static long allocatedByAgents() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Thread.getAllStackTraces().keySet().stream().filter(t -> t.getName().matches("voice-media-\\d+"))
                .mapToLong(t -> threads.getThreadAllocatedBytes(t.getId())).sum();
    }

    private static void exchange(RtpPeer from, RtpPeer to, int packets) {
        int before = to.packets.size();
        for (int i = 0; i < packets; i++) {
            from.send(0, new byte[160]);
            if (i % 20 == 19) {
                int count = before + i - 15;
                // in a pace that is no flood
                await().pollDelay(PACE).pollInterval(PACE).until(() -> to.packets.size() >= count);
            }
        }
    }

    @Test
    void relayingAPacketAllocatesNothing() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(1)); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg a = rig.open("PCMU");
            MediaRig.Leg b = rig.open("PCMU");
            one.towards(a.media().answer(one.sdp("0")));
            two.towards(b.media().answer(two.sdp("0")));
            a.media().bridge(b.media());
            await().until(() -> {
                one.send(0, new byte[160]);
                return !two.packets.isEmpty();
            });
            exchange(one, two, 400);
            long before = allocatedByAgents();
            exchange(one, two, 600);
            // what the agent's idle turns allocate, if anything, is in here too
            assertThat((allocatedByAgents() - before) / 600).isLessThan(16);
        }
    }

    @Test
    void playingAndEchoingAllocateNothingEither() throws Exception {
        try (MediaRig rig = new MediaRig(c -> c.withAgents(1)); RtpPeer one = new RtpPeer(); RtpPeer two = new RtpPeer()) {
            MediaRig.Leg playing = rig.open("PCMU");
            MediaRig.Leg echoing = rig.open("PCMU");
            playing.media().answer(one.sdp("0"));
            two.towards(echoing.media().answer(two.sdp("0")));
            playing.media().play("p", Tones.tone(folder, 440, 500, 8000, 0));
            echoing.media().echo(true);
            await().until(() -> {
                two.send(0, new byte[160]);
                return !two.packets.isEmpty() && one.packets.size() > 25;
            });
            exchange(two, two, 200);
            long before = allocatedByAgents();
            int played = one.packets.size();
            exchange(two, two, 500);
            await().until(() -> one.packets.size() >= played + 50);
            assertThat((allocatedByAgents() - before) / 550).isLessThan(32);
        }
    }
}
