package io.github.camelvoice.call.guard;

import java.net.InetAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host, hosts, or a network.
 *
 * @param glob    name or address with asterisks; null for a network
 * @param network null for names
 * @param bits    of the network that count
 */
record HostPattern(String glob, byte[] network, int bits) {

    static final HostPattern ANY = new HostPattern("*", null, 0);
    private static final Pattern NETWORK = Pattern.compile("(\\[[^\\]]*\\]|[0-9.]+)/([0-9]{1,3})");

    /** @throws IllegalArgumentException if it is none */
    static HostPattern of(String text) {
        Matcher network = NETWORK.matcher(text);
        if (network.matches()) {
            InetAddress base = Hosts.address(network.group(1));
            int bits = Integer.parseInt(network.group(2));
            if (bits > base.getAddress().length * 8) {
                throw new IllegalArgumentException("no such network");
            }
            return new HostPattern(null, base.getAddress(), bits);
        }
        if (text.equals("*")) {
            return ANY;
        }
        if (text.startsWith("*.")) {
            return new HostPattern("*." + Hosts.canonical(text.substring(2)), null, 0);
        }
        return new HostPattern(Hosts.canonical(text), null, 0);
    }

    /** @param host canonical */
    boolean matches(String host) {
        if (network == null) {
            return Glob.matches(glob, host);
        }
        if (!Hosts.isAddress(host)) {
            return false;
        }
        byte[] address = Hosts.address(host).getAddress();
        if (address.length != network.length) {
            return false;
        }
        for (int i = 0; i < bits; i++) {
            int mask = 0x80 >> (i & 7);
            if ((address[i >> 3] & mask) != (network[i >> 3] & mask)) {
                return false;
            }
        }
        return true;
    }
}
