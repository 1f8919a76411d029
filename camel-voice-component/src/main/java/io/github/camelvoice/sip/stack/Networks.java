package io.github.camelvoice.sip.stack;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** IP addresses and CIDR networks. Immutable. */
public final class Networks {

    private final List<Network> networks = new ArrayList<>();

    private record Network(byte[] prefix, int bits) {

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            int whole = bits / 8;
            for (int i = 0; i < whole; i++) {
                if (address[i] != prefix[i]) {
                    return false;
                }
            }
            int rest = bits % 8;
            int mask = 0xff << 8 - rest & 0xff;
            return rest == 0 || (address[whole] & mask) == (prefix[whole] & mask);
        }
    }

    /** @throws IllegalArgumentException naming the entry that is neither an IP address nor a network like {@code 10.0.0.0/8} */
    public Networks(List<String> entries) {
        for (String entry : entries) {
            networks.add(parse(entry.trim()));
        }
    }

    private static Network parse(String entry) {
        int slash = entry.indexOf('/');
        try {
            byte[] address = Addresses.literal(slash < 0 ? entry : entry.substring(0, slash)).getAddress();
            int bits = slash < 0 ? address.length * 8 : Integer.parseInt(entry.substring(slash + 1));
            if (bits < 0 || bits > address.length * 8) {
                throw new IllegalArgumentException("trusted source " + entry + ": the prefix length must be 0 to " + address.length * 8);
            }
            return new Network(address, bits);
        } catch (UnknownHostException | NumberFormatException bad) {
            throw new IllegalArgumentException("trusted source " + entry + " is neither an IP address nor a network like 10.0.0.0/8",
                    bad);
        }
    }

    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        for (Network network : networks) {
            if (network.contains(bytes)) {
                return true;
            }
        }
        return false;
    }
}
