package io.github.camelvoice.media;

import io.github.camelvoice.media.srtp.CryptoSuite;
import io.github.camelvoice.media.srtp.MasterKey;
import io.github.camelvoice.media.srtp.SrtpIn;
import io.github.camelvoice.media.srtp.SrtpOut;
import io.github.camelvoice.media.srtp.SrtpWork;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Base64;

/** The cryptography of a far end: protects packets for {@link RtpPeer}, and reads what comes to it. */
final class SrtpPeer {

    private final CryptoSuite suite;
    private final MasterKey own;
    private final SrtpOut out;
    private volatile SrtpIn in;
    private final SrtpWork work = new SrtpWork();
    private final SrtpWork readingWork = new SrtpWork();

    SrtpPeer(CryptoSuite suite) {
        this.suite = suite;
        this.own = MasterKey.random(suite, new SecureRandom());
        this.out = new SrtpOut(own);
    }

    /** For an offer. */
    String line(int tag) {
        return "crypto:" + tag + " " + suite + " inline:" + Base64.getEncoder().encodeToString(own.material());
    }

    /** Takes the key of the other side from its SDP. */
    String towards(String sdp) {
        String line = sdp.lines().filter(l -> l.startsWith("a=crypto:") && l.contains(suite.name() + " ")).findFirst().orElseThrow();
        byte[] material = Base64.getDecoder().decode(line.substring(line.indexOf("inline:") + 7));
        in = new SrtpIn(new MasterKey(suite, material, 0), in);
        return sdp;
    }

    byte[] protect(byte[] rtp) {
        ByteBuffer packet = ByteBuffer.allocate(rtp.length + 20).put(rtp);
        int length = out.protectRtp(packet, 0, rtp.length, work);
        byte[] made = new byte[length];
        packet.get(0, made);
        return made;
    }

    byte[] protectReport(byte[] rtcp) {
        ByteBuffer packet = ByteBuffer.allocate(rtcp.length + 20).put(rtcp).flip();
        out.protectRtcp(packet, work);
        byte[] made = new byte[packet.limit()];
        packet.get(0, made);
        return made;
    }

    /** The plain packet, null if it is not authentic. */
    byte[] unprotect(byte[] srtp) {
        ByteBuffer packet = ByteBuffer.allocate(srtp.length).put(srtp).flip();
        return plain(in.unprotectRtp(packet, readingWork), packet);
    }

    byte[] unprotectReport(byte[] srtcp) {
        ByteBuffer packet = ByteBuffer.allocate(srtcp.length).put(srtcp).flip();
        return plain(in.unprotectRtcp(packet, readingWork), packet);
    }

    private static byte[] plain(SrtpIn.Verdict verdict, ByteBuffer packet) {
        if (verdict != SrtpIn.Verdict.AUTHENTIC) {
            return null;
        }
        byte[] bytes = new byte[packet.limit()];
        packet.get(0, bytes);
        return bytes;
    }
}
