package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.EngineClock;
import java.util.HashMap;
import java.util.Map;

/** Who may be asked to watch lists, and who was asked in vain of late. Thread-safe. */
final class ListServers {

    /** Beyond, those whose time is over are forgotten; then all. */
    private static final int MOST = 10_000;
    private static final String ALL = "*";

    private final Map<String, String> configured;
    private final long memory;
    private final EngineClock clock;
    private final Map<String, Long> refusedUntil = new HashMap<>();

    /** A server. @param guessed whether nobody configured it */
    record Server(String uri, boolean guessed) {
    }

    ListServers(SubscriptionSettings settings, EngineClock clock) {
        this.configured = settings.listServers();
        this.memory = settings.listMemory().toNanos();
        this.clock = clock;
    }

    /** The server of lists for the domain of this resource; null if it is known not to watch lists. @param always also then */
    Server find(String resource, boolean always) {
        String uri = configured.getOrDefault(ResourceUri.host(resource), configured.get(ALL));
        Server server = uri == null ? new Server(ResourceUri.server(resource), true) : new Server(uri, false);
        return always || !isRefused(server.uri()) ? server : null;
    }

    /** It does not watch lists. */
    synchronized void refused(String server) {
        long now = clock.nanos();
        if (refusedUntil.size() >= MOST) {
            refusedUntil.values().removeIf(until -> until - now <= 0);
        }
        if (refusedUntil.size() >= MOST) {
            refusedUntil.clear();
        }
        refusedUntil.put(server, now + memory);
    }

    private synchronized boolean isRefused(String server) {
        Long until = refusedUntil.get(server);
        if (until == null) {
            return false;
        }
        if (until - clock.nanos() > 0) {
            return true;
        }
        refusedUntil.remove(server);
        return false;
    }
}
