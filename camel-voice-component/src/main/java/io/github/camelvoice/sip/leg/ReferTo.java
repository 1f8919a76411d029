package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPRequest;
import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.ReferRequest;
import io.github.camelvoice.sip.dialog.Addresses;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.RawHeader;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Whom a Refer-To names (RFC 3515, section 2.1), and the headers that it puts into the URI.
 *
 * @param target     without its headers and method
 * @param replaces   null if there is none
 * @param uriHeaders the others
 */
record ReferTo(String target, Replaces replaces, SipHeaders uriHeaders) {

    private static final int MAX_HEADERS = 10;

    /** What is wrong with a Refer-To, and how it is answered. */
    static final class Unusable extends Exception {

        private static final long serialVersionUID = 1L;

        private final int code;

        Unusable(int code, String phrase) {
            super(phrase, null, false, false);
            this.code = code;
        }

        int code() {
            return code;
        }
    }

    static ReferTo of(SIPRequest refer) throws Unusable {
        if (!(refer.getHeader("Refer-To") instanceof gov.nist.javax.sip.header.ReferTo header) || header.getAddress() == null) {
            throw new Unusable(400, "Missing or malformed Refer-To");
        }
        if (!(header.getAddress().getURI() instanceof SipUri uri) || uri.getHost() == null || uri.getHost().isEmpty()) {
            throw new Unusable(416, null);
        }
        String method = uri.getMethodParam();
        if (method != null && !method.equalsIgnoreCase(SIPRequest.INVITE)) {
            throw new Unusable(501, "Refer-To Asks For Another Method Than INVITE");
        }
        SipUri bare = (SipUri) uri.clone();
        bare.removeHeaders();
        bare.removeMethod();
        Replaces replaces = null;
        List<SipHeaders.Field> others = new ArrayList<>(0);
        int count = 0;
        for (Iterator<?> names = uri.getHeaderNames(); names.hasNext(); ) {
            String name = (String) names.next();
            if (++count > MAX_HEADERS) {
                throw new Unusable(400, "Too Many Headers In Refer-To");
            }
            String value = unescaped(uri.getHeader(name));
            if (name.equalsIgnoreCase("replaces")) {
                replaces = replaces(value);
            } else if (!name.equalsIgnoreCase("require")) {
                // Require: replaces says nothing new; whatever else is demanded there, the INVITE is ours.
                others.add(new SipHeaders.Field(name, value));
            }
        }
        SipHeaders fields = SipHeaders.of(others);
        try {
            HeaderRules.check(fields);
            return new ReferTo(Addresses.sipUri(bare.encode(), "Refer-To").encode(), replaces, fields);
        } catch (IllegalArgumentException notAllowed) {
            throw new Unusable(400, "Refer-To Has A Header That May Not Be Set");
        }
    }

    private static Replaces replaces(String value) throws Unusable {
        try {
            return Replaces.parse(value);
        } catch (IllegalArgumentException malformed) {
            throw new Unusable(400, "Malformed Replaces");
        }
    }

    private static String unescaped(String value) throws Unusable {
        try {
            String text = value == null ? "" : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
            if (HeaderRules.hasBreak(text)) {
                throw new Unusable(400, "Line Break In Refer-To");
            }
            return text;
        } catch (IllegalArgumentException malformed) {
            throw new Unusable(400, "Malformed Escape In Refer-To");
        }
    }

    /**
     * The header of a REFER of ours.
     *
     * @throws IllegalArgumentException if the target is no SIP URI
     */
    static RawHeader header(ReferRequest request) {
        SipUri uri = (SipUri) Addresses.sipUri(request.target(), "transfer target").clone();
        uri.removeHeaders();
        uri.removeMethod();
        uri.clearPassword();
        List<String> fields = new ArrayList<>(1);
        if (request.replaces() != null) {
            fields.add(request.replaces().inUri());
        }
        // Checked as those of a message of ours: the INVITE that they are for is not to be forged either.
        HeaderRules.check(request.uriHeaders());
        for (SipHeaders.Field field : request.uriHeaders()) {
            if (field.name().equalsIgnoreCase("body")) {
                throw new IllegalArgumentException("a transfer target has no body");
            }
            fields.add(escaped(field.name()) + "=" + escaped(field.value() == null ? "" : field.value()));
        }
        if (fields.size() > MAX_HEADERS) {
            throw new IllegalArgumentException("more than " + MAX_HEADERS + " headers for the call to a transfer target");
        }
        return new RawHeader("Refer-To", "<" + uri.encode() + (fields.isEmpty() ? "" : "?" + String.join("&", fields)) + ">");
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.!~*'()".indexOf(c) >= 0;
            escaped.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
        }
        return escaped.toString();
    }
}
