package io.github.camelvoice.sip.stack;

import io.github.camelvoice.runtime.EngineClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Puts what a name came to in the order of its turns: by preference and priority, by weight within a priority (RFC 2782), and those
 * that failed lately at the end. The dice of a Call-ID always fall the same way, so that a request with credentials finds the server that
 * asked for them. Thread-safe.
 */
final class Targets {

    /** So many are tried at most: with 4 s each there is time left for the last one. */
    static final int MAX_TRIED = 6;
    private static final int MAX_DEAD = 2_000;

    private final EngineClock clock;
    private final long seed = ThreadLocalRandom.current().nextLong();
    /** Until when; the oldest entry makes room. A name's own: what one domain says of an address is not held against another. */
    private final Map<Flow, Long> dead = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Flow, Long> eldest) {
            return size() > MAX_DEAD;
        }
    };
    private volatile boolean anyDead;

    /**
     * A host that offers the service.
     *
     * @param rank   what is lower comes first: preference and priority together
     * @param weight among those of its rank, 0 to 65,535
     */
    record Server(int rank, int weight, String transport, int port, List<InetAddress> addresses) {
    }

    /**
     * What a name came to.
     *
     * @param host    the name
     * @param servers by rank, one or more, each with an address
     */
    record Found(String host, List<Server> servers, Set<InetAddress> addresses) {
    }

    Targets(EngineClock clock) {
        this.clock = clock;
    }

    /** @param first what comes before all others, null for none */
    List<Flow> inTurn(Found found, String callId, Flow first) {
        List<Flow> all = new ArrayList<>();
        if (found.servers().size() == 1) {
            add(all, found.servers().get(0), found.host());
        } else {
            SplittableRandom dice = new SplittableRandom(seed ^ callId.hashCode() * 0x9e3779b97f4a7c15L);
            List<Server> rank = new ArrayList<>();
            for (Server server : found.servers()) {
                if (!rank.isEmpty() && rank.get(0).rank() != server.rank()) {
                    addRank(all, rank, found.host(), dice);
                }
                rank.add(server);
            }
            addRank(all, rank, found.host(), dice);
        }
        if (anyDead && all.size() > 1) {
            deadLast(all);
        }
        if (first != null) {
            all.remove(first);
            all.add(0, first);
        }
        return all.size() > MAX_TRIED ? List.copyOf(all.subList(0, MAX_TRIED)) : all;
    }

    /** RFC 2782: those without weight stand in front, so that they are taken when the dice show nothing. Empties {@code rank}. */
    private static void addRank(List<Flow> all, List<Server> rank, String host, SplittableRandom dice) {
        rank.sort(Comparator.comparingInt(s -> s.weight() == 0 ? 0 : 1));
        while (!rank.isEmpty()) {
            int sum = rank.stream().mapToInt(Server::weight).sum();
            int shown = dice.nextInt(sum + 1);
            int at = 0;
            int running = rank.get(0).weight();
            while (running < shown) {
                at++;
                running += rank.get(at).weight();
            }
            add(all, rank.remove(at), host);
        }
    }

    private static void add(List<Flow> all, Server server, String host) {
        for (InetAddress address : server.addresses()) {
            all.add(new Flow(server.transport(), new InetSocketAddress(address, server.port()), host));
        }
    }

    private void deadLast(List<Flow> all) {
        List<Flow> late = new ArrayList<>();
        synchronized (dead) {
            long now = clock.nanos();
            for (Flow each : all) {
                Long until = dead.get(each);
                if (until != null && until - now > 0) {
                    late.add(each);
                }
            }
        }
        if (!late.isEmpty()) {
            all.removeAll(late);
            all.addAll(late);
        }
    }

    /** It failed: for so long it comes last. */
    void dead(Flow flow, long millis) {
        synchronized (dead) {
            dead.remove(flow);
            dead.put(flow, clock.nanos() + TimeUnit.MILLISECONDS.toNanos(millis));
            anyDead = true;
        }
    }

    /** It answered. */
    void alive(Flow flow) {
        if (anyDead) {
            synchronized (dead) {
                dead.remove(flow);
                anyDead = !dead.isEmpty();
            }
        }
    }
}
