package io.github.camelvoice.media.sdp;

import io.github.camelvoice.call.MediaSecurity;
import io.github.camelvoice.media.srtp.CryptoSuite;
import io.github.camelvoice.media.srtp.MasterKey;
import io.github.camelvoice.media.srtp.SrtpKeys;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The keys of one audio stream, agreed on in SDP (RFC 4568). Who must have SRTP offers {@code RTP/SAVP}; who would like it offers {@code RTP/AVP} with
 * the same lines, which those who know no SRTP ignore. Both are answered. Our key lasts as long as the far end's: a repeated offer says the same again,
 * and when theirs is new, ours is. Belongs to the call's mailbox.
 */
final class Sdes {

    private static final String PLAIN = "RTP/AVP";
    private static final String SECURE = "RTP/SAVP";

    private final MediaSecurity wish;
    private final SecureRandom random;
    private final Map<CryptoSuite, MasterKey> ours = new EnumMap<>(CryptoSuite.class);
    private List<CryptoLine> offered = List.of();
    private boolean began;
    private String protocol = PLAIN;
    private SrtpKeys agreed;

    /** What an exchange comes to. {@code keys} and {@code line} are null for plain RTP. */
    record Secured(String protocol, SrtpKeys keys, SdpAttribute line) {
        List<SdpAttribute> lines() {
            return line == null ? List.of() : List.of(line);
        }
    }

    Sdes(MediaSecurity wish, SecureRandom random) {
        this.wish = wish;
        this.random = random;
    }

    /** The keys that were agreed on last; null for plain RTP. */
    SrtpKeys agreed() {
        return agreed;
    }

    /** The transport of our next offer: that in use, else that of our wish. */
    String protocol() {
        return began ? protocol : wish == MediaSecurity.REQUIRED ? SECURE : PLAIN;
    }

    /** The lines of our next offer, the suite in use first. They are what an answer is matched with. */
    List<SdpAttribute> offer() {
        offered = new ArrayList<>();
        if (began ? agreed != null : wish != MediaSecurity.NONE) {
            if (agreed != null) {
                offered.add(new CryptoLine(1, agreed.ours()));
            }
            for (CryptoSuite suite : CryptoSuite.values()) {
                if (agreed == null || suite != agreed.suite()) {
                    offered.add(new CryptoLine(offered.size() + 1, key(suite)));
                }
            }
        }
        return offered.stream().map(CryptoLine::attribute).toList();
    }

    private MasterKey key(CryptoSuite suite) {
        return ours.computeIfAbsent(suite, any -> MasterKey.random(suite, random));
    }

    private static boolean secure(SdpMedia theirs) {
        return theirs.protocol().equals(SECURE) || theirs.protocol().equals("RTP/SAVPF");
    }

    private static boolean plain(SdpMedia theirs) {
        return theirs.protocol().equals(PLAIN) || theirs.protocol().equals("RTP/AVPF");
    }

    /** Why an offered stream cannot be taken, null if it can. */
    String unusable(SdpMedia theirs) {
        boolean secure = secure(theirs);
        if (!secure && !plain(theirs)) {
            return "the transport " + SdpParser.shown(theirs.protocol()) + " is not supported";
        }
        if (secure && wish == MediaSecurity.NONE) {
            return "encrypted audio (" + theirs.protocol() + ") is not taken in this call";
        }
        if (first(theirs) == null && (secure || wish == MediaSecurity.REQUIRED)) {
            return secure ? "no a=crypto line of the offer can be used" : "audio must be encrypted in this call";
        }
        return null;
    }

    /** The first line that we can use, in the order of the offerer. */
    private static CryptoLine first(SdpMedia theirs) {
        for (SdpAttribute attribute : theirs.attributes()) {
            if (attribute.name().equals("crypto")) {
                CryptoLine line = CryptoLine.read(attribute.value());
                if (line != null) {
                    return line;
                }
            }
        }
        return null;
    }

    /** Our answer to an offer that is not {@link #unusable}. Nothing has changed until {@link #agree}. */
    Secured answer(SdpMedia theirs) {
        CryptoLine line = wish == MediaSecurity.NONE ? null : first(theirs);
        if (line == null) {
            return new Secured(theirs.protocol(), null, null);
        }
        CryptoSuite suite = line.key().suite();
        MasterKey own = agreed == null || agreed.suite() != suite ? key(suite)
                : agreed.theirs().equals(line.key()) ? agreed.ours() : MasterKey.random(suite, random);
        return new Secured(theirs.protocol(), new SrtpKeys(own, line.key()), new CryptoLine(line.tag(), own).attribute());
    }

    /**
     * What the answer to our offer comes to. It must name one of our lines, with its suite. Nothing has changed until {@link #agree}.
     */
    Secured accept(SdpMedia theirs) throws NotAcceptableException {
        boolean secure = secure(theirs);
        if (!secure && !plain(theirs)) {
            throw new NotAcceptableException("the answer changes our audio stream: the transport " + SdpParser.shown(theirs.protocol())
                    + " is not supported");
        }
        CryptoLine line = offered.isEmpty() ? null : first(theirs);
        if (line == null) {
            if (secure || wish == MediaSecurity.REQUIRED) {
                throw new NotAcceptableException(offered.isEmpty() ? "the answer encrypts audio (" + theirs.protocol() + "), which was not offered"
                        : "the answer has no a=crypto line that can be used");
            }
            return new Secured(theirs.protocol(), null, null);
        }
        for (CryptoLine own : offered) {
            if (own.tag() == line.tag() && own.key().suite() == line.key().suite()) {
                return new Secured(secure ? theirs.protocol() : PLAIN, new SrtpKeys(own.key(), line.key()), null);
            }
        }
        throw new NotAcceptableException("the a=crypto line of the answer is none of those that were offered");
    }

    /** The exchange is through. */
    void agree(Secured result) {
        began = true;
        protocol = result.protocol().endsWith("F") ? result.protocol().substring(0, result.protocol().length() - 1) : result.protocol();
        if (agreed != null && (result.keys() == null || !result.keys().ours().equals(agreed.ours()))) {
            // never again: a key that comes back would begin its counters anew
            ours.remove(agreed.suite());
        }
        agreed = result.keys();
        if (agreed != null) {
            ours.put(agreed.suite(), agreed.ours());
        }
    }
}
