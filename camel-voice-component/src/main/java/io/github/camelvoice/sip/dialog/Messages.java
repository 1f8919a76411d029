package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.header.Allow;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.header.Expires;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.RecordRouteList;
import gov.nist.javax.sip.header.Require;
import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.header.SIPHeaderList;
import gov.nist.javax.sip.header.Supported;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.SipHeaders;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.sip.InvalidArgumentException;
import javax.sip.header.Header;

/**
 * Messages built from parts. Header objects of a request are shared with its responses, not copied: both are only encoded from
 * then on.
 */
public final class Messages {

    public static final RawHeader ALLOW = new RawHeader("Allow", "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, REFER, NOTIFY");
    public static final RawHeader SUPPORTED = new RawHeader("Supported", "100rel, timer, replaces");
    public static final RawHeader SUPPORTED_100REL = new RawHeader("Supported", "100rel, replaces");
    public static final RawHeader SUPPORTED_TIMER = new RawHeader("Supported", "timer, replaces");
    public static final RawHeader SUPPORTED_REPLACES = new RawHeader("Supported", "replaces");
    public static final RawHeader SUPPORTED_NOREFERSUB = new RawHeader("Supported", "replaces, norefersub");
    public static final RawHeader ALLOW_EVENTS = new RawHeader("Allow-Events", "refer");
    public static final RawHeader REQUIRE_TIMER = new RawHeader("Require", "timer");
    public static final RawHeader REQUIRE_100REL = new RawHeader("Require", "100rel");
    public static final RawHeader ACCEPT_SDP = new RawHeader("Accept", "application/sdp");
    private static final String[] CREDENTIALS = {"Authorization", "Proxy-Authorization"};
    private static final ContentType SDP_TYPE = new ContentType("application", "sdp");

    private Messages() {
    }

    /** A response with the headers that RFC 3261, section 8.2.6.2 copies. {@code to}: with our tag; {@code phrase} null for the usual one. */
    public static SIPResponse response(SIPRequest request, int code, String phrase, To to) {
        SIPResponse response = new SIPResponse();
        try {
            response.setStatusCode(code);
        } catch (ParseException outOfRange) {
            throw new IllegalArgumentException("status code " + code, outOfRange);
        }
        String safe = HeaderRules.phrase(phrase);
        response.setReasonPhrase(safe != null ? safe : SIPResponse.getReasonPhrase(code));
        response.addHeader(request.getViaHeaders());
        response.addHeader((From) request.getFrom());
        response.addHeader(to);
        response.addHeader(request.getCallId());
        response.addHeader(request.getCSeq());
        SIPHeader timestamp = (SIPHeader) request.getHeader("Timestamp");
        if (timestamp != null) {
            response.addHeader(timestamp);
        }
        return response;
    }

    /** Adds Record-Route, where the response makes a dialog (RFC 3261, section 12.1.1). */
    public static void copyRecordRoute(SIPRequest request, SIPResponse response) {
        RecordRouteList route = request.getRecordRouteHeaders();
        if (route != null) {
            response.addHeader(route);
        }
    }

    /** The ACK to a 2xx has the credentials of its INVITE (RFC 3261, section 22.1). */
    public static void copyCredentials(SIPRequest invite, SIPRequest ack) {
        for (String name : CREDENTIALS) {
            Header credentials = invite.getHeader(name);
            if (credentials != null) {
                ack.setHeader(credentials);
            }
        }
    }

    public static void addAll(SIPMessage message, List<RawHeader> headers) {
        for (RawHeader header : headers) {
            message.setHeader(header);
        }
    }

    public static void add(SIPMessage message, ContactList contact) {
        message.addHeader(contact);
    }

    public static void sdp(SIPMessage message, String sdp) {
        if (sdp != null) {
            body(message, SDP_TYPE, sdp);
        }
    }

    public static void body(SIPMessage message, ContentType type, String body) {
        message.addHeader(type);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        message.setMessageContent(bytes);
    }

    /** The body as text, null if there is none. */
    public static String body(SIPMessage message) {
        byte[] bytes = message.getRawContent();
        return bytes == null || bytes.length == 0 ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    /** The SDP of a message: its whole body, or the first SDP part of a multipart one; null if there is none. */
    public static String sdp(SIPMessage message) {
        byte[] bytes = message.getRawContent();
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        String type = contentType(message);
        if (type.startsWith("multipart/")) {
            return Multipart.sdp(new String(bytes, StandardCharsets.UTF_8), value(message, "Content-Type"));
        }
        return type.isEmpty() || type.equals("application/sdp") ? new String(bytes, StandardCharsets.UTF_8) : null;
    }

    /** Type and subtype in lower case, without parameters; empty if there is none. */
    public static String contentType(SIPMessage message) {
        ContentType type = (ContentType) message.getContentTypeHeader();
        return type == null ? "" : (type.getContentType() + "/" + type.getContentSubType()).toLowerCase(Locale.ROOT);
    }

    /** Not raw: JAIN-SIP looks into the answers to SUBSCRIBE and REGISTER. */
    public static Expires expires(int seconds) {
        try {
            Expires header = new Expires();
            header.setExpires(seconds);
            return header;
        } catch (InvalidArgumentException negative) {
            throw new IllegalArgumentException("Expires " + seconds, negative);
        }
    }

    /** The value of a header, several joined by commas; null if there is none. */
    public static String value(SIPMessage message, String name) {
        SIPHeader header = (SIPHeader) message.getHeader(name);
        if (header == null) {
            return null;
        }
        Iterator<SIPHeader> all = message.getHeaders(name);
        StringBuilder value = new StringBuilder();
        while (all.hasNext()) {
            if (value.length() > 0) {
                value.append(", ");
            }
            value.append(all.next().getHeaderValue());
        }
        return value.toString().trim();
    }

    /** Whether a header of option tags or methods (Supported, Require, Allow) names this one. */
    public static boolean lists(SIPMessage message, String name, String token) {
        if (message.getHeader(name) == null) {
            return false;
        }
        for (Iterator<SIPHeader> all = message.getHeaders(name); all.hasNext(); ) {
            if (token.equalsIgnoreCase(token(all.next()))) {
                return true;
            }
        }
        return false;
    }

    private static String token(SIPHeader header) {
        if (header instanceof Supported supported) {
            return supported.getOptionTag();
        }
        if (header instanceof Require require) {
            return require.getOptionTag();
        }
        return header instanceof Allow allow ? allow.getMethod() : header.getHeaderValue().trim();
    }

    /** Every header field of a message, in its order, one field a value. */
    public static SipHeaders headers(SIPMessage message) {
        List<SipHeaders.Field> fields = new ArrayList<>();
        for (Iterator<SIPHeader> all = message.getHeaders(); all.hasNext(); ) {
            SIPHeader header = all.next();
            if (header instanceof SIPHeaderList<?> list) {
                for (SIPHeader each : list) {
                    fields.add(field(list.getHeaderName(), each));
                }
            } else {
                fields.add(field(header.getHeaderName(), header));
            }
        }
        for (Iterator<String> raw = message.getUnrecognizedHeaders(); raw.hasNext(); ) {
            String line = raw.next();
            int colon = line.indexOf(':');
            if (colon > 0) {
                fields.add(new SipHeaders.Field(line.substring(0, colon).trim(), line.substring(colon + 1).trim()));
            }
        }
        return SipHeaders.of(fields);
    }

    private static SipHeaders.Field field(String name, SIPHeader header) {
        return new SipHeaders.Field(name, header.getHeaderValue().trim());
    }

    /** Reason of a message (RFC 3326), empty if there is none. */
    public static String reason(SIPMessage message) {
        String value = value(message, "Reason");
        return value == null ? "" : value;
    }
}
