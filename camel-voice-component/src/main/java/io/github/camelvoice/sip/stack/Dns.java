package io.github.camelvoice.sip.stack;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Hashtable;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
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

    /** What SRV named. */
    record Service(String transport, String host, int port) {
    }

    private record Srv(int priority, int weight, int port, String host) {
    }

    /** NAPTR in the order of the domain's wishes, then SRV for UDP, TCP and TLS; null if there is none of them. */
    Service anyService(String domain) {
        List<String[]> pointers = new ArrayList<>();
        for (String record : records(domain, "NAPTR")) {
            String[] fields = record.trim().split("\\s+");
            if (fields.length == 6 && transport(fields[3]) != null) {
                pointers.add(fields);
            }
        }
        pointers.sort(Comparator.<String[]>comparingInt(f -> number(f[0])).thenComparingInt(f -> number(f[1])));
        for (String[] fields : pointers) {
            Service service = pick(fields[5], transport(fields[3]));
            if (service != null) {
                return service;
            }
        }
        for (String transport : List.of("udp", "tcp", "tls")) {
            Service service = service(domain, transport);
            if (service != null) {
                return service;
            }
        }
        return null;
    }

    private static String transport(String naptrService) {
        return switch (naptrService.replace("\"", "").toUpperCase(Locale.ROOT)) {
            case "SIP+D2U" -> "udp";
            case "SIP+D2T" -> "tcp";
            case "SIPS+D2T" -> "tls";
            default -> null;
        };
    }

    /** SRV of a domain for this transport; null if there is none. */
    Service service(String domain, String transport) {
        String name = transport.equals("tls") ? "_sips._tcp." : "_sip._" + transport + '.';
        return pick(name + domain, transport);
    }

    private Service pick(String name, String transport) {
        List<Srv> best = new ArrayList<>();
        for (String record : records(name, "SRV")) {
            String[] fields = record.trim().split("\\s+");
            if (fields.length != 4 || fields[3].equals(".")) {
                continue;
            }
            Srv srv = new Srv(number(fields[0]), number(fields[1]), number(fields[2]), fields[3]);
            if (!best.isEmpty() && srv.priority < best.get(0).priority) {
                best.clear();
            }
            if (best.isEmpty() || srv.priority == best.get(0).priority) {
                best.add(srv);
            }
        }
        if (best.isEmpty()) {
            return null;
        }
        int total = best.stream().mapToInt(s -> s.weight + 1).sum();
        int at = ThreadLocalRandom.current().nextInt(total);
        for (Srv srv : best) {
            at -= srv.weight + 1;
            if (at < 0) {
                return new Service(transport, srv.host, srv.port);
            }
        }
        throw new IllegalStateException("weights");
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException bad) {
            return Integer.MAX_VALUE / 2;
        }
    }

    InetAddress address(String host) throws UnknownHostException {
        return InetAddress.getByName(host);
    }

    /** Texts of the records, empty if there are none or nobody could be asked. */
    List<String> records(String name, String type) {
        Hashtable<String, String> environment = new Hashtable<>();
        environment.put("java.naming.factory.initial", "com.sun.jndi.dns.DnsContextFactory");
        environment.put("java.naming.provider.url", "dns:");
        environment.put("com.sun.jndi.dns.timeout.initial", TIMEOUT_MILLIS);
        environment.put("com.sun.jndi.dns.timeout.retries", TRIES);
        List<String> texts = new ArrayList<>();
        try {
            InitialDirContext context = new InitialDirContext(environment);
            try {
                Attribute attribute = context.getAttributes(name, new String[] {type}).get(type);
                if (attribute != null) {
                    NamingEnumeration<?> all = attribute.getAll();
                    while (all.hasMore()) {
                        texts.add(String.valueOf(all.next()));
                    }
                }
            } finally {
                context.close();
            }
        } catch (NamingException none) {
            LOG.trace("no {} of {}: {}", type, name, none.toString());
        }
        return texts;
    }
}
