package io.github.camelvoice.sip.dialog;

import java.util.Locale;

/** The little of MIME that SIP needs: the SDP part of a multipart body (RFC 5621), one level deep. */
public final class Multipart {

    private static final int MAX_PARTS = 16;

    private Multipart() {
    }

    /** The first part of type application/sdp, or null. */
    public static String sdp(String body, String contentType) {
        String boundary = boundary(contentType);
        if (boundary == null) {
            return null;
        }
        String delimiter = "--" + boundary;
        int at = body.indexOf(delimiter);
        for (int part = 0; at >= 0 && part < MAX_PARTS; part++) {
            int start = body.indexOf('\n', at);
            if (start < 0) {
                return null;
            }
            int end = body.indexOf(delimiter, start);
            if (end < 0) {
                return null;
            }
            String sdp = sdpOf(body.substring(start + 1, end));
            if (sdp != null) {
                return sdp;
            }
            at = end;
        }
        return null;
    }

    private static String sdpOf(String part) {
        int blank = part.indexOf("\r\n\r\n");
        int skip = 4;
        if (blank < 0) {
            blank = part.indexOf("\n\n");
            skip = 2;
        }
        if (blank < 0) {
            return null;
        }
        for (String line : part.substring(0, blank).split("\r?\n")) {
            String lower = line.toLowerCase(Locale.ROOT).replace(" ", "");
            if (lower.startsWith("content-type:application/sdp") || lower.startsWith("c:application/sdp")) {
                String sdp = part.substring(blank + skip);
                return sdp.endsWith("\r\n") && !sdp.endsWith("\r\n\r\n") ? sdp : sdp.stripTrailing() + "\r\n";
            }
        }
        return null;
    }

    private static String boundary(String contentType) {
        for (String parameter : contentType.split(";")) {
            String trimmed = parameter.trim();
            if (trimmed.toLowerCase(Locale.ROOT).startsWith("boundary=")) {
                String value = trimmed.substring("boundary=".length()).trim();
                boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
                String boundary = quoted ? value.substring(1, value.length() - 1) : value;
                return boundary.isEmpty() || boundary.length() > 70 ? null : boundary;
            }
        }
        return null;
    }
}
