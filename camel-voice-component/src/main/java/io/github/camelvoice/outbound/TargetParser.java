package io.github.camelvoice.outbound;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The one parser of URLs that others give (RFC 3986, printable ASCII only). What it does not understand without doubt it refuses. */
final class TargetParser {

    private static final int LONGEST = 2_048;
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0x[0-9a-f]*");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:]+(:[0-9.]+)?");

    private TargetParser() {
    }

    static Target parse(String url, Set<String> schemes, boolean credentials) throws TargetException {
        URI uri = syntax(url);
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!schemes.contains(scheme)) {
            throw new TargetException(TargetException.Kind.SCHEME, "the URL must begin with " + alternatives(schemes));
        }
        if (uri.getRawFragment() != null) {
            throw TargetException.malformed("the URL has a fragment (#), which has no meaning here");
        }
        String authority = uri.getRawAuthority();
        if (authority == null || uri.getHost() == null) {
            throw TargetException.malformed("the URL has no host, or one that is not a name or an address");
        }
        if (authority.indexOf('@') >= 0 && (!credentials || uri.getRawUserInfo().isEmpty())) {
            throw new TargetException(TargetException.Kind.CREDENTIALS, "the URL has a user name in it, which is not taken here");
        }
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean rtp = scheme.equals("rtp");
        InetAddress literal = literal(host);
        if (literal == null) {
            host = name(host);
            if (rtp) {
                throw TargetException.malformed("an rtp URL needs an IP address, not a name");
            }
        }
        String path = uri.getRawPath();
        if (rtp && (!path.isEmpty() || uri.getRawQuery() != null || uri.getRawUserInfo() != null)) {
            throw TargetException.malformed("an rtp URL is rtp://address:port and nothing else");
        }
        return new Target(scheme, host, port(uri, authority, scheme), path.isEmpty() && !rtp ? "/" : path, uri.getRawQuery(),
                uri.getRawUserInfo(), literal);
    }

    private static URI syntax(String url) throws TargetException {
        if (url == null || url.isEmpty()) {
            throw TargetException.malformed("the URL is empty");
        }
        if (url.length() > LONGEST) {
            throw TargetException.malformed("the URL has more than " + LONGEST + " characters");
        }
        for (int i = 0; i < url.length(); i++) {
            if (url.charAt(i) <= ' ' || url.charAt(i) > '~') {
                throw TargetException.malformed("the URL has a blank, a control character or a character beyond ASCII at position " + (i + 1));
            }
        }
        try {
            return new URI(url);
        } catch (URISyntaxException wrong) {
            throw TargetException.malformed("the URL is malformed at position " + (wrong.getIndex() + 1));
        }
    }

    private static int port(URI uri, String authority, String scheme) throws TargetException {
        int port = uri.getPort();
        if (port < 0) {
            port = authority.endsWith(":") ? 0 : Schemes.defaultPort(scheme);
            if (port < 0) {
                throw TargetException.malformed("an rtp URL needs a port");
            }
        }
        if (port < 1 || port > 65_535) {
            throw TargetException.malformed("the port of the URL must be 1 to 65535");
        }
        return port;
    }

    /** The address that the text is, null where it is a name. Other spellings of IPv4 (octal, hexadecimal, fewer parts) are refused. */
    static InetAddress literal(String host) throws TargetException {
        if (host.startsWith("[")) {
            return ipv6(host.substring(1, host.length() - 1));
        }
        String last = host.substring(host.lastIndexOf('.', host.length() - 2) + 1);
        if (last.endsWith(".")) {
            last = last.substring(0, last.length() - 1);
        }
        return NUMERIC.matcher(last).matches() ? ipv4(host) : null;
    }

    private static InetAddress ipv4(String text) throws TargetException {
        String[] parts = text.split("\\.", -1);
        boolean plain = parts.length == 4;
        byte[] bytes = new byte[4];
        for (int i = 0; plain && i < 4; i++) {
            plain = BYTE.matcher(parts[i]).matches() && Integer.parseInt(parts[i]) <= 255;
            bytes[i] = plain ? (byte) Integer.parseInt(parts[i]) : 0;
        }
        if (!plain) {
            throw TargetException.malformed("the host is a number but not an IPv4 address of four decimal parts");
        }
        return address(bytes);
    }

    /** An address with IPv4 inside ({@code ::ffff:a.b.c.d}) becomes that one. */
    static InetAddress ipv6(String text) throws TargetException {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.indexOf(':') >= 0 && IPV6.matcher(lower).matches()) {
            if (lower.indexOf('.') >= 0) {
                ipv4(lower.substring(lower.lastIndexOf(':') + 1));
            }
            try {
                return InetAddress.getByName(lower);
            } catch (UnknownHostException ignored) {
                // told below
            }
        }
        throw TargetException.malformed("the host is in brackets but not a plain IPv6 address");
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** @return the name without its final dot */
    static String name(String host) throws TargetException {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean good = !name.isEmpty() && name.length() <= 253;
        for (String label : name.split("\\.", -1)) {
            good &= LABEL.matcher(label).matches();
        }
        if (!good) {
            throw TargetException.malformed("the host is not a name of letters, digits and hyphens, nor an address");
        }
        return name;
    }

    private static String alternatives(Set<String> schemes) {
        StringBuilder text = new StringBuilder();
        for (String scheme : new TreeSet<>(schemes)) {
            text.append(text.length() == 0 ? "" : " or ").append(scheme).append("://");
        }
        return text.toString();
    }
}
