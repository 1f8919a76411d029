package io.github.camelvoice.media.sdp;

import io.github.camelvoice.media.srtp.CryptoSuite;
import io.github.camelvoice.media.srtp.MasterKey;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The value of an {@code a=crypto} line (RFC 4568, section 9.1) that we can use: {@code 1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^48|1:4 WSH=64}.
 *
 * @param tag its number in the offer, by which an answer names it
 */
record CryptoLine(int tag, MasterKey key) {

    private static final Pattern TAG = Pattern.compile("0|[1-9]\\d{0,8}");
    private static final Pattern LIFETIME = Pattern.compile("2\\^\\d{1,2}|[1-9]\\d{0,14}");
    private static final Pattern IDENTIFIER = Pattern.compile("[1-9]\\d{0,17}:([1-9]\\d{0,2})");
    private static final Pattern WINDOW_HINT = Pattern.compile("WSH=\\d{2,9}");
    private static final String INLINE = "inline:";
    /** Base64 of 30 bytes; there is nothing to fill up. */
    private static final int KEY_LENGTH = 40;

    /**
     * Null for a line that is malformed, of another suite, or wants what we do not do: then the line does not count (RFC 4568, section 5.1.2).
     * Several keys in one line and key derivation rates are such things.
     */
    static CryptoLine read(String value) {
        String[] parts = value == null ? new String[0] : value.trim().split("[ \t]+");
        if (parts.length < 3 || !TAG.matcher(parts[0]).matches()) {
            return null;
        }
        CryptoSuite suite = CryptoSuite.ofName(parts[1]);
        if (suite == null) {
            return null;
        }
        for (int i = 3; i < parts.length; i++) {
            // what begins with a hyphen may be ignored, everything else that we do not know may not (RFC 4568, section 6.3.7)
            if (!WINDOW_HINT.matcher(parts[i]).matches() && !parts[i].startsWith("-")) {
                return null;
            }
        }
        MasterKey key = key(suite, parts[2]);
        return key == null ? null : new CryptoLine(Integer.parseInt(parts[0]), key);
    }

    private static MasterKey key(CryptoSuite suite, String parameters) {
        if (!parameters.regionMatches(true, 0, INLINE, 0, INLINE.length()) || parameters.indexOf(';') >= 0) {
            return null;
        }
        String[] parts = parameters.substring(INLINE.length()).split("\\|", -1);
        int next = 1;
        if (next < parts.length && LIFETIME.matcher(parts[next]).matches()) {
            next++;
        }
        int identifier = 0;
        if (next < parts.length) {
            Matcher found = IDENTIFIER.matcher(parts[next++]);
            if (!found.matches()) {
                return null;
            }
            identifier = Integer.parseInt(found.group(1));
        }
        if (next != parts.length || parts[0].length() != KEY_LENGTH || identifier > MasterKey.MAX_MKI) {
            return null;
        }
        try {
            return new MasterKey(suite, Base64.getDecoder().decode(parts[0]), identifier);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }

    SdpAttribute attribute() {
        return new SdpAttribute("crypto", tag + " " + key.suite() + " " + INLINE + Base64.getEncoder().encodeToString(key.material()));
    }
}
