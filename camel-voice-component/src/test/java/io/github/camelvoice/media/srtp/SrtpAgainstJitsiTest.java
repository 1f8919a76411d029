package io.github.camelvoice.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Random;
import org.jitsi.srtp.SrtcpCryptoContext;
import org.jitsi.srtp.SrtpContextFactory;
import org.jitsi.srtp.SrtpCryptoContext;
import org.jitsi.srtp.SrtpErrorStatus;
import org.jitsi.srtp.SrtpPolicy;
import org.jitsi.utils.ByteArrayBuffer;
import org.jitsi.utils.logging2.LoggerImpl;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both directions with another implementation: lengths of all kinds, lists and extensions, losses, changed order, rollovers. */
class SrtpAgainstJitsiTest {

    private static final int SSRC = 0xCAFE0001;
    private final MasterKey any = MasterKey.random(CryptoSuite.AES_CM_128_HMAC_SHA1_80, new SecureRandom());
    private final Random random = new Random(4711);
    private final SrtpWork work = new SrtpWork();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(2048);

    /** A packet of theirs. */
    private static final class Bytes implements ByteArrayBuffer {
        private byte[] bytes;
        private int length;

        Bytes(byte[] packet) {
            bytes = Arrays.copyOf(packet, packet.length + 64);
            length = packet.length;
        }

        byte[] used() {
            return Arrays.copyOf(bytes, length);
        }

        @Override
        public byte[] getBuffer() {
            return bytes;
        }

        @Override
        public int getOffset() {
            return 0;
        }

        @Override
        public int getLength() {
            return length;
        }

        @Override
        public void setLength(int value) {
            length = value;
        }

        @Override
        public void setOffset(int value) {
            throw new IllegalStateException("packets begin at 0");
        }

        @Override
        public boolean isInvalid() {
            return false;
        }

        @Override
        public void readRegionToBuff(int offset, int count, byte[] to) {
            System.arraycopy(bytes, offset, to, 0, count);
        }

        @Override
        public void grow(int by) {
            bytes = Arrays.copyOf(bytes, bytes.length + by);
        }

        @Override
        public void append(byte[] data, int count) {
            System.arraycopy(data, 0, bytes, length, count);
            length += count;
        }

        @Override
        public void shrink(int by) {
            length -= by;
        }
    }

    private static SrtpContextFactory jitsi(boolean sender, MasterKey key) {
        byte[] material = key.material();
        SrtpPolicy rtp = new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, key.suite().rtpTag(), 14);
        SrtpPolicy rtcp = new SrtpPolicy(SrtpPolicy.AESCM_ENCRYPTION, 16, SrtpPolicy.HMACSHA1_AUTHENTICATION, 20, 10, 14);
        return new SrtpContextFactory(sender, Arrays.copyOf(material, 16), Arrays.copyOfRange(material, 16, 30), rtp, rtcp,
                new LoggerImpl("srtp-test"));
    }

    private byte[] rtp(int sequence) {
        int lists = random.nextInt(3);
        boolean extension = random.nextInt(3) == 0;
        byte[] payload = new byte[1 + random.nextInt(400)];
        random.nextBytes(payload);
        ByteBuffer packet = ByteBuffer.allocate(12 + 4 * lists + (extension ? 12 : 0) + payload.length);
        packet.put((byte) (0x80 | (extension ? 0x10 : 0) | lists)).put((byte) 0).putShort((short) sequence).putInt(sequence * 160).putInt(SSRC);
        for (int i = 0; i < lists; i++) {
            packet.putInt(i);
        }
        if (extension) {
            packet.putShort((short) 0xBEDE).putShort((short) 2).putLong(random.nextLong());
        }
        return packet.put(payload).array();
    }

    private void load(byte[] packet) {
        buffer.clear().put(packet).flip();
    }

    private byte[] stored() {
        byte[] packet = new byte[buffer.limit()];
        buffer.get(0, packet);
        return packet;
    }

    @ParameterizedTest
    @EnumSource
    void weReadWhatTheyWrite(CryptoSuite suite) throws Exception {
        MasterKey key = new MasterKey(suite, any.material(), 0);
        SrtpCryptoContext theirs = jitsi(true, key).deriveContext(SSRC, 0);
        SrtpIn ours = new SrtpIn(key, null);
        // 140,000 numbers: two rollovers; one packet in 25 is sent, so that the losses are many
        for (int sequence = 40_000; sequence < 180_000; sequence += 1 + random.nextInt(50)) {
            byte[] plain = rtp(sequence & 0xFFFF);
            Bytes packet = new Bytes(plain);
            assertThat(theirs.transformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
            load(packet.used());
            assertThat(ours.unprotectRtp(buffer, work)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
            assertThat(stored()).isEqualTo(plain);
            load(packet.used());
            assertThat(ours.unprotectRtp(buffer, work)).isEqualTo(SrtpIn.Verdict.REPLAYED);
        }
    }

    @ParameterizedTest
    @EnumSource
    void theyReadWhatWeWrite(CryptoSuite suite) throws Exception {
        MasterKey key = new MasterKey(suite, any.material(), 0);
        SrtpCryptoContext theirs = jitsi(false, key).deriveContext(SSRC, 0);
        SrtpOut ours = new SrtpOut(key);
        for (int sequence = 100; sequence < 140_000; sequence += 1 + random.nextInt(50)) {
            byte[] plain = new byte[13 + random.nextInt(400)];
            random.nextBytes(plain);
            ByteBuffer.wrap(plain).put((byte) 0x80).put((byte) 8).putShort((short) sequence).putInt(sequence * 160).putInt(SSRC);
            // anywhere in the buffer, as a packet that is passed on lies
            int at = random.nextInt(50);
            buffer.clear().position(at).put(plain);
            int length = ours.protectRtp(buffer, at, plain.length, work);
            assertThat(length).isEqualTo(plain.length + suite.rtpTag());
            byte[] sent = new byte[length];
            buffer.get(at, sent);
            Bytes packet = new Bytes(sent);
            assertThat(theirs.reverseTransformPacket(packet, false)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(packet.used()).isEqualTo(plain);
        }
    }

    @ParameterizedTest
    @EnumSource
    void reportsGoBothWays(CryptoSuite suite) throws Exception {
        MasterKey key = new MasterKey(suite, any.material(), 0);
        SrtcpCryptoContext reading = jitsi(false, key).deriveControlContext(SSRC);
        SrtcpCryptoContext writing = jitsi(true, key).deriveControlContext(SSRC);
        SrtpOut out = new SrtpOut(key);
        SrtpIn in = new SrtpIn(key, null);
        for (int i = 0; i < 200; i++) {
            byte[] plain = new byte[8 + 4 * random.nextInt(60)];
            random.nextBytes(plain);
            ByteBuffer.wrap(plain).put((byte) 0x80).put((byte) 201).putShort((short) (plain.length / 4 - 1)).putInt(SSRC);
            load(plain);
            assertThat(out.protectRtcp(buffer, work)).isTrue();
            Bytes packet = new Bytes(stored());
            assertThat(reading.reverseTransformPacket(packet)).isEqualTo(SrtpErrorStatus.OK);
            assertThat(packet.used()).isEqualTo(plain);
            Bytes theirs = new Bytes(plain);
            assertThat(writing.transformPacket(theirs)).isEqualTo(SrtpErrorStatus.OK);
            load(theirs.used());
            assertThat(in.unprotectRtcp(buffer, work)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
            assertThat(stored()).isEqualTo(plain);
            load(theirs.used());
            assertThat(in.unprotectRtcp(buffer, work)).isEqualTo(SrtpIn.Verdict.REPLAYED);
        }
    }
}
