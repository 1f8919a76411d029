package io.github.camelvoice.voice;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.subscription.Ownership;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.apache.camel.cluster.CamelClusterEventListener;
import org.apache.camel.cluster.CamelClusterMember;
import org.apache.camel.cluster.CamelClusterService;
import org.apache.camel.cluster.CamelClusterView;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose subscriptions are ours, by leaderships of Camel's cluster service: the partitions are divided into parts, and who leads the namespace of a
 * part watches its subscriptions. Every node stands by for all parts; one that leads more than its share gives some away. How many nodes there are is
 * counted by their beats in the store, since not all cluster services know it.
 */
final class ClusterOwnership implements Ownership, AutoCloseable {

    /** Where nodes say that they are alive. */
    interface Beats {
        Map<Integer, Long> beat() throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(ClusterOwnership.class);
    static final long TURN_MILLIS = 1_000;
    /** How long a part that was given away is left to others. */
    private static final long REST = TimeUnit.SECONDS.toNanos(30);

    /** How long a node has more than its share before it gives away: when another is gone, that is counted later than it is taken over. */
    private static final long PATIENCE = LiveNodes.SILENCE + TimeUnit.SECONDS.toNanos(5);

    private final CamelClusterService service;
    private final EngineClock clock;
    private final Part[] parts;
    private final LiveNodes nodes;
    private final List<IntConsumer> gained = new CopyOnWriteArrayList<>();
    private final List<IntConsumer> lost = new CopyOnWriteArrayList<>();
    private Beats beats;
    private int turns;
    private long aboveSince;
    private boolean closed;

    /** What is led or not. */
    private final class Part implements CamelClusterEventListener.Leadership {
        private final int number;
        private final String namespace;
        private volatile boolean ours;
        private CamelClusterView view;
        private long restsUntil;
        private boolean rests;

        private Part(int number, String namespace) {
            this.number = number;
            this.namespace = namespace;
        }

        @Override
        public void leadershipChanged(CamelClusterView changed, CamelClusterMember leader) {
            CamelClusterMember self = changed.getLocalMember();
            set(self != null && self.isLeader());
        }

        private void set(boolean leads) {
            synchronized (this) {
                if (ours == leads) {
                    return;
                }
                ours = leads;
            }
            LOG.info("subscriptions: part {} of {} is {}", number + 1, parts.length, leads ? "watched here now" : "no longer watched here");
            List<IntConsumer> told = leads ? gained : lost;
            for (int partition = number; partition < PARTITIONS; partition += parts.length) {
                int each = partition;
                told.forEach(listener -> listener.accept(each));
            }
        }
    }

    /**
     * @param name  of what is shared: nodes with the same name share their subscriptions
     * @param count into how many parts they are divided, 1 to 64; the same for all nodes
     */
    ClusterOwnership(CamelClusterService service, String name, int count, EngineClock clock) {
        if (count < 1 || count > PARTITIONS) {
            throw new IllegalArgumentException("subscribePartitions must be 1 to " + PARTITIONS + ": " + count);
        }
        this.service = service;
        this.clock = clock;
        this.aboveSince = clock.nanos();
        this.nodes = new LiveNodes(clock);
        this.parts = new Part[count];
        String prefix = "camel-voice-" + name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-") + "-";
        for (int i = 0; i < count; i++) {
            parts[i] = new Part(i, prefix + i);
        }
    }

    @Override
    public boolean owns(int partition) {
        return parts[partition % parts.length].ours;
    }

    @Override
    public void follow(IntConsumer whenGained, IntConsumer whenLost) {
        gained.add(whenGained);
        lost.add(whenLost);
    }

    /** Stands for the parts from now on. */
    void start(Beats where, ScheduledExecutorService thread) throws Exception {
        beats = where;
        for (Part part : parts) {
            part.view = service.getView(part.namespace);
            part.view.addEventListener(part);
            CamelClusterMember self = part.view.getLocalMember();
            part.set(self != null && self.isLeader());
        }
        thread.scheduleWithFixedDelay(this::turn, TURN_MILLIS, TURN_MILLIS, TimeUnit.MILLISECONDS);
    }

    synchronized void turn() {
        if (closed) {
            return;
        }
        try {
            if (turns++ % LiveNodes.BEAT_TURNS == 0) {
                count();
            }
            int led = 0;
            for (Part part : parts) {
                if (part.rests && clock.nanos() - part.restsUntil >= 0) {
                    part.rests = false;
                    service.startView(part.namespace);
                }
                part.set(!part.rests && service.isLeader(part.namespace));
                led += part.ours ? 1 : 0;
            }
            if (led <= nodes.share(parts.length)) {
                aboveSince = clock.nanos();
            } else if (clock.nanos() - aboveSince >= PATIENCE) {
                giveAway();
            }
        } catch (Exception failure) {
            LOG.warn("the parts of the cluster cannot be looked after now: {}", failure.toString());
        }
    }

    private void count() {
        try {
            nodes.seen(beats.beat());
        } catch (IOException away) {
            LOG.debug("nodes are not counted now: {}", away.getMessage());
            nodes.forget();
        }
    }

    /** One at a time, so that not all subscriptions are made anew at once. */
    private void giveAway() throws Exception {
        for (int i = parts.length - 1; i >= 0; i--) {
            Part part = parts[i];
            if (part.ours) {
                LOG.info("subscriptions: part {} of {} is left to another of {} nodes", i + 1, parts.length, nodes.count());
                part.rests = true;
                part.restsUntil = clock.nanos() + REST;
                part.set(false);
                service.stopView(part.namespace);
                return;
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        for (Part part : parts) {
            try {
                if (part.view != null) {
                    part.view.removeEventListener(part);
                    service.releaseView(part.view);
                }
            } catch (Exception failure) {
                LOG.debug("part {} was not released: {}", part.number, failure.toString());
            }
            part.ours = false;
        }
    }
}
