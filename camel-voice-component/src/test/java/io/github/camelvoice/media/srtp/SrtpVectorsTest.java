package io.github.camelvoice.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Figures that others computed: RFC 3711, appendix B, and the packet that implementations commonly test themselves with. */
class SrtpVectorsTest {

    private static final HexFormat HEX = HexFormat.of();
    private static final byte[] KEY = HEX.parseHex("e1f97a0d3e018be0d64fa32c06de4139");
    private static final byte[] SALT = HEX.parseHex("0ec675ad498afeebb6960b3aabe6");

    static MasterKey master(CryptoSuite suite) {
        byte[] material = Arrays.copyOf(KEY, MasterKey.LENGTH);
        System.arraycopy(SALT, 0, material, MasterKey.KEY, MasterKey.SALT);
        return new MasterKey(suite, material, 0);
    }

    @Test
    void keysAreDerivedAsInAppendixB3() {
        assertThat(PacketCipher.derive(KEY, SALT, 0, 16)).isEqualTo(HEX.parseHex("c61e7a93744f39ee10734afe3ff7a087"));
        assertThat(PacketCipher.derive(KEY, SALT, 2, 14)).isEqualTo(HEX.parseHex("30cbbc08863d8c85d49db34a9ae1"));
        assertThat(PacketCipher.derive(KEY, SALT, 1, 94)).isEqualTo(HEX.parseHex("cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbce"
                + "e049646c43d9327ad175578ef72270986371c10c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2"));
    }

    @Test
    void keyStreamIsThatOfAppendixB2() {
        byte[] key = HEX.parseHex("2b7e151628aed2a6abf7158809cf4f3c");
        byte[] salt = HEX.parseHex("f0f1f2f3f4f5f6f7f8f9fafbfcfd");
        assertThat(PacketCipher.derive(key, salt, 0, 48)).isEqualTo(HEX.parseHex(
                "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0"));
    }

    @Test
    void aPacketIsProtectedToTheBit() {
        byte[] plain = HEX.parseHex("800f1234decafbadcafebabe" + "ab".repeat(16));
        ByteBuffer packet = ByteBuffer.allocateDirect(100).put(plain);
        SrtpWork work = new SrtpWork();
        int length = new SrtpOut(master(CryptoSuite.AES_CM_128_HMAC_SHA1_80)).protectRtp(packet, 0, plain.length, work);
        byte[] made = new byte[length];
        packet.get(0, made);
        assertThat(HEX.formatHex(made)).isEqualTo("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb");
        packet.limit(length);
        assertThat(new SrtpIn(master(CryptoSuite.AES_CM_128_HMAC_SHA1_80), null).unprotectRtp(packet, work)).isEqualTo(SrtpIn.Verdict.AUTHENTIC);
        byte[] back = new byte[packet.limit()];
        packet.get(0, back);
        assertThat(back).isEqualTo(plain);
    }
}
