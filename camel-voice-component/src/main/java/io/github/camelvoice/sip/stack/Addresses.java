package io.github.camelvoice.sip.stack;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** IP literals and host names, without ever asking DNS. */
final class Addresses {

    private static final Pattern V4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    /** What the JDK takes for an address; anything else it would look up. */
    private static final Pattern V4_VALUE = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?\\.?");

    private Addresses() {
    }

    static boolean isLiteral(String host) {
        return host.indexOf(':') >= 0 || V4.matcher(host).matches();
    }

    static boolean isHostName(String host) {
        return HOST_NAME.matcher(host).matches();
    }

    /** @throws UnknownHostException if it is no valid IP address; brackets around IPv6 are allowed */
    static InetAddress literal(String host) throws UnknownHostException {
        String bare = bare(host);
        if (bare.indexOf(':') < 0 && !V4_VALUE.matcher(bare).matches() || bare.indexOf(':') >= 0 && !bare.matches("[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?")) {
            throw new UnknownHostException(host + " is no IP address");
        }
        return InetAddress.getByName(bare);
    }

    /** Without the brackets of an IPv6 reference. */
    static String bare(String host) {
        return host.length() > 2 && host.charAt(0) == '[' && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** With brackets if it is an IPv6 address. */
    static String forUri(String host) {
        return host.indexOf(':') >= 0 && host.charAt(0) != '[' ? '[' + host + ']' : host;
    }

    static String text(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }
}
