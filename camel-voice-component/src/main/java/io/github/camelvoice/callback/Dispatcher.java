package io.github.camelvoice.callback;

import io.github.camelvoice.callback.Progress.Trigger;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that callbacks are written down, and then delivered in order or given up. It waits for nobody: a {@link Courier} makes the attempts.
 * What it knows is confined to its mailbox; thread-safe.
 */
public final class Dispatcher implements Callbacks, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Dispatcher.class);
    private static final String NOBODY = "nobody delivers callbacks: no route from voice:callbacks is running";
    private static final String DROPPED = "dropped";

    private final Outbox outbox;
    private final EngineClock clock;
    private final Timers timers;
    private final Ids ids;
    private final Mailbox mailbox;
    private final Consumer<String> urls;
    private final DoubleSupplier random;
    private final Receivers receivers;
    private final Refill refill;
    private final Idlers idlers;
    private final Complaints complaints;
    private final Object order = new Object();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder givenUp = new LongAdder();
    private volatile Attendance attendance;
    private volatile boolean open;
    private volatile int carried;
    private volatile long waiting;
    private volatile int ready;

    /** Who delivers at the moment. */
    private record Attendance(Courier courier, Terms terms) {
    }

    /**
     * @param pool threads of the mailbox
     * @param urls throws {@link IllegalArgumentException} for a URL that nothing may be sent to
     */
    public Dispatcher(Outbox outbox, EngineClock clock, Timers timers, Executor pool, Ids ids, Consumer<String> urls) {
        this(outbox, clock, timers, pool, ids, urls, Receivers.Bounds.DEFAULT, () -> ThreadLocalRandom.current().nextDouble());
    }

    Dispatcher(Outbox outbox, EngineClock clock, Timers timers, Executor pool, Ids ids, Consumer<String> urls, Receivers.Bounds bounds,
               DoubleSupplier random) {
        this.outbox = outbox;
        this.clock = clock;
        this.timers = timers;
        this.ids = ids;
        this.urls = urls;
        this.random = random;
        this.mailbox = new Mailbox(pool, "callbacks");
        this.complaints = new Complaints(LOG, clock);
        this.receivers = new Receivers(bounds);
        this.refill = new Refill(outbox, mailbox, timers, receivers, this::restore, this::refilled);
        this.idlers = new Idlers((receiver, key) -> refill.isRecovered() && receivers.isIdle(receiver, key));
    }

    /** Takes callbacks from now on; those that an earlier run left are taken up again as soon as they can be read. To be called once. */
    public void start() {
        synchronized (order) {
            long first = outbox.nextNumber();
            open = true;
            mailbox.release(() -> refill.recover(first));
        }
    }

    /**
     * From now on the courier is asked to deliver.
     *
     * @return to be closed when it delivers no more; what it carries then, it still has to tell of
     * @throws IllegalStateException if somebody delivers already
     */
    public AutoCloseable attend(Courier courier, Terms terms) {
        Attendance mine = new Attendance(courier, terms);
        synchronized (order) {
            if (attendance != null) {
                throw new IllegalStateException("callbacks are delivered by another route already; one route from voice:callbacks is enough");
            }
            attendance = mine;
        }
        mailbox.execute(this::go);
        return () -> {
            synchronized (order) {
                if (attendance == mine) {
                    attendance = null;
                }
            }
        };
    }

    @Override
    public void check(String target) {
        Attendance now = attendance;
        if (now == null) {
            throw new IllegalArgumentException(NOBODY);
        }
        if (target == null || target.isBlank() || target.length() > Callback.MOST_TARGET) {
            throw new IllegalArgumentException("a callback needs a target of at most " + Callback.MOST_TARGET + " characters");
        }
        if (Callback.isUrl(target)) {
            urls.accept(target);
        } else if (!now.terms().targets().contains(target)) {
            throw new IllegalArgumentException("'" + Attempt.cut(target) + "' is neither an http(s) URL nor the name of a callback target");
        }
    }

    @Override
    public CompletionStage<Void> send(Callback callback) {
        try {
            Callback.checkTarget(callback.target());
        } catch (IllegalArgumentException wrong) {
            return CompletableFuture.failedFuture(wrong);
        }
        Item item;
        synchronized (order) {
            if (!open) {
                return CompletableFuture.failedFuture(new IllegalStateException("the engine does not run"));
            }
            item = new Item(outbox.nextNumber(), ids.next(), callback, clock.now(), clock.nanos(), 0);
            if (!outbox.append(new CallbackEntry.Queued(item.number, item.id, callback, item.at))) {
                String why = outbox.trouble();
                return CompletableFuture.failedFuture(notWritten(why == null ? "no room" : why, null));
            }
            mailbox.execute(() -> enter(item));
        }
        return written(item);
    }

    private CompletionStage<Void> written(Item item) {
        return outbox.durable().handle((done, failure) -> {
            mailbox.execute(() -> on(item, failure == null ? Trigger.WRITTEN : Trigger.LOST, null));
            if (failure != null) {
                throw new CompletionException(notWritten(failure.getMessage(), failure));
            }
            return null;
        });
    }

    @Override
    public CompletionStage<Void> idle(String target, String orderKey) {
        CompletableFuture<Void> idle = new CompletableFuture<>();
        mailbox.execute(() -> idlers.wait(Callback.receiver(target), orderKey, idle));
        return idle;
    }

    private static IllegalStateException notWritten(String why, Throwable cause) {
        return new IllegalStateException("the callback could not be written down: " + why, cause);
    }

    /**
     * Gives a callback up that waits.
     *
     * @return done with false if it no longer waits here
     */
    public CompletionStage<Boolean> drop(long number) {
        return asked(answer -> answer.complete(isDropped(number)));
    }

    /** Whether all that earlier runs left is known: until then a number that is not may still be one of them. */
    boolean isRecovered() {
        return refill.isRecovered();
    }

    private boolean isDropped(long number) {
        Item item = receivers.item(number);
        if (item != null) {
            on(item, Trigger.DROP, null);
            return true;
        }
        if (receivers.spilled() == 0 && refill.isRecovered()) {
            return false;
        }
        refill.settled(number);
        givenUp.increment();
        return append(new CallbackEntry.Settled(number, CallbackState.GIVEN_UP, DROPPED, clock.now()));
    }

    /**
     * Tries one again that was given up, as if it were new, with the same id.
     *
     * @return done when that is written down, with false if it waits already; failed with {@link IllegalStateException} if too many wait for its
     *         receiver, or it cannot be written down
     */
    public CompletionStage<Boolean> replay(StoredCallback stored) {
        return asked(answer -> {
            if (receivers.item(stored.number()) != null) {
                answer.complete(false);
                return;
            }
            if (!receivers.hasRoom(receivers.of(stored.callback()))) {
                throw new IllegalStateException("too many callbacks wait for " + stored.callback().receiver());
            }
            Item item = new Item(stored.number(), stored.id(), stored.callback(), stored.at(), clock.nanos(), stored.tried());
            hold(item);
            if (!append(new CallbackEntry.Replayed(stored.number(), clock.now()))) {
                on(item, Trigger.LOST, null);
                throw notWritten(outbox.trouble(), null);
            }
            written(item).whenComplete((done, failure) -> {
                if (failure == null) {
                    answer.complete(true);
                } else {
                    answer.completeExceptionally(failure);
                }
            });
        });
    }

    private CompletionStage<Boolean> asked(Consumer<CompletableFuture<Boolean>> task) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        mailbox.execute(() -> {
            try {
                task.accept(answer);
            } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    private void enter(Item item) {
        Receiver receiver = receivers.of(item.callback);
        if (receiver.spilling || !receivers.hasRoom(receiver)) {
            receivers.spill(receiver, item.number);
            count();
        } else {
            hold(item);
        }
    }

    private void hold(Item item) {
        receivers.hold(item);
        count();
    }

    /** One that was read from the store. */
    private void restore(StoredCallback stored) {
        Duration age = Duration.between(stored.since(), clock.now());
        long since = clock.nanos() - (age.isNegative() ? 0 : Math.min(age.toNanos(), TimeUnit.DAYS.toNanos(3_650)));
        Item item = new Item(stored.number(), stored.id(), stored.callback(), stored.at(), since, stored.tried());
        hold(item);
        item.progress = Progress.READY;
        receivers.list(item.lane);
    }

    /** The one place where something happens to a callback. */
    private void on(Item item, Trigger trigger, String why) {
        Progress before = item.progress;
        Progress next = before.after(trigger);
        if (next == null || item.lane == null) {
            return;
        }
        item.progress = next;
        if (next == Progress.READY) {
            receivers.list(item.lane);
        } else if (next == Progress.DONE) {
            item.cancelTimer();
            end(item, before, trigger, why);
        }
        if (trigger != Trigger.TURN) {
            go();
        }
    }

    private void end(Item item, Progress before, Trigger trigger, String why) {
        receivers.remove(item);
        receivers.list(item.lane);
        count();
        idlers.look(item.lane.receiver.name, item.lane.key);
        if (trigger == Trigger.LOST) {
            return;
        }
        boolean isDelivered = trigger == Trigger.DELIVERED;
        String cause = isDelivered ? null : before == Progress.DROPPING || trigger == Trigger.DROP ? DROPPED : why;
        refill.settled(item.number);
        append(new CallbackEntry.Settled(item.number, isDelivered ? CallbackState.DELIVERED : CallbackState.GIVEN_UP, cause, clock.now()));
        if (isDelivered) {
            delivered.increment();
        } else {
            givenUp.increment();
            complaints.givenUp(item, cause);
        }
        refill.turn();
    }

    private void refilled() {
        idlers.lookAtAll();
        go();
    }

    /** Gives out free slots. */
    private void go() {
        Attendance now = attendance;
        while (now != null && open && carried < now.terms().slots()) {
            Item item = receivers.next(now.terms().slotsOfOne());
            if (item == null) {
                break;
            }
            on(item, Trigger.TURN, null);
            item.tried++;
            item.attemptAt = clock.now();
            item.attemptNanos = clock.nanos();
            carried++;
            Receiver receiver = item.lane.receiver;
            Terms terms = now.terms();
            now.courier().carry(new Delivery(item.id, item.callback, item.tried, item.at, Once.of(outcome -> mailbox.execute(() -> {
                carried--;
                receivers.free(receiver);
                came(item, outcome, terms.schedule());
                go();
            }))));
        }
        ready = receivers.ready();
    }

    private void came(Item item, Outcome outcome, Schedule schedule) {
        if (outcome instanceof Outcome.Returned) {
            item.tried--;
            on(item, Trigger.RETURNED, null);
            return;
        }
        String failure = outcome instanceof Outcome.Failed retry ? retry.why() : outcome instanceof Outcome.Refused refused ? refused.why() : null;
        append(new CallbackEntry.Attempted(item.number, new Attempt(item.tried, item.attemptAt, clock.millisSince(item.attemptNanos), failure)));
        if (outcome instanceof Outcome.Delivered) {
            on(item, Trigger.DELIVERED, null);
            return;
        }
        failed.increment();
        if (outcome instanceof Outcome.Failed retry) {
            later(item, retry, schedule);
        } else {
            on(item, Trigger.REFUSED, failure);
        }
    }

    private void later(Item item, Outcome.Failed retry, Schedule schedule) {
        Duration pause = schedule.pause(++item.failures, retry.retryAfter(), random);
        if (clock.nanos() - item.since + pause.toNanos() > schedule.expiry().toNanos()) {
            on(item, Trigger.EXPIRED, "its time was over; at last: " + retry.why());
            return;
        }
        LOG.debug("[{}] attempt {} of {} failed, the next is in {}: {}", item.callback.callId(), item.tried, item, pause, retry.why());
        on(item, Trigger.FAILED, retry.why());
        if (item.progress == Progress.PAUSED) {
            item.timer = timers.schedule(pause.toNanos(), TimeUnit.NANOSECONDS, mailbox, () -> on(item, Trigger.DUE, null));
        }
    }

    private boolean append(CallbackEntry entry) {
        boolean taken = outbox.append(entry);
        if (!taken && open) {
            LOG.warn("what became of callback {} could not be written down: {}", entry.number(), outbox.trouble());
        }
        return taken;
    }

    private void count() {
        waiting = receivers.count() + receivers.spilled();
    }

    /** Any thread. */
    public CallbackFigures figures() {
        Item oldest = receivers.oldest();
        return new CallbackFigures(waiting, oldest == null ? 0 : Math.max(0, Duration.between(oldest.at, clock.now()).toMillis()), carried, ready,
                delivered.sum(), failed.sum(), givenUp.sum(), attendance != null, refill.trouble());
    }

    /** Takes and delivers nothing more. What waits is taken up by the next run, where it is kept. */
    @Override
    public void close() {
        open = false;
        attendance = null;
        refill.close();
    }
}
