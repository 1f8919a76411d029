package io.github.camelvoice.document.cxml;

/**
 * How cXML is read.
 *
 * @param strictXHeaders of the headers in the URI of a Sip, those alone are sent whose name begins with {@code X-}, and four more that are known:
 *                       a warning tells of the others
 * @param headerPrefix   of the headers that say which call of ours an INVITE belongs to, {@code X-Voice-}; nobody else sets them
 */
public record CxmlOptions(boolean strictXHeaders, String headerPrefix) {

    public static final CxmlOptions STANDARD = new CxmlOptions(false, "X-Voice-");

    /** @throws IllegalArgumentException for a prefix that makes no header names */
    public CxmlOptions {
        if (!headerPrefix.matches("(?i)x-([a-z0-9]+-)+") || headerPrefix.length() > 40) {
            throw new IllegalArgumentException("the prefix of headers must be like X-Voice-: " + headerPrefix);
        }
    }
}
