package io.github.camelvoice.sip.stack;

import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way from a name to servers (RFC 3263, section 4): a name with a port by A and AAAA; a bare name by NAPTR (if no transport is
 * named), SRV, then A and AAAA. Bounded in records and in time, whatever a domain answers. Blocks.
 */
final class LookUp {

    /** Names that NAPTR or SRV give, and addresses of each, that are looked at. */
    private static final int MAX_POINTERS = 6;
    private static final int MAX_SERVERS = 12;
    private static final int MAX_ADDRESSES = 8;
    /** Beyond that no further SRV is asked for, and no address of another one. */
    private static final long BUDGET_NANOS = TimeUnit.SECONDS.toNanos(5);
    /** What others write into their records is a name, or not asked for. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_](?:[A-Za-z0-9._-]{0,252})");
    private static final Logger LOG = LoggerFactory.getLogger(LookUp.class);

    private final EngineClock clock;
    private final Dns dns;
    private final Predicate<String> listens;
    private final Predicate<InetAddress> reachable;

    /** @param certain whether every question was answered, be it with no */
    record Answer(Targets.Found found, boolean certain) {
    }

    /** The domain says that it does not offer what is wanted. */
    static final class NoService extends UnknownHostException {
        private static final long serialVersionUID = 1L;

        NoService(String message) {
            super(message);
        }
    }

    /**
     * @param listens   transports that may be chosen where the URI names none
     * @param reachable addresses of a family that we have a socket for
     */
    LookUp(EngineClock clock, Dns dns, Predicate<String> listens, Predicate<InetAddress> reachable) {
        this.clock = clock;
        this.dns = dns;
        this.listens = listens;
        this.reachable = reachable;
    }

    /** What can be reached from a socket on this address: one on an IPv4 address (or all of them) has nothing to do with IPv6. */
    static Predicate<InetAddress> from(InetAddress local) {
        if (local instanceof Inet4Address) {
            return Inet4Address.class::isInstance;
        }
        return local.isAnyLocalAddress() ? any -> true : any -> !(any instanceof Inet4Address);
    }

    static Targets.Found literal(NextHop hop) throws UnknownHostException {
        InetAddress address = Addresses.literal(hop.host());
        return found(hop, List.of(new Targets.Server(0, 0, hop.transport(), hop.portOrDefault(), List.of(address))));
    }

    private static Targets.Found found(NextHop hop, List<Targets.Server> servers) {
        Set<InetAddress> all = new LinkedHashSet<>();
        servers.forEach(server -> all.addAll(server.addresses()));
        return new Targets.Found(hop.host(), List.copyOf(servers), Set.copyOf(all));
    }

    /** @throws UnknownHostException if there is nothing to be had */
    Answer ask(NextHop hop) throws IOException {
        return new Question(hop).ask();
    }

    /** One name being looked up. */
    private final class Question {
        private final NextHop hop;
        private final long until = clock.nanos() + BUDGET_NANOS;
        private final List<Targets.Server> servers = new ArrayList<>();
        private final Map<String, List<InetAddress>> known = new HashMap<>();
        private boolean certain = true;
        private boolean named;
        private int rank;

        Question(NextHop hop) {
            this.hop = hop;
        }

        Answer ask() throws IOException {
            if (hop.port() == 0 && !hop.host().equalsIgnoreCase("localhost")) {
                for (Dns.Pointer pointer : pointers()) {
                    serve(pointer);
                }
                if (named && servers.isEmpty() && certain) {
                    throw new NoService(hop.host() + " names no server that can be reached");
                }
            }
            if (servers.isEmpty() && named) {
                throw new IOException("the servers of " + hop.host() + " are not known");
            }
            if (servers.isEmpty()) {
                servers.add(new Targets.Server(0, 0, hop.transport(), hop.portOrDefault(), addresses(hop.host())));
            }
            return new Answer(found(hop, servers), certain);
        }

        /** Where the SRV are: as NAPTR says, else where they are by custom. */
        private List<Dns.Pointer> pointers() {
            if (hop.named()) {
                return List.of(custom(hop.transport()));
            }
            List<Dns.Pointer> told = List.of();
            try {
                told = dns.pointers(hop.host()).stream().filter(p -> listens.test(p.transport()) && isName(p.name())).limit(MAX_POINTERS).toList();
            } catch (IOException failure) {
                unanswered(failure);
            }
            return told.isEmpty() ? List.of("udp", "tcp", "tls").stream().filter(listens).map(this::custom).toList() : told;
        }

        private Dns.Pointer custom(String transport) {
            return new Dns.Pointer(transport, Dns.serviceName(hop.host(), transport));
        }

        private void serve(Dns.Pointer pointer) {
            if (isLate()) {
                certain = false;
                return;
            }
            int priority = -1;
            try {
                for (Dns.Srv srv : dns.services(pointer.name())) {
                    named = true;
                    if (srv.isNone() || srv.port() == 0 || !isName(srv.host()) || servers.size() >= MAX_SERVERS || !servers.isEmpty() && isLate()) {
                        continue;
                    }
                    if (srv.priority() != priority) {
                        priority = srv.priority();
                        rank++;
                    }
                    add(pointer.transport(), srv);
                }
            } catch (IOException failure) {
                unanswered(failure);
            }
        }

        private void add(String transport, Dns.Srv srv) {
            try {
                servers.add(new Targets.Server(rank, srv.weight(), transport, srv.port(), addresses(srv.host())));
            } catch (IOException failure) {
                unanswered(failure);
            }
        }

        private List<InetAddress> addresses(String host) throws IOException {
            List<InetAddress> all = known.get(host);
            if (all == null) {
                all = dns.addresses(host).stream().filter(reachable).distinct().limit(MAX_ADDRESSES).toList();
                known.put(host, all);
            }
            if (all.isEmpty()) {
                throw new UnknownHostException(host + " has no address that can be reached from here");
            }
            return all;
        }

        private void unanswered(IOException failure) {
            LOG.debug("{}: {}", hop, failure.getMessage());
            certain = false;
        }

        /** Then what is known by now has to do; without anything the host itself is tried all the same: it may be in a file. */
        private boolean isLate() {
            return clock.nanos() - until > 0;
        }

        private static boolean isName(String name) {
            return NAME.matcher(name).matches();
        }
    }
}
