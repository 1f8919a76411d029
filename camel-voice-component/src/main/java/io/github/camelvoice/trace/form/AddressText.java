package io.github.camelvoice.trace.form;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** IP addresses as text: dotted quads, and IPv6 in its one canonical form (RFC 5952). */
public final class AddressText {

    private static final int GROUPS = 8;

    private AddressText() {
    }

    /** {@code 192.0.2.1}, {@code 2001:db8::1}; without a scope. */
    public static String ip(InetSocketAddress address) {
        return address.isUnresolved() ? address.getHostString() : ip(address.getAddress());
    }

    public static String ip(InetAddress address) {
        return address instanceof Inet6Address ? compressed(address.getAddress()) : address.getHostAddress();
    }

    /** {@code 192.0.2.1:5060}, {@code [2001:db8::1]:5060}. */
    public static String ipAndPort(InetSocketAddress address) {
        String ip = ip(address);
        return (ip.indexOf(':') < 0 ? ip : "[" + ip + "]") + ":" + address.getPort();
    }

    private static String compressed(byte[] octets) {
        int[] groups = new int[GROUPS];
        for (int i = 0; i < GROUPS; i++) {
            groups[i] = (octets[2 * i] & 0xff) << 8 | octets[2 * i + 1] & 0xff;
        }
        int zeros = 0;
        int zerosFrom = -1;
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && groups[end] == 0) {
                end++;
            }
            if (end - i > Math.max(zeros, 1)) {
                zeros = end - i;
                zerosFrom = i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < GROUPS; i++) {
            if (i == zerosFrom) {
                text.append("::");
                i += zeros - 1;
            } else {
                text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
