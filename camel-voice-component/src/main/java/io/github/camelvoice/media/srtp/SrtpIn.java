package io.github.camelvoice.media.srtp;

import java.nio.ByteBuffer;

/**
 * Takes the protection off what one leg receives. A source is known only once a packet of its was authentic, so strangers make no state. SDP does not
 * name the sources (RFC 4568, section 6.4): each begins where its first authentic packet is.
 */
public final class SrtpIn {

    /** What became of a packet. */
    public enum Verdict {
        /** It is plain now, up to its new limit. */
        AUTHENTIC,
        /** Too short, or not authentic. It may have been altered in the buffer. */
        INVALID,
        /** Authentic, as far as was looked at, but it came before or is too old. */
        REPLAYED
    }

    /** A far end makes a new source now and then; beyond this the one that was silent for the longest time is forgotten. */
    static final int MOST_SOURCES = 16;
    private static final int RTP_HEADER = 12;
    private static final int RTCP_HEADER = 8;

    /** One SSRC. {@code hint}: where it was under the key before, -1 for nowhere. */
    private static final class Source {
        private final int ssrc;
        private long hint = -1;
        private final PacketIndexes rtp = new PacketIndexes();
        private final PacketIndexes rtcp = new PacketIndexes();
        private long used;

        Source(int ssrc) {
            this.ssrc = ssrc;
        }
    }

    private final MasterKey key;
    private final PacketCipher rtp;
    private final PacketCipher rtcp;
    private final Source[] sources = new Source[MOST_SOURCES];
    private int count;
    private long turn;

    /** @param before what was used until now, null if nothing: after a new key the rollover counter goes on (RFC 3711, section 3.3.1) */
    public SrtpIn(MasterKey key, SrtpIn before) {
        this.key = key;
        this.rtp = new PacketCipher(key, PacketCipher.RTP);
        this.rtcp = new PacketCipher(key, PacketCipher.RTCP);
        for (int i = 0; before != null && i < before.count; i++) {
            Source old = before.sources[i];
            Source source = new Source(old.ssrc);
            source.hint = old.rtp.began() ? old.rtp.highest() : old.hint;
            source.used = old.used;
            sources[count++] = source;
            turn = before.turn;
        }
    }

    public MasterKey key() {
        return key;
    }

    /** Takes the packet from position 0 to the limit, checks and decrypts it in place, and moves the limit to the end of the plain packet. */
    public Verdict unprotectRtp(ByteBuffer packet, SrtpWork work) {
        int tag = key.suite().rtpTag();
        int length = packet.limit() - tag - key.mkiLength();
        if (length < RTP_HEADER || length > SrtpWork.LARGEST) {
            return Verdict.INVALID;
        }
        int header = header(packet, length);
        if (header < 0) {
            return Verdict.INVALID;
        }
        byte[] bytes = work.packet;
        packet.get(0, bytes, 0, packet.limit());
        int ssrc = packet.getInt(8);
        int sequence = packet.getShort(2) & 0xFFFF;
        Source source = find(ssrc);
        boolean known = source != null && source.rtp.began();
        long index = known ? source.rtp.guess(sequence) : sequence;
        if (known && !source.rtp.isNew(index)) {
            return Verdict.REPLAYED;
        }
        if (!authentic(bytes, length, tag, index, work)) {
            index = known ? -1 : elsewhere(source, bytes, length, tag, sequence, work);
            if (index < 0) {
                return Verdict.INVALID;
            }
        }
        if (source == null) {
            source = add(ssrc);
        }
        source.used = ++turn;
        source.rtp.add(index);
        rtp.crypt(bytes, header, length, ssrc, index, work);
        packet.put(header, bytes, header, length - header);
        packet.limit(length);
        return Verdict.AUTHENTIC;
    }

    /** Bytes before the payload, -1 if they do not fit. Lists and extensions are not encrypted. */
    private static int header(ByteBuffer packet, int length) {
        int first = packet.get(0);
        int header = RTP_HEADER + 4 * (first & 0x0F);
        if ((first & 0x10) != 0) {
            if (header + 4 > length) {
                return -1;
            }
            header += 4 + 4 * (packet.getShort(header + 2) & 0xFFFF);
        }
        return (first & 0xC0) == 0x80 && header <= length ? header : -1;
    }

    private boolean authentic(byte[] bytes, int length, int tag, long index, SrtpWork work) {
        rtp.authenticate(bytes, length, true, (int) (index >>> 16), work);
        return PacketCipher.same(bytes, length + key.mkiLength(), tag, work);
    }

    /**
     * The first packet of a source that we hear may be one after its first rollover, or go on where the source was under the key before.
     *
     * @return the index under which it is authentic, or -1
     */
    private long elsewhere(Source source, byte[] bytes, int length, int tag, int sequence, SrtpWork work) {
        if (source != null && source.hint >= 0x10000L) {
            PacketIndexes before = new PacketIndexes();
            before.add(source.hint);
            long index = before.guess(sequence);
            if (authentic(bytes, length, tag, index, work)) {
                return index;
            }
        }
        long rolledOver = 0x10000L | sequence;
        return sequence < 0x8000 && authentic(bytes, length, tag, rolledOver, work) ? rolledOver : -1;
    }

    /** As {@link #unprotectRtp}, for a compound RTCP packet. One that is not encrypted is invalid: that was not agreed. */
    public Verdict unprotectRtcp(ByteBuffer packet, SrtpWork work) {
        int end = packet.limit() - CryptoSuite.RTCP_TAG - key.mkiLength();
        int length = end - 4;
        if (length < RTCP_HEADER || length > SrtpWork.LARGEST || (packet.get(0) & 0xC0) != 0x80) {
            return Verdict.INVALID;
        }
        byte[] bytes = work.packet;
        packet.get(0, bytes, 0, packet.limit());
        rtcp.authenticate(bytes, end, false, 0, work);
        int word = packet.getInt(length);
        if (word >= 0 || !PacketCipher.same(bytes, end + key.mkiLength(), CryptoSuite.RTCP_TAG, work)) {
            return Verdict.INVALID;
        }
        long index = word & 0x7FFFFFFF;
        int ssrc = packet.getInt(4);
        Source source = find(ssrc);
        if (source == null) {
            source = add(ssrc);
        }
        if (!source.rtcp.isNew(index)) {
            return Verdict.REPLAYED;
        }
        source.used = ++turn;
        source.rtcp.add(index);
        rtcp.crypt(bytes, RTCP_HEADER, length, ssrc, index, work);
        packet.put(RTCP_HEADER, bytes, RTCP_HEADER, length - RTCP_HEADER);
        packet.limit(length);
        return Verdict.AUTHENTIC;
    }

    private Source find(int ssrc) {
        for (int i = 0; i < count; i++) {
            if (sources[i].ssrc == ssrc) {
                return sources[i];
            }
        }
        return null;
    }

    private Source add(int ssrc) {
        int at = count;
        if (count < MOST_SOURCES) {
            count++;
        } else {
            at = 0;
            for (int i = 1; i < count; i++) {
                at = sources[i].used < sources[at].used ? i : at;
            }
        }
        sources[at] = new Source(ssrc);
        return sources[at];
    }
}
