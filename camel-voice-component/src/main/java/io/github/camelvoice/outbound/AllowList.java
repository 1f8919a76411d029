package io.github.camelvoice.outbound;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The value of {@code voice.outbound.allow}, read. */
final class AllowList {

    private static final Pattern PORTS = Pattern.compile(":([0-9]{1,5})(?:-([0-9]{1,5}))?");
    private static final Pattern ENTRY = Pattern.compile(
            "(?:\\[(?<v6>[^\\]/]+)(?<in>/[0-9]{1,3})?\\](?<out>/[0-9]{1,3})?|(?<host>[^:/\\[\\]]+)(?<bits>/[0-9]{1,3})?)(?<ports>:.*)?");
    private static final Pattern BARE_V6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(/[0-9]{1,3})?");

    private final List<Entry> entries = new ArrayList<>();

    /** @throws IllegalArgumentException naming the entry that is wrong */
    AllowList(String text) {
        for (String part : text == null ? new String[0] : text.split(",")) {
            if (!part.isBlank()) {
                entries.add(entry(part.strip()));
            }
        }
        if (entries.isEmpty()) {
            entries.add(new Entry(Rule.PUBLIC, null, null, 0, 1, 65_535));
        }
    }

    private enum Rule { PUBLIC, WILDCARD, NAME, NETWORK }

    /** @param name for a wildcard with its dot: {@code .example.org} */
    private record Entry(Rule rule, String name, byte[] network, int bits, int lowPort, int highPort) {

        boolean hasPort(int port) {
            return port >= lowPort && port <= highPort;
        }

        boolean matchesName(String host) {
            return rule == Rule.WILDCARD ? host.endsWith(name) && host.length() > name.length() : rule == Rule.NAME && host.equals(name);
        }

        boolean allows(String host, InetAddress address, AddressClass kind) {
            return switch (rule) {
                case PUBLIC -> kind == AddressClass.PUBLIC;
                case WILDCARD -> kind == AddressClass.PUBLIC && matchesName(host);
                case NAME -> kind != AddressClass.LINK_LOCAL && matchesName(host);
                case NETWORK -> contains(address.getAddress());
            };
        }

        private boolean contains(byte[] address) {
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

    /** Whether it is worth while to look the name up. */
    boolean mayAllow(String host, int port) {
        return entries.stream().anyMatch(e -> e.hasPort(port) && (e.rule == Rule.PUBLIC || e.rule == Rule.NETWORK || e.matchesName(host)));
    }

    boolean allows(String host, int port, InetAddress address) {
        AddressClass kind = AddressClass.of(address);
        return kind != AddressClass.UNUSABLE && entries.stream().anyMatch(e -> e.hasPort(port) && e.allows(host, address, kind));
    }

    private static Entry entry(String text) {
        if (BARE_V6.matcher(text).matches()) {
            int slash = text.indexOf('/');
            return network(text, slash < 0 ? text : text.substring(0, slash), slash < 0 ? null : text.substring(slash), true, new int[] {1, 65_535});
        }
        Matcher m = ENTRY.matcher(text);
        if (!m.matches() || m.group("in") != null && m.group("out") != null) {
            throw wrong(text);
        }
        int[] ports = ports(text, m.group("ports"));
        if (m.group("v6") != null) {
            return network(text, m.group("v6"), m.group("in") == null ? m.group("out") : m.group("in"), true, ports);
        }
        String host = m.group("host").toLowerCase(Locale.ROOT);
        try {
            if (host.equals("public") && m.group("bits") == null) {
                return new Entry(Rule.PUBLIC, null, null, 0, ports[0], ports[1]);
            }
            boolean wildcard = host.startsWith("*.");
            if (!wildcard && TargetParser.literal(host) != null) {
                return network(text, host, m.group("bits"), false, ports);
            }
            if (m.group("bits") != null) {
                throw wrong(text);
            }
            return wildcard ? new Entry(Rule.WILDCARD, "." + TargetParser.name(host.substring(2)), null, 0, ports[0], ports[1])
                    : new Entry(Rule.NAME, TargetParser.name(host), null, 0, ports[0], ports[1]);
        } catch (TargetException malformed) {
            throw wrong(text);
        }
    }

    private static Entry network(String text, String address, String bits, boolean v6, int[] ports) {
        try {
            InetAddress base = v6 ? TargetParser.ipv6(address) : TargetParser.literal(address);
            int most = base.getAddress().length * 8;
            int length = bits == null ? most : Integer.parseInt(bits.substring(1));
            if (length > most) {
                throw wrong(text);
            }
            return new Entry(Rule.NETWORK, null, base.getAddress(), length, ports[0], ports[1]);
        } catch (TargetException malformed) {
            throw wrong(text);
        }
    }

    private static int[] ports(String text, String ports) {
        if (ports == null) {
            return new int[] {1, 65_535};
        }
        Matcher m = PORTS.matcher(ports);
        if (m.matches()) {
            int low = Integer.parseInt(m.group(1));
            int high = m.group(2) == null ? low : Integer.parseInt(m.group(2));
            if (low >= 1 && low <= high && high <= 65_535) {
                return new int[] {low, high};
            }
        }
        throw wrong(text);
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException("'" + text + "' is neither a host (bots.example.com, *.example.org), nor a network (10.1.0.0/16, "
                + "[fd00::]/8), nor public, with :port or :port-port if need be");
    }
}
