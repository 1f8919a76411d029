package io.github.camelvoice.store.spool;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.StoreException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Talks to the store: again and again until it takes what it gets, with growing pauses. What it refuses for good is set aside. For one
 * thread, but for the figures.
 */
final class Feeder {

    private static final Logger LOG = LoggerFactory.getLogger(Feeder.class);
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(100);
    /** A store that comes and goes, or fails now in this way and now in that, is not told of more often. */
    private static final long ANNOUNCED_EVERY = TimeUnit.SECONDS.toNanos(10);
    /** Failures in a row of an unknown kind from which on the entries are to blame. */
    private static final int UNKNOWN_FAILURES = 4;
    private static final int UNKNOWN_FAILURES_OF_PART = 2;
    /** Refusals of one entry after which it is set aside. */
    private static final int REFUSALS = 3;
    /** Entries refused in a row from which on the store is to blame. */
    private static final int REFUSED_IN_A_ROW = 20;

    private final CallStore store;
    private final String source;
    private final Rejects rejects;
    private final Stop stop;
    private final EngineClock clock;
    private final long mostPause;
    /** A store that takes longer for an answer is in trouble. */
    private final long slow;
    private final LongConsumer fed;

    private int refusedInARow;
    /** Whether a part of a refused batch is tried. */
    private boolean dividing;
    private boolean failing;
    /** The trouble that the log tells of; null for none. */
    private String announced;
    private long announcedAt;
    private long pause = FIRST_PAUSE;
    private long foreign = -1;
    private volatile long failingSince;
    private volatile long busySince;
    private volatile String trouble;

    /** @param fed is told the sequence number up to which all is in the store */
    Feeder(CallStore store, String source, Rejects rejects, Stop stop, EngineClock clock, SpoolOptions.Pace pace, LongConsumer fed) {
        this.store = store;
        this.source = source;
        this.rejects = rejects;
        this.stop = stop;
        this.clock = clock;
        this.mostPause = pace.retry().toNanos();
        this.slow = pace.slow().toNanos();
        this.fed = fed;
        this.announcedAt = clock.nanos() - ANNOUNCED_EVERY;
    }

    /** Waiting that ends early when the log closes. */
    interface Stop {

        /** Whether there is no time left. */
        boolean isNow();

        /** @return false if there is no time left */
        boolean pause(long nanos);
    }

    /** A question to the store. */
    interface Question<T> {
        T ask(CallStore store) throws StoreException;
    }

    /** Asks until there is an answer. @return null if the log closes before */
    <T> T ask(Question<T> question) {
        while (!stop.isNow()) {
            try {
                T answer = once(question);
                works();
                return answer;
            } catch (StoreException | RuntimeException | Error failure) {
                fails(failure);
            }
        }
        return null;
    }

    /** Asks once. */
    <T> T once(Question<T> question) throws StoreException {
        busySince = clock.nanos() | 1;
        try {
            return question.ask(store);
        } finally {
            busySince = 0;
        }
    }

    /** @return false if the log closes before all is in the store */
    boolean deliver(Batch batch) {
        try {
            return deliver(batch, 0, batch.size());
        } finally {
            dividing = false;
        }
    }

    private boolean deliver(Batch batch, int from, int to) {
        int unknown = 0;
        int refusals = 0;
        long last = batch.sequence(to - 1);
        while (!stop.isNow()) {
            try {
                if (!failing || !isApplied(last)) {
                    apply(batch, from, to, last);
                }
                works();
                refusedInARow = 0;
                fed.accept(last);
                return true;
            } catch (StoreException | RuntimeException | Error failure) {
                boolean blamed = Refusals.blamesData(failure) && (to - from > 1 || ++refusals >= REFUSALS);
                if (blamed || failure instanceof RuntimeException && ++unknown >= (dividing ? UNKNOWN_FAILURES_OF_PART : UNKNOWN_FAILURES)) {
                    return divide(batch, from, to, failure);
                }
                fails(failure);
            }
        }
        return false;
    }

    private void apply(Batch batch, int from, int to, long last) throws StoreException {
        once(s -> {
            s.apply(source, last, batch.entries(from, to));
            return null;
        });
    }

    /** An answer that got lost may have been a yes. */
    private boolean isApplied(long last) throws StoreException {
        long position = once(s -> s.position(source));
        return position >= last && position != foreign;
    }

    /** A position of the store that this log never reached. */
    void distrust(long position) {
        foreign = position;
    }

    private boolean divide(Batch batch, int from, int to, Throwable why) {
        dividing = true;
        if (to - from > 1) {
            int middle = (from + to) >>> 1;
            return deliver(batch, from, middle) && deliver(batch, middle, to);
        }
        rejects.add(batch.sequence(from), batch.entry(from), why);
        if (++refusedInARow > REFUSED_IN_A_ROW) {
            fails(why);
        } else {
            works();
        }
        fed.accept(batch.sequence(from));
        return true;
    }

    private void fails(Throwable failure) {
        String words = inWords(failure);
        trouble = words;
        if (!failing) {
            failing = true;
            failingSince = clock.nanos() | 1;
        }
        if (!words.equals(announced) && !dividing && clock.nanos() - announcedAt >= ANNOUNCED_EVERY) {
            announced = words;
            announcedAt = clock.nanos();
            LOG.warn("the store takes nothing, the log keeps it meanwhile: {} ({})", words, Refusals.inWords(failure));
        }
        stop.pause(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
        pause = Math.min(mostPause, 2 * pause);
    }

    private static String inWords(Throwable failure) {
        if (Refusals.blamesData(failure)) {
            return "the store refuses an entry";
        }
        return failure instanceof StoreException && failure.getMessage() != null ? failure.getMessage() : failure.getClass().getSimpleName();
    }

    private void works() {
        pause = FIRST_PAUSE;
        if (failing) {
            if (announced != null) {
                LOG.info("the store takes entries again, after {} s", clock.millisSince(failingSince) / 1000);
            }
            failing = false;
            announced = null;
            failingSince = 0;
            trouble = null;
        }
    }

    /** In plain words why the store takes nothing, null if it does. */
    String trouble() {
        String words = trouble;
        if (words != null) {
            return words;
        }
        long since = busySince;
        if (since != 0 && clock.nanos() - since > slow) {
            return "the store has not answered for " + clock.millisSince(since) / 1000 + " s";
        }
        return null;
    }

    /** Whether it has been so for longer than a reader should wait. */
    boolean isLongInTrouble() {
        long now = clock.nanos();
        long failed = failingSince;
        long busy = busySince;
        return failed != 0 && now - failed > slow || busy != 0 && now - busy > slow;
    }
}
