package io.github.camelvoice.call.guard;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Host names and addresses in one spelling, without ever asking for an address. */
final class Hosts {

    private static final Pattern NAME = Pattern.compile("[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9_])?");
    private static final Pattern V4 = Pattern.compile("(?:(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])(?:\\.(?!$)|$)){4}");
    /** What some resolvers take for an address in another spelling: 2130706433, 127.1, 0x7f.1. */
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");

    private Hosts() {
    }

    /** Host of {@code host:port}, {@code [host]:port}. */
    static String withoutPort(String hostPort) {
        int bracket = hostPort.indexOf(']');
        int colon = hostPort.indexOf(':', Math.max(bracket, 0));
        return colon < 0 ? hostPort : hostPort.substring(0, colon);
    }

    /** @param host name, or IP address; IPv6 with or without brackets. @throws IllegalArgumentException if it is neither */
    static String canonical(String host) {
        String plain = host.toLowerCase(Locale.ROOT);
        if (plain.indexOf(':') >= 0) {
            return address(plain).getHostAddress();
        }
        String name = plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("it has no host that can be read");
        }
        if (ENDS_IN_NUMBER.matcher(name).matches() && !V4.matcher(name).matches()) {
            throw new IllegalArgumentException("its host is an IP address in another spelling than four numbers");
        }
        return name;
    }

    static boolean isAddress(String canonical) {
        return canonical.indexOf(':') >= 0 || V4.matcher(canonical).matches();
    }

    /** @param text an IP address, IPv6 with or without brackets. @throws IllegalArgumentException if it is none */
    static InetAddress address(String text) {
        String bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (V4.matcher(bare).matches() || bare.indexOf(':') >= 0 && bare.matches("[0-9a-fA-F:.]{2,45}")) {
            try {
                return InetAddress.getByName(bare);
            } catch (UnknownHostException malformed) {
                throw new IllegalArgumentException("it has no host that can be read", malformed);
            }
        }
        throw new IllegalArgumentException("it has no host that can be read");
    }
}
