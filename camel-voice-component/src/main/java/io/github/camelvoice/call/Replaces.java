package io.github.camelvoice.call;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * Which dialog a new call is to take the place of (RFC 3891, section 6.1), as the one who is asked to give it up sees it.
 *
 * @param callId    Call-ID of the dialog
 * @param toTag     tag of the side that gets the INVITE
 * @param fromTag   tag of its far end
 * @param earlyOnly whether a dialog that is answered already is to be left alone
 */
public record Replaces(String callId, String toTag, String fromTag, boolean earlyOnly) {

    private static final int MAX = 1024;
    /** RFC 3261, section 25.1: what may stand in a header of a URI as it is, beside letters and digits. */
    private static final String PLAIN_IN_URI = "-_.!~*'()[]/?:+$";

    public Replaces {
        Objects.requireNonNull(callId, "callId");
        Objects.requireNonNull(toTag, "toTag");
        Objects.requireNonNull(fromTag, "fromTag");
    }

    /**
     * Reads the value of a Replaces header.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static Replaces parse(String value) {
        if (value == null || value.length() > MAX) {
            throw new IllegalArgumentException("no value of Replaces");
        }
        String[] parts = value.split(";", -1);
        String callId = checked(parts[0].trim(), true);
        String to = null;
        String from = null;
        boolean early = false;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).trim().toLowerCase(Locale.ROOT);
            String text = equals < 0 ? "" : parts[i].substring(equals + 1).trim();
            if (name.equals("to-tag") && to == null) {
                to = checked(text, false);
            } else if (name.equals("from-tag") && from == null) {
                from = checked(text, false);
            } else if (name.equals("early-only")) {
                early = true;
            } else if (name.isEmpty() || name.equals("to-tag") || name.equals("from-tag")) {
                throw new IllegalArgumentException("no value of Replaces");
            }
        }
        if (to == null || from == null) {
            throw new IllegalArgumentException("no value of Replaces: to-tag and from-tag are needed");
        }
        return new Replaces(callId, to, from, early);
    }

    private static String checked(String text, boolean callId) {
        boolean bad = text.isEmpty() || text.chars().anyMatch(c -> c <= ' ' || c >= 0x7f || c == ',' || c == '=' && !callId);
        if (bad) {
            throw new IllegalArgumentException("no value of Replaces");
        }
        return text;
    }

    /** The value of the header field. */
    public String header() {
        return callId + ";to-tag=" + toTag + ";from-tag=" + fromTag + (earlyOnly ? ";early-only" : "");
    }

    /** The same as a header in a URI: {@code Replaces=…}, escaped. */
    public String inUri() {
        StringBuilder text = new StringBuilder("Replaces=");
        for (byte each : header().getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN_IN_URI.indexOf(c) >= 0;
            if (plain) {
                text.append(c);
            } else {
                text.append(String.format("%%%02X", (int) c));
            }
        }
        return text.toString();
    }

    /** Tags let somebody take a call over: they are not shown. */
    @Override
    public String toString() {
        return "Replaces[" + callId + "]";
    }
}
