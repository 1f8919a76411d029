package io.github.camelvoice.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SrtpTest {

    private final MasterKey key = MasterKey.random(CryptoSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
    private final SrtpOut out = new SrtpOut(key);
    private final SrtpIn in = new SrtpIn(key, null);
    private final SrtpWork work = new SrtpWork();

    private static ByteBuffer plain(int ssrc, int sequence) {
        ByteBuffer packet = ByteBuffer.allocate(400).put((byte) 0x80).put((byte) 0).putShort((short) sequence).putInt(sequence * 160).putInt(ssrc);
        return packet.put(new byte[160]).flip();
    }

    private ByteBuffer sent(int ssrc, int sequence) {
        return sent(out, ssrc, sequence);
    }

    private ByteBuffer sent(SrtpOut by, int ssrc, int sequence) {
        ByteBuffer packet = plain(ssrc, sequence);
        int length = by.protectRtp(packet, 0, packet.limit(), work);
        assertThat(length).isPositive();
        return packet.limit(length).position(0);
    }

    private SrtpIn.Verdict come(ByteBuffer packet) {
        return in.unprotectRtp(ByteBuffer.allocate(600).put(packet.duplicate()).flip(), work);
    }

    @Test
    void aPacketThatComesLateCountsOnceAndOneThatIsTooOldNever() {
        ByteBuffer[] packets = new ByteBuffer[200];
        for (int i = 0; i < packets.length; i++) {
            packets[i] = sent(1, 65_500 + i & 0xFFFF);
        }
        assertThat(come(packets[10])).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(come(packets[60])).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        // from before the rollover, after one from behind it
        assertThat(come(packets[20])).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(come(packets[20])).isEqualTo(SrtpIn.Verdict.REPLAYED);
        assertThat(come(packets[10])).isEqualTo(SrtpIn.Verdict.REPLAYED);
        assertThat(come(packets[199])).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(come(packets[136])).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(come(packets[135])).isEqualTo(SrtpIn.Verdict.REPLAYED);
    }

    @Test
    void whoeverComesAfterTheFirstRolloverUnderstandsAllTheSame() {
        sent(1, 65_535);
        assertThat(come(sent(1, 3))).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(come(sent(1, 4))).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
    }

    @Test
    void eachBitCounts() {
        ByteBuffer packet = sent(1, 7);
        for (int bit = 0; bit < packet.limit() * 8; bit++) {
            ByteBuffer altered = ByteBuffer.allocate(600).put(packet.duplicate()).flip();
            altered.put(bit / 8, (byte) (altered.get(bit / 8) ^ 1 << bit % 8));
            assertThat(in.unprotectRtp(altered, work)).as("bit %d", bit).isEqualTo(SrtpIn.Verdict.INVALID);
        }
        for (int length = 0; length < packet.limit(); length++) {
            assertThat(come(packet.duplicate().limit(length))).isEqualTo(SrtpIn.Verdict.INVALID);
        }
        assertThat(come(packet)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
    }

    @Test
    void noiseIsInvalidAndChangesNothing() {
        Random random = new Random(5);
        assertThat(come(sent(1, 65_535))).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(220)];
            random.nextBytes(noise);
            if (noise.length > 12) {
                noise[0] = (byte) (0x80 | noise[0] & 0x3F);
                // now and then under the number of a packet of the stream
                Arrays.fill(noise, 8, 11, (byte) 0);
                noise[11] = 1;
            }
            ByteBuffer packet = ByteBuffer.allocate(600).put(noise).flip();
            assertThat(in.unprotectRtp(packet, work)).isNotEqualTo(SrtpIn.Verdict.AUTHENTIC);
            assertThat(in.unprotectRtcp(packet, work)).isEqualTo(SrtpIn.Verdict.INVALID);
        }
        assertThat(come(sent(1, 0))).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
    }

    @Test
    void noNumberGoesOutTwice() {
        sent(1, 500);
        ByteBuffer again = plain(1, 500);
        assertThat(out.protectRtp(again, 0, again.limit(), work)).isZero();
        ByteBuffer late = plain(1, 499);
        assertThat(out.protectRtp(late, 0, late.limit(), work)).isPositive();
        ByteBuffer noRoom = ByteBuffer.allocate(172).put(plain(1, 501)).flip();
        assertThat(out.protectRtp(noRoom, 0, 172, work)).isZero();
    }

    @Test
    void aNewKeyGoesOnWithTheRolloverOrBeginsAnew() {
        for (int i = 0; i < 70_000; i += 1_000) {
            assertThat(come(sent(1, i & 0xFFFF))).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        }
        MasterKey next = MasterKey.random(CryptoSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
        SrtpIn after = new SrtpIn(next, in);
        SrtpOut going = new SrtpOut(next);
        // as RFC 3711 says: the far end's counter is at 1 and stays there
        sent(going, 1, 65_535);
        ByteBuffer wentOn = sent(going, 1, 4_465);
        assertThat(after.unprotectRtp(wentOn, work)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        // as many do: with a new key the counter is at 0
        SrtpIn other = new SrtpIn(next, in);
        ByteBuffer anew = sent(new SrtpOut(next), 1, 4_465);
        assertThat(other.unprotectRtp(anew, work)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(come(sent(1, 4_466))).as("under the old key").isEqualTo(SrtpIn.Verdict.AUTHENTIC);
    }

    @Test
    void sourcesWithoutEndTakeNoRoomWithoutEnd() {
        for (int ssrc = 1; ssrc <= 100; ssrc++) {
            assertThat(come(sent(new SrtpOut(key), ssrc, 1))).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        }
        ByteBuffer packet = sent(new SrtpOut(key), 100, 2);
        assertThat(come(packet)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(come(packet)).isEqualTo(SrtpIn.Verdict.REPLAYED);
    }

    @Test
    void aReportInClearIsNotTaken() {
        ByteBuffer report = ByteBuffer.allocate(200).put((byte) 0x80).put((byte) 201).putShort((short) 1).putInt(1).flip();
        assertThat(in.unprotectRtcp(report, work)).isEqualTo(SrtpIn.Verdict.INVALID);
        assertThat(out.protectRtcp(report, work)).isTrue();
        ByteBuffer clear = ByteBuffer.allocate(200).put(report.duplicate()).flip();
        clear.put(8, (byte) 0);
        assertThat(in.unprotectRtcp(clear, work)).isEqualTo(SrtpIn.Verdict.INVALID);
        assertThat(in.unprotectRtcp(report, work)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(report.limit()).isEqualTo(8);
    }

    @Test
    void packetsCarryAnIdentifierOfTheKeyWhereThatWasSaid() {
        MasterKey withIdentifier = new MasterKey(key.suite(), key.material(), 4);
        ByteBuffer packet = sent(1, 1);
        ByteBuffer carrying = ByteBuffer.allocate(600).put(packet.duplicate().limit(172)).putInt(1).put(packet.duplicate().position(172)).flip();
        assertThat(new SrtpIn(withIdentifier, null).unprotectRtp(carrying, work)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        assertThat(carrying.limit()).isEqualTo(172);
    }

    @Test
    void keysAreInNoText() {
        assertThat(key.toString()).isEqualTo("AES_CM_128_HMAC_SHA1_80 (key hidden)");
        assertThat(new SrtpKeys(key, key).toString()).doesNotContain(java.util.Base64.getEncoder().encodeToString(key.material()));
        assertThat(key).isEqualTo(new MasterKey(key.suite(), key.material(), 0)).isNotEqualTo(new MasterKey(key.suite(), new byte[30], 0));
        assertThatThrownBy(() -> new MasterKey(key.suite(), new byte[29], 0)).hasMessageContaining("30 bytes, not 29");
    }

    @Test
    void aPacketAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long me = Thread.currentThread().getId();
        ByteBuffer packet = ByteBuffer.allocateDirect(400);
        long least = Long.MAX_VALUE;
        int sequence = 0;
        for (int round = 0; round < 12; round++) {
            long before = threads.getThreadAllocatedBytes(me);
            for (int i = 0; i < 2_000; i++, sequence++) {
                packet.clear().putShort(0, (short) 0x8000).putShort(2, (short) sequence).putInt(8, 5);
                int length = out.protectRtp(packet, 0, 172, work);
                packet.limit(length);
                if (in.unprotectRtp(packet, work) != SrtpIn.Verdict.AUTHENTIC) {
                    throw new AssertionError("packet " + sequence);
                }
            }
            least = Math.min(least, (threads.getThreadAllocatedBytes(me) - before) / 2_000);
        }
        assertThat(least).isZero();
    }
}
