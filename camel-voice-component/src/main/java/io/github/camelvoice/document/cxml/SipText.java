package io.github.camelvoice.document.cxml;

import io.github.camelvoice.call.ReservedHeaders;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.document.source.Findings;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The text of a Sip: a SIP URI with the headers of the INVITE (RFC 3261, section 19.1.1). The transport is TLS unless the URI says otherwise.
 *
 * @param uri     without headers, with its transport
 * @param secure  whether it says {@code ;secure=true}: SRTP or nothing
 * @param dropped names of headers that are not sent, being none of those that are allowed
 */
record SipText(String uri, SipHeaders headers, boolean secure, List<String> dropped) {

    private static final int MAX_URI = 1024;
    private static final int MAX_HEADERS = 4096;
    private static final int MOST_HEADERS = 32;
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9.-]{0,252})|\\[[0-9A-Fa-f:.]{2,45}])(:([0-9]{1,5}))?");
    private static final Pattern USER = Pattern.compile("([A-Za-z0-9_.!~*'()&=+$,;?/:-]|%[0-9A-Fa-f]{2}){1,256}");
    private static final Pattern PARAMETER = Pattern.compile("[A-Za-z0-9_.!~*'()%+-]{1,64}(=[A-Za-z0-9_.!~*'()%+:/&\\[\\]$-]{1,256})?");
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,64}");
    /** Names that do not begin with X- and are allowed all the same where only such are. */
    private static final Set<String> KNOWN = Set.of("user-to-user", "remote-party-id", "p-preferred-identity", "p-called-party-id");
    /** Where the request goes is the host's to say, not a parameter's (RFC 3261, section 19.1.1). */
    private static final Set<String> REFUSED = Set.of("maddr", "lr", "ttl", "method");

    /** @throws IllegalArgumentException saying what it must be */
    static SipText of(String text, CxmlOptions options) {
        String uri = text.strip();
        if (uri.chars().anyMatch(c -> c <= ' ' || c == 127 || Character.isWhitespace(c))) {
            throw new IllegalArgumentException("must be a SIP URI without white space within: " + Findings.shown(uri));
        }
        int colon = uri.indexOf(':') + 1;
        String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("sip:") && !scheme.equals("sips:")) {
            throw new IllegalArgumentException("must be a SIP URI, sip:user@host: " + Findings.shown(uri));
        }
        int question = headersAt(uri, colon);
        String address = question < 0 ? uri : uri.substring(0, question);
        if (address.length() > MAX_URI || uri.length() - address.length() > MAX_HEADERS) {
            throw new IllegalArgumentException("has a URI of more than " + MAX_URI + " characters, or headers of more than " + MAX_HEADERS);
        }
        int at = address.lastIndexOf('@');
        String[] parts = address.substring(Math.max(at + 1, colon)).split(";", -1);
        String user = at < 0 ? "" : address.substring(colon, at + 1);
        if (at >= 0 && (!USER.matcher(address.substring(colon, at)).matches() || user.contains(":"))) {
            throw new IllegalArgumentException("has a user that cannot be one; a password belongs into the attribute: " + Findings.shown(uri
                    .replaceAll(":[^:@]*@", ":…@")));
        }
        host(parts[0], uri);
        StringBuilder built = new StringBuilder(scheme).append(user).append(parts[0]);
        boolean secure = parameters(parts, scheme.equals("sips:"), built);
        List<String> dropped = new ArrayList<>();
        SipHeaders headers = question < 0 ? SipHeaders.none() : headers(uri.substring(question + 1), options, dropped);
        return new SipText(built.toString(), headers, secure, List.copyOf(dropped));
    }

    /** A user may hold a question mark: what counts is the first one behind the host, or the first of all where there is no user before it. */
    private static int headersAt(String uri, int colon) {
        int first = uri.indexOf('?', colon);
        int at = uri.indexOf('@', colon);
        return at >= 0 && (first < 0 || at < first) ? uri.indexOf('?', at) : first;
    }

    private static void host(String host, String uri) {
        var match = HOST.matcher(host);
        if (!match.matches() || match.group(4) != null && (Integer.parseInt(match.group(4)) < 1 || Integer.parseInt(match.group(4)) > 65_535)) {
            throw new IllegalArgumentException("must be a SIP URI with a host, sip:user@host: " + Findings.shown(uri));
        }
    }

    /** @return whether it is to be SRTP or nothing */
    private static boolean parameters(String[] parts, boolean sips, StringBuilder built) {
        boolean secure = false;
        boolean transport = sips;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).toLowerCase(Locale.ROOT);
            String value = equals < 0 ? "" : parts[i].substring(equals + 1).toLowerCase(Locale.ROOT);
            if (name.equals("secure")) {
                secure = Texts.flag(value);
            } else if (name.equals("transport")) {
                if (!Set.of("udp", "tcp", "tls").contains(value)) {
                    throw new IllegalArgumentException("has a transport that there is not; there are udp, tcp and tls: " + Findings.shown(value));
                }
                transport = true;
                built.append(";transport=").append(value);
            } else if (REFUSED.contains(name)) {
                throw new IllegalArgumentException("must not have the parameter " + name);
            } else if (PARAMETER.matcher(parts[i]).matches()) {
                built.append(';').append(parts[i]);
            } else {
                throw new IllegalArgumentException("has a parameter that cannot be one: " + Findings.shown(parts[i]));
            }
        }
        if (!transport) {
            built.append(";transport=tls");
        }
        return secure;
    }

    private static SipHeaders headers(String text, CxmlOptions options, List<String> dropped) {
        List<SipHeaders.Field> fields = new ArrayList<>();
        for (String pair : text.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
            if (!TOKEN.matcher(name).matches()) {
                throw new IllegalArgumentException("has a header whose name cannot be one: " + Findings.shown(name));
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (ReservedHeaders.contains(lower) || lower.equals("body") || lower.startsWith(options.headerPrefix().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("must not set the header " + name + ": it belongs to the call");
            }
            if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c == 127)) {
                throw new IllegalArgumentException("has a control character in the header " + name);
            }
            if (options.strictXHeaders() && !lower.startsWith("x-") && !KNOWN.contains(lower)) {
                dropped.add(name);
                continue;
            }
            fields.add(new SipHeaders.Field(name, value.strip()));
        }
        if (fields.size() > MOST_HEADERS) {
            throw new IllegalArgumentException("has more than " + MOST_HEADERS + " headers");
        }
        return SipHeaders.of(fields);
    }

    /** Percent-decoded UTF-8; a plus is a plus (RFC 3261, section 25.1). */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '%') {
                bytes.write(raw[i]);
                continue;
            }
            int high = i + 2 < raw.length ? Character.digit(raw[i + 1], 16) : -1;
            int low = i + 2 < raw.length ? Character.digit(raw[i + 2], 16) : -1;
            if (high < 0 || low < 0) {
                throw new IllegalArgumentException("has a % in its headers that is not followed by two hexadecimal digits");
            }
            bytes.write(high * 16 + low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
        } catch (CharacterCodingException wrong) {
            throw new IllegalArgumentException("has headers that are no UTF-8");
        }
    }
}
