package io.github.camelvoice.tap.pipe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PacketRingTest {

    private final PacketRing ring = new PacketRing();
    private final PacketRing.Packet packet = new PacketRing.Packet();

    private void write(int number, int length) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) number);
        ring.write("PCMU", payload, length, number, number == 0, number);
    }

    @Test
    void packetsComeOutAsTheyWentIn() {
        assertThat(ring.read(packet)).isFalse();
        write(0, 160);
        write(1, 80);
        assertThat(ring.read(packet)).isTrue();
        assertThat(packet.fresh).isTrue();
        assertThat(packet.length).isEqualTo(160);
        assertThat(ring.read(packet)).isTrue();
        assertThat(packet.fresh).isFalse();
        assertThat(packet.length).isEqualTo(80);
        assertThat(packet.timestamp).isEqualTo(1);
        assertThat(packet.payload[79]).isEqualTo((byte) 1);
        assertThat(ring.read(packet)).isFalse();
    }

    @Test
    void theOldestGoFirstWhenNobodyReads() {
        for (int i = 0; i < 100; i++) {
            write(i, 160);
        }
        for (int i = 100 - PacketRing.SLOTS + 1; i < 100; i++) {
            assertThat(ring.read(packet)).isTrue();
            assertThat(packet.timestamp).isEqualTo(i);
        }
        assertThat(ring.read(packet)).isFalse();
        assertThat(ring.dropped()).isEqualTo(100 - PacketRing.SLOTS + 1);
    }

    /** What is read is never a mixture of two packets, however fast the writer is. */
    @Test
    void aReaderThatIsOvertakenSeesWholePacketsOnly() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        Thread writer = new Thread(() -> {
            byte[] payload = new byte[PacketRing.SLOT_BYTES];
            for (int i = 0; i < 300_000; i++) {
                Arrays.fill(payload, (byte) i);
                ring.write("PCMU", payload, payload.length, i, false, i);
            }
            done.set(true);
        });
        writer.start();
        long read = 0;
        int last = -1;
        boolean finished = false;
        while (true) {
            if (!ring.read(packet)) {
                if (finished) {
                    break;
                }
                finished = done.get();
                continue;
            }
            read++;
            assertThat(packet.timestamp).isGreaterThan(last);
            last = packet.timestamp;
            for (int i = 0; i < packet.length; i++) {
                if (packet.payload[i] != (byte) packet.timestamp) {
                    throw new AssertionError("a mixture");
                }
            }
        }
        writer.join(TimeUnit.SECONDS.toMillis(10));
        assertThat(read + ring.dropped()).isEqualTo(300_000);
        assertThat(last).isEqualTo(299_999);
    }
}
