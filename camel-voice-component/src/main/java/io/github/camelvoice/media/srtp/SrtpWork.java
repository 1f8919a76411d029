package io.github.camelvoice.media.srtp;

/** Buffers that all legs of one agent take turns in using. */
public final class SrtpWork {

    static final int LARGEST = 2048;

    final byte[] packet = new byte[LARGEST + 4 + MasterKey.MAX_MKI + CryptoSuite.RTCP_TAG];
    final byte[] counters = new byte[LARGEST + PacketCipher.BLOCK];
    final byte[] stream = new byte[LARGEST + PacketCipher.BLOCK];
    final byte[] digest = new byte[PacketCipher.DIGEST];
}
