package io.github.camelvoice.sip.stack;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Threads;
import java.io.IOException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds what a next hop comes to: a literal at once; names on threads of their own, each asked once however many wait for it. Answers are
 * kept for half a minute, failures for five seconds. Where a name server does not answer, or all threads wait for one, what was known
 * before is good for an hour.
 */
final class Resolver implements AutoCloseable {

    private static final int THREADS = 16;
    private static final int MAX_NAMES_WAITING = 1000;
    private static final int MAX_WAITING = 50_000;
    private static final int MAX_KEPT = 10_000;
    private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long FAILURE_KEPT_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long STALE_NANOS = TimeUnit.HOURS.toNanos(1);

    private final EngineClock clock;
    private final LookUp lookUp;
    private final ThreadPoolExecutor threads;
    private int waiting;
    /** Guarded by this, as all of its entries; the least recently used makes room. */
    private final Map<NextHop, Name> names = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<NextHop, Name> eldest) {
            return size() > MAX_KEPT;
        }
    };

    private record Waiter(Consumer<Targets.Found> found, BiConsumer<NextHop, String> failed) {
    }

    private static final class Name {
        private Targets.Found known;
        private long knownAt;
        private String failure;
        private long askedAt;
        /** Null while nobody asks. */
        private List<Waiter> waiters;
    }

    Resolver(EngineClock clock, LookUp lookUp) {
        this.clock = clock;
        this.lookUp = lookUp;
        this.threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_NAMES_WAITING),
                Threads.named("sip-dns"));
        this.threads.allowCoreThreadTimeOut(true);
    }

    /** Exactly one of the two is called, at once on the caller's thread if nobody needs to be asked; else in the order of the calls. */
    void resolve(NextHop hop, Consumer<Targets.Found> found, BiConsumer<NextHop, String> failed) {
        Targets.Found known = null;
        String failure = null;
        if (hop.isLiteral()) {
            try {
                known = LookUp.literal(hop);
            } catch (UnknownHostException bad) {
                failure = bad.getMessage();
            }
        } else {
            synchronized (this) {
                Name name = names.computeIfAbsent(hop, h -> new Name());
                if (name.waiters == null && isFresh(name)) {
                    known = name.failure == null ? name.known : null;
                    failure = name.failure;
                } else if (name.known != null && isBusy() && clock.nanos() - name.knownAt < STALE_NANOS) {
                    known = name.known;
                } else {
                    failure = ask(hop, name, new Waiter(found, failed));
                    if (failure == null) {
                        return;
                    }
                    if (name.waiters == null && name.known == null) {
                        names.remove(hop);
                    }
                }
            }
        }
        if (failure == null) {
            found.accept(known);
        } else {
            failed.accept(hop, failure);
        }
    }

    private boolean isFresh(Name name) {
        return (name.known != null || name.failure != null)
                && clock.nanos() - name.askedAt < (name.failure == null ? KEPT_NANOS : FAILURE_KEPT_NANOS);
    }

    /** Others ask for names that take long: who is known already does not queue behind them. */
    private boolean isBusy() {
        return threads.getActiveCount() >= THREADS;
    }

    /** @return why not, or null */
    private String ask(NextHop hop, Name name, Waiter waiter) {
        if (waiting >= MAX_WAITING) {
            return "too many requests wait for names to be resolved";
        }
        if (name.waiters == null) {
            try {
                threads.execute(() -> answer(hop, name));
            } catch (RejectedExecutionException overload) {
                return "too many names wait to be resolved";
            }
            name.waiters = new ArrayList<>(1);
        }
        name.waiters.add(waiter);
        waiting++;
        return null;
    }

    private void answer(NextHop hop, Name name) {
        LookUp.Answer answer;
        String failure = null;
        try {
            answer = lookUp.ask(hop);
        } catch (IOException | RuntimeException unknown) {
            answer = new LookUp.Answer(null, unknown instanceof LookUp.NoService);
            failure = unknown instanceof LookUp.NoService ? unknown.getMessage() : "unknown host " + hop.host();
        }
        synchronized (this) {
            long now = clock.nanos();
            boolean stale = !answer.certain() && name.known != null && now - name.knownAt < STALE_NANOS;
            if (!stale) {
                name.known = answer.found();
                name.knownAt = now;
            }
            name.askedAt = now;
            name.failure = stale ? null : failure;
            // Told before anybody else finds it, so that requests keep their order; all they do is to enqueue.
            for (Waiter each : name.waiters) {
                waiting--;
                if (name.failure == null) {
                    each.found.accept(name.known);
                } else {
                    each.failed.accept(hop, name.failure);
                }
            }
            name.waiters = null;
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
