package io.github.camelvoice.voice;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallStore.NumberedCall;
import io.github.camelvoice.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Takes ended calls out of the archive, in the order in which they ended, and hands them on at least once: how far it has come is kept in the store.
 * One that fails is tried again, and holds up those after it. For one thread; figures may be read by any.
 */
final class SipInfoFeed {

    /** Calls that are read at once. */
    static final int BATCH = 32;
    /** How long to wait for a sign of new calls before looking for oneself. */
    static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long SAVE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** All was said about a call that ended longer ago: it need not be caught up with. */
    private static final Duration OLD = Duration.ofSeconds(60);
    private static final int MOST_DOUBLINGS = 30;

    /**
     * How failures are taken.
     *
     * @param delay    before the second try, in milliseconds; doubled each time
     * @param maxDelay most milliseconds between tries
     * @param most     tries beyond the first, -1 for without end
     */
    record Retries(long delay, long maxDelay, int most) {
        Retries {
            if (delay < 1 || maxDelay < delay) {
                throw new IllegalArgumentException("retryDelay must be more than 0, and retryMaxDelay not less than it: " + delay + " ms, "
                        + maxDelay + " ms");
            }
            if (most < -1) {
                throw new IllegalArgumentException("maxRetries must be -1 or more: " + most);
            }
        }

        /** Nanoseconds before the next try. @param tries that failed, 1 or more */
        long nanos(int tries) {
            long millis = delay << Math.min(tries - 1, MOST_DOUBLINGS);
            return TimeUnit.MILLISECONDS.toNanos(millis < delay ? maxDelay : Math.min(millis, maxDelay));
        }

        boolean exhausted(int tries) {
            return most >= 0 && tries > most;
        }
    }

    /** Where the calls go. */
    interface Outlet {
        /** @param attempt from 1 @return why it failed, null if it did not */
        Throwable hand(NumberedCall call, int attempt);

        /** It failed. @param nextNanos until it is tried again, -1 if it is not */
        void failed(NumberedCall call, int attempt, Throwable failure, long nextNanos);
    }

    private final CallArchive archive;
    private final String name;
    private final boolean fromNow;
    private final EngineClock clock;
    private final Settling settling;
    private final Retries retries;
    private final Outlet outlet;
    private boolean enrolled;
    private long done;
    private long saved;
    private long savedAt;
    private long retryAt;
    private volatile int attempts;
    private volatile int waiting;

    SipInfoFeed(CallArchive archive, String name, boolean fromNow, EngineClock clock, Settling settling, Retries retries, Outlet outlet) {
        this.archive = archive;
        this.name = name;
        this.fromNow = fromNow;
        this.clock = clock;
        this.settling = settling;
        this.retries = retries;
        this.outlet = outlet;
    }

    /** Makes the name known, if it is not. */
    void enrol() throws StoreException {
        if (!enrolled) {
            archive.enrol(name, fromNow);
            enrolled = true;
        }
    }

    /**
     * Hands on what can be handed on now, a batch at most.
     *
     * @param goOn asked before each call
     * @return nanoseconds until there may be more to do; when something comes to the store, it may be sooner
     */
    long pass(BooleanSupplier goOn) throws StoreException {
        enrol();
        long untilRetry = attempts == 0 ? 0 : retryAt - clock.nanos();
        if (untilRetry > 0) {
            return untilRetry;
        }
        save();
        settling.look();
        List<NumberedCall> calls = pending();
        int settled = settling.settled(calls);
        if (calls.subList(0, settled).stream().anyMatch(this::isYoung)) {
            // The store may be behind: it has all that was said before this moment when it has caught up.
            settling.look();
            archive.catchUp();
            calls = pending();
            settled = settling.settled(calls);
        }
        if (settled == 0) {
            return calls.isEmpty() ? LOOK_NANOS : settling.remaining(calls.get(0));
        }
        try {
            return handAll(calls.subList(0, settled), goOn);
        } finally {
            settling.forget(done);
        }
    }

    private long handAll(List<NumberedCall> calls, BooleanSupplier goOn) throws StoreException {
        for (NumberedCall call : calls) {
            if (!goOn.getAsBoolean()) {
                break;
            }
            if (!hand(call)) {
                save();
                return retryAt - clock.nanos();
            }
            done = call.number();
            waiting--;
            if (clock.nanos() - savedAt > SAVE_NANOS) {
                save();
            }
        }
        save();
        return 0;
    }

    private boolean hand(NumberedCall call) {
        int attempt = attempts + 1;
        Throwable failure = outlet.hand(call, attempt);
        if (failure == null) {
            attempts = 0;
            return true;
        }
        boolean skip = retries.exhausted(attempt);
        long next = skip ? -1 : retries.nanos(attempt);
        retryAt = clock.nanos() + next;
        attempts = skip ? 0 : attempt;
        outlet.failed(call, attempt, failure, next);
        return skip;
    }

    private List<NumberedCall> pending() throws StoreException {
        List<NumberedCall> calls = archive.pending(name, BATCH).stream().filter(call -> call.number() > done).toList();
        waiting = calls.size();
        return calls;
    }

    private boolean isYoung(NumberedCall call) {
        return call.info().call().endedAt().plus(OLD).isAfter(clock.now());
    }

    private void save() throws StoreException {
        if (done > saved) {
            archive.delivered(name, done);
            saved = done;
            savedAt = clock.nanos();
        }
    }

    /** Tries that failed for the call whose turn it is; 0 if it is going well. */
    int attempts() {
        return attempts;
    }

    /** Calls of the last batch that were not handed on, up to {@link #BATCH}. */
    int waiting() {
        return waiting;
    }
}
