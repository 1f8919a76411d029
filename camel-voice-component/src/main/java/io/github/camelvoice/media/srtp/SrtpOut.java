package io.github.camelvoice.media.srtp;

import java.nio.ByteBuffer;

/** Protects what one leg sends. */
public final class SrtpOut {

    private static final int RTCP_HEADER = 8;
    private static final int ENCRYPTED = 0x80000000;

    private final MasterKey key;
    private final PacketCipher rtp;
    private final PacketCipher rtcp;
    private PacketIndexes sent = new PacketIndexes();
    private int ssrc;
    private int rtcpIndex;

    public SrtpOut(MasterKey key) {
        this.key = key;
        this.rtp = new PacketCipher(key, PacketCipher.RTP);
        this.rtcp = new PacketCipher(key, PacketCipher.RTCP);
    }

    public MasterKey key() {
        return key;
    }

    /**
     * Encrypts the RTP packet at {@code offset} in place and writes its tag behind it. Its header has 12 bytes. A number that went out already is
     * refused: two texts under one key stream would betray both.
     *
     * @return the new length; 0 if the packet may not go, or the buffer has no room
     */
    public int protectRtp(ByteBuffer packet, int offset, int length, SrtpWork work) {
        int tag = key.suite().rtpTag();
        if (length > SrtpWork.LARGEST || offset + length + tag > packet.capacity()) {
            return 0;
        }
        packet.clear();
        byte[] bytes = work.packet;
        packet.get(offset, bytes, 0, length);
        int source = packet.getInt(offset + 8);
        if (source != ssrc) {
            ssrc = source;
            sent = new PacketIndexes();
        }
        long index = sent.guess(packet.getShort(offset + 2) & 0xFFFF);
        if (!sent.isNew(index)) {
            return 0;
        }
        sent.add(index);
        rtp.crypt(bytes, 12, length, source, index, work);
        rtp.authenticate(bytes, length, true, (int) (index >>> 16), work);
        packet.put(offset + 12, bytes, 12, length - 12);
        packet.put(offset + length, work.digest, 0, tag);
        return length + tag;
    }

    /**
     * Encrypts the compound RTCP packet from position 0 to the limit in place and writes index and tag behind it; the limit is moved.
     *
     * @return false if the buffer has no room, or the key is used up
     */
    public boolean protectRtcp(ByteBuffer packet, SrtpWork work) {
        int length = packet.limit();
        if (length < RTCP_HEADER || length > SrtpWork.LARGEST || length + 4 + CryptoSuite.RTCP_TAG > packet.capacity() || rtcpIndex < 0) {
            return false;
        }
        byte[] bytes = work.packet;
        packet.get(0, bytes, 0, length);
        rtcp.crypt(bytes, RTCP_HEADER, length, packet.getInt(4), rtcpIndex, work);
        packet.clear();
        packet.put(0, bytes, 0, length);
        packet.putInt(length, ENCRYPTED | rtcpIndex++);
        packet.get(length, bytes, length, 4);
        rtcp.authenticate(bytes, length + 4, false, 0, work);
        packet.put(length + 4, work.digest, 0, CryptoSuite.RTCP_TAG);
        packet.limit(length + 4 + CryptoSuite.RTCP_TAG);
        return true;
    }
}
