package io.github.camelvoice.sip.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import javax.naming.NameNotFoundException;
import javax.naming.NamingEnumeration;
import javax.naming.NamingException;
import javax.naming.directory.Attribute;
import javax.naming.directory.InitialDirContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The DNS questions of RFC 3263, asked with the JDK's client. Blocks; used on the resolver's threads. */
class Dns {

    private static final Logger LOG = LoggerFactory.getLogger(Dns.class);
    private static final String TIMEOUT_MILLIS = "1000";
    private static final String TRIES = "2";
    /** Records of one answer that are looked at. */
    private static final int MAX_RECORDS = 64;

    private final String servers;

    /** One NAPTR: where to ask for SRV. */
    record Pointer(String transport, String name) {
    }

    /** One SRV. */
    record Srv(int priority, int weight, int port, String host) {
        /** The service is decidedly not there (RFC 2782). */
        boolean isNone() {
            return host.equals(".");
        }
    }

    /** Asks whom the system asks. */
    Dns() {
        this(List.of());
    }

    /** @param servers {@code address} or {@code address:port} of those who are asked instead of the system's, for addresses too */
    Dns(List<String> servers) {
        StringBuilder urls = new StringBuilder();
        for (String server : servers) {
            urls.append(urls.isEmpty() ? "dns://" : " dns://").append(DnsServers.address(server));
        }
        this.servers = urls.isEmpty() ? null : urls.toString();
    }

    /** NAPTR of a domain for SIP, best first; empty if there are none. */
    List<Pointer> pointers(String domain) throws IOException {
        record Ranked(int order, int preference, Pointer pointer) {
        }

        List<Ranked> all = new ArrayList<>();
        for (String record : records(domain, "NAPTR")) {
            // order, preference, flags, service, regexp, replacement
            String[] fields = record.trim().replace("\"\"", "-").replace("\"", "").split("\\s+");
            if (fields.length != 6 || !fields[2].equalsIgnoreCase("s") || !fields[4].equals("-")) {
                continue;
            }
            String transport = transport(fields[3]);
            if (transport != null) {
                all.add(new Ranked(number(fields[0]), number(fields[1]), new Pointer(transport, fields[5])));
            }
        }
        all.sort(Comparator.comparingInt(Ranked::order).thenComparingInt(Ranked::preference));
        return all.stream().map(Ranked::pointer).toList();
    }

    private static String transport(String naptrService) {
        return switch (naptrService.toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> "udp";
            case "SIP+D2T" -> "tcp";
            case "SIPS+D2T" -> "tls";
            default -> null;
        };
    }

    /** Where the SRV of a domain for this transport are. */
    static String serviceName(String domain, String transport) {
        return (transport.equals("tls") ? "_sips._tcp." : "_sip._" + transport + '.') + domain;
    }

    /** SRV of this name by priority; empty if there are none. */
    List<Srv> services(String name) throws IOException {
        List<Srv> all = new ArrayList<>();
        for (String record : records(name, "SRV")) {
            String[] fields = record.trim().split("\\s+");
            if (fields.length == 4) {
                all.add(new Srv(number(fields[0]), number(fields[1]), number(fields[2]), fields[3]));
            }
        }
        all.sort(Comparator.comparingInt(Srv::priority));
        return all;
    }

    private static int number(String text) {
        try {
            return Math.min(Integer.parseInt(text), 65535);
        } catch (NumberFormatException bad) {
            return 65535;
        }
    }

    /**
     * A and AAAA of a host, in the order in which they came.
     *
     * @throws UnknownHostException if it has none, or nobody could be asked
     */
    List<InetAddress> addresses(String host) throws IOException {
        if (servers == null || host.equalsIgnoreCase("localhost")) {
            return List.of(InetAddress.getAllByName(host));
        }
        List<InetAddress> all = new ArrayList<>();
        IOException unanswered = null;
        for (String type : List.of("A", "AAAA")) {
            try {
                for (String text : records(host, type)) {
                    all.add(Addresses.literal(text));
                }
            } catch (IOException failure) {
                // A server that is silent now will not be asked twice.
                unanswered = failure;
                break;
            }
        }
        if (all.isEmpty()) {
            throw unanswered != null ? unanswered : new UnknownHostException(host);
        }
        return all;
    }

    /**
     * Texts of the records, empty if there are none; the first ones of many.
     *
     * @throws IOException if nobody could be asked
     */
    List<String> records(String name, String type) throws IOException {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", servers == null ? "dns:" : servers);
        environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        List<String> texts = new ArrayList<>();
        try {
            InitialDirContext context = new InitialDirContext(environment);
            try {
                Attribute attribute = context.getAttributes(name, new String[] {type}).get(type);
                if (attribute != null) {
                    NamingEnumeration<?> all = attribute.getAll();
                    while (all.hasMore() && texts.size() < MAX_RECORDS) {
                        texts.add(String.valueOf(all.next()));
                    }
                }
            } finally {
                context.close();
            }
        } catch (NameNotFoundException none) {
            LOG.trace("no {} of {}", type, name);
        } catch (NamingException failure) {
            throw new IOException(type + " of " + name + ": " + failure, failure);
        }
        return texts;
    }
}
