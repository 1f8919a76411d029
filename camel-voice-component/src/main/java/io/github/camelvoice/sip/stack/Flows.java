package io.github.camelvoice.sip.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flows that somebody wants to be kept alive, one sign of life at a time for all who watch one (RFC 5626, section 4.4). A timer a flow,
 * no thread. Everything but {@link #watch} happens on the thread of the reactor.
 */
final class Flows {

    private static final int MAX_WATCHES = 100_000;
    /** RFC 5626, section 4.4.1. */
    private static final long PONG_MILLIS = 10_000;
    /** Copies of a Binding request, and how long the last one waits (RFC 5389, section 7.2.1 with fewer of them). */
    private static final int COPIES = 4;
    private static final long FIRST_WAIT_MILLIS = 500;
    private static final Logger LOG = LoggerFactory.getLogger(Flows.class);

    private final Reactor reactor;
    private final Ways ways;
    private final Map<Flow, Life> lives = new HashMap<>();
    private final Map<ByteBuffer, Life> asked = new HashMap<>();
    private final SecureRandom random = new SecureRandom();
    private int watches;

    /** A flow as signs of life see it. */
    interface Way {

        /** Sends CR LF CR LF. */
        void ping() throws IOException;

        /** How often anything came so far. */
        long heard();

        /** How often an answer to a ping came so far. */
        long pongs();

        /** Tells {@code client} when it breaks. */
        void track(WireChannel.Failure client);

        void forget(WireChannel.Failure client);
    }

    Flows(Reactor reactor, Ways ways) {
        this.reactor = reactor;
        this.ways = ways;
    }

    FlowWatch watch(Flow flow, int seconds, boolean expected, FlowListener listener, Executor on) {
        if (seconds < 5 || seconds > 86_400) {
            throw new IllegalArgumentException("signs of life are 5 to 86,400 seconds apart: " + seconds);
        }
        Watch watch = new Watch(flow, seconds, expected, listener, on);
        reactor.run(() -> join(watch));
        return watch;
    }

    private void join(Watch watch) {
        if (watch.over) {
            return;
        }
        Life life = lives.get(watch.flow);
        if (life == null) {
            Way way = null;
            try {
                way = watches < MAX_WATCHES ? ways.way(watch.flow) : null;
            } catch (IOException failure) {
                LOG.debug("{}", watch.flow, failure);
            }
            if (way == null) {
                watch.lost(watches < MAX_WATCHES ? "there is no connection to " + watch.flow.where() : "too many flows are watched");
                return;
            }
            life = new Life(watch.flow, way);
            lives.put(watch.flow, life);
        }
        watches++;
        life.join(watch);
    }

    /** An answer to a Binding request. */
    void answered(byte[] message, InetSocketAddress source) {
        Life life = asked.get(Stun.id(message));
        if (life != null && life.flow.address().equals(source)) {
            life.answered(Stun.type(message) == Stun.SUCCESS ? Stun.mapped(message) : null);
        }
    }

    /** Flows and watches; for leak checks. */
    int live() {
        return lives.size() + watches + asked.size();
    }

    private final class Watch implements FlowWatch {
        private final Flow flow;
        private final int seconds;
        private final boolean expected;
        private final FlowListener listener;
        private final Executor on;
        /** The watcher wants to hear no more. */
        private volatile boolean silenced;
        private boolean over;

        Watch(Flow flow, int seconds, boolean expected, FlowListener listener, Executor on) {
            this.flow = flow;
            this.seconds = seconds;
            this.expected = expected;
            this.listener = listener;
            this.on = on;
        }

        void lost(String why) {
            over = true;
            tell(() -> listener.lost(why));
        }

        void tell(Runnable news) {
            on.execute(() -> {
                if (!silenced) {
                    news.run();
                }
            });
        }

        @Override
        public void close() {
            silenced = true;
            reactor.run(() -> {
                Life life = lives.get(flow);
                if (!over && life != null && life.watchers.remove(this)) {
                    watches--;
                    life.endIfUnwatched();
                }
                over = true;
            });
        }
    }

    /** One flow. */
    private final class Life implements WireChannel.Failure {
        private final Flow flow;
        private final Way way;
        private final boolean datagrams;
        private final Set<Watch> watchers = new LinkedHashSet<>();
        /** Whether it has ever answered. */
        private boolean proven;
        /** UDP: whether STUN was tried in vain. */
        private boolean plain;
        private InetSocketAddress mapped;
        /** A sign of life waits for its answer. */
        private boolean asking;
        private ByteBuffer id;
        private Reactor.Alarm alarm;
        private boolean over;

        Life(Flow flow, Way way) {
            this.flow = flow;
            this.way = way;
            this.datagrams = flow.transport().equals("udp");
            way.track(this);
        }

        void join(Watch watch) {
            boolean first = watchers.isEmpty();
            watchers.add(watch);
            if (mapped != null) {
                InetSocketAddress seen = mapped;
                watch.tell(() -> watch.listener.seen(seen));
            }
            if (first) {
                sign();
            } else if (alarm != null && !asking && reactor.millisUntil(alarm) > watch.seconds * 1000L) {
                pause();
            }
        }

        void endIfUnwatched() {
            if (watchers.isEmpty()) {
                end();
            }
        }

        private void end() {
            over = true;
            lives.remove(flow, this);
            forgetQuestion();
            if (alarm != null) {
                alarm.cancel();
            }
            way.forget(this);
        }

        private void at(long millis, Runnable task) {
            if (alarm != null) {
                alarm.cancel();
            }
            alarm = reactor.schedule(() -> {
                alarm = null;
                if (!over) {
                    task.run();
                }
            }, millis, 0);
        }

        /** Until the next sign: not all at once, however many flows began together. */
        private void pause() {
            asking = false;
            int seconds = watchers.stream().mapToInt(w -> w.seconds).min().orElse(30);
            at(ThreadLocalRandom.current().nextLong(seconds * 800L, seconds * 1000L + 1), this::sign);
        }

        private void sign() {
            asking = true;
            if (datagrams && !plain) {
                byte[] bits = new byte[12];
                random.nextBytes(bits);
                id = ByteBuffer.wrap(bits);
                asked.put(id, this);
                ask(COPIES, FIRST_WAIT_MILLIS);
                return;
            }
            long heard = way.heard();
            long pongs = way.pongs();
            if (!ping()) {
                return;
            }
            if (datagrams) {
                pause();
            } else {
                at(PONG_MILLIS, () -> {
                    proven |= way.pongs() > pongs;
                    if (way.heard() == heard && isAnswerDue()) {
                        lost(flow.where() + " does not answer any more");
                    } else {
                        pause();
                    }
                });
            }
        }

        private boolean ping() {
            try {
                way.ping();
                return true;
            } catch (IOException failure) {
                lost("cannot send to " + flow.where() + ": " + failure.getMessage());
                return false;
            }
        }

        private boolean isAnswerDue() {
            return proven || watchers.stream().anyMatch(w -> w.expected);
        }

        private void ask(int copies, long wait) {
            if (copies == 0) {
                unanswered();
                return;
            }
            try {
                ways.raw(flow, Stun.request(id));
            } catch (IOException failure) {
                lost("cannot send to " + flow.where() + ": " + failure.getMessage());
                return;
            }
            at(wait, () -> ask(copies - 1, wait * 2));
        }

        private void unanswered() {
            forgetQuestion();
            if (isAnswerDue()) {
                lost(flow.where() + " does not answer any more");
                return;
            }
            LOG.debug("{} does not know STUN", flow.where());
            plain = true;
            sign();
        }

        void answered(InetSocketAddress seen) {
            forgetQuestion();
            proven = true;
            if (seen != null && !seen.equals(mapped)) {
                mapped = seen;
                List.copyOf(watchers).forEach(w -> w.tell(() -> w.listener.seen(seen)));
            }
            pause();
        }

        private void forgetQuestion() {
            if (id != null) {
                asked.remove(id);
                id = null;
            }
        }

        @Override
        public void broken(String why) {
            reactor.run(() -> lost(why));
        }

        private void lost(String why) {
            if (over) {
                return;
            }
            end();
            watches -= watchers.size();
            watchers.forEach(w -> w.lost(why));
            watchers.clear();
        }
    }
}
