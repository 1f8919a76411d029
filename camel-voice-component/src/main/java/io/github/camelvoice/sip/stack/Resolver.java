package io.github.camelvoice.sip.stack;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds the address of a next hop (RFC 3263): a literal at once; a name with a port by A and AAAA; a bare name by NAPTR (if no
 * transport is named), SRV, then A and AAAA. DNS is asked on threads of its own; answers are kept for half a minute.
 */
final class Resolver implements AutoCloseable {

    private static final int THREADS = 4;
    private static final int MAX_WAITING = 1000;
    private static final int MAX_KEPT = 1000;
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final EngineClock clock;
    private final Dns dns;
    private final Map<NextHop, Kept> kept = new ConcurrentHashMap<>();
    private final ThreadPoolExecutor threads;

    /** @param host name that a TLS certificate must carry: the one that was asked for, not what SRV made of it (RFC 5922) */
    record Target(String transport, InetSocketAddress address, String host) {
    }

    private record Kept(Target target, long at) {
    }

    Resolver(EngineClock clock, Dns dns) {
        this.clock = clock;
        this.dns = dns;
        this.threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_WAITING),
                Threads.named("sip-dns"));
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** Exactly one of the two is called, at once on the caller's thread if nobody needs to be asked. */
    void resolve(NextHop hop, Consumer<Target> found, BiConsumer<NextHop, String> failed) {
        try {
            if (hop.isLiteral()) {
                found.accept(new Target(hop.transport(),
                        new InetSocketAddress(Addresses.literal(hop.host()), hop.portOrDefault()), hop.host()));
                return;
            }
        } catch (UnknownHostException bad) {
            failed.accept(hop, bad.getMessage());
            return;
        }
        Kept known = kept.get(hop);
        if (known != null && clock.nanos() - known.at < KEPT_NANOS) {
            found.accept(known.target);
            return;
        }
        try {
            threads.execute(() -> ask(hop, found, failed));
        } catch (RejectedExecutionException overload) {
            failed.accept(hop, "too many names wait to be resolved");
        }
    }

    private void ask(NextHop hop, Consumer<Target> found, BiConsumer<NextHop, String> failed) {
        Target target;
        try {
            target = lookUp(hop);
        } catch (IOException | RuntimeException failure) {
            failed.accept(hop, "unknown host " + hop.host());
            return;
        }
        if (kept.size() >= MAX_KEPT) {
            kept.clear();
        }
        kept.put(hop, new Kept(target, clock.nanos()));
        found.accept(target);
    }

    private Target lookUp(NextHop hop) throws IOException {
        String transport = hop.transport();
        if (hop.port() == 0) {
            Dns.Service service = hop.named() ? dns.service(hop.host(), transport) : dns.anyService(hop.host());
            if (service != null) {
                return new Target(service.transport(), new InetSocketAddress(dns.address(service.host()), service.port()), hop.host());
            }
        }
        InetAddress address = dns.address(hop.host());
        return new Target(transport, new InetSocketAddress(address, hop.portOrDefault()), hop.host());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
