package io.github.camelvoice.sip.stack;

import java.net.UnknownHostException;
import java.util.List;

/** Addresses of name servers as a setting has them. */
public final class DnsServers {

    private DnsServers() {
    }

    /** @throws IllegalArgumentException naming an entry that is neither {@code address} nor {@code address:port} */
    public static void check(List<String> servers) {
        servers.forEach(DnsServers::address);
    }

    /** {@code host:port}, an IPv6 address in brackets. */
    static String address(String server) {
        String host = server.trim();
        int port = 53;
        int colon = host.lastIndexOf(':');
        if (colon > 0 && (host.indexOf(':') == colon || host.charAt(colon - 1) == ']')) {
            port = port(server, host.substring(colon + 1));
            host = host.substring(0, colon);
        }
        try {
            // An IPv4 address has four numbers, and none above 255.
            return Addresses.forUri(Addresses.text(Addresses.literal(host))) + ':' + port;
        } catch (UnknownHostException bad) {
            throw wrong(server);
        }
    }

    private static int port(String server, String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw wrong(server);
        }
        return Integer.parseInt(text);
    }

    private static IllegalArgumentException wrong(String server) {
        return new IllegalArgumentException("name server '" + server + "' is neither an IP address nor address:port");
    }
}
