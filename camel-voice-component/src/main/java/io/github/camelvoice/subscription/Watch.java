package io.github.camelvoice.subscription;

import io.github.camelvoice.runtime.Table.Step;
import io.github.camelvoice.runtime.Timers.Timer;
import io.github.camelvoice.subscription.WatchTable.Action;
import io.github.camelvoice.subscription.WatchTable.Event;
import io.github.camelvoice.subscription.WatchTable.State;
import io.github.camelvoice.subscription.spi.Usage;
import io.github.camelvoice.subscription.spi.UsageEvent;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Keeps one resource, or one list of them, subscribed to: a {@link WatchTable} with one usage after another. On the mailbox of its subscription. */
final class Watch {

    /** A refresh is answered with full state at once; what takes longer is lost. */
    static final long HEAL_NANOS = TimeUnit.SECONDS.toNanos(20);
    /** A list server that nobody configured has so long to answer: states of its entries should not wait for a time-out of SIP. */
    static final long GUESS_NANOS = TimeUnit.SECONDS.toNanos(4);
    /** What lived so long did not fail: failures are counted anew. */
    static final long SOUND_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A next hop that says how long it wants to be left alone gets nothing for so long, at most. */
    private static final int LONGEST_SILENCE = 120;

    private final WatchHome home;
    private final WatchPlan.Assignment assignment;
    private final String nextHop;
    private State state = State.IDLE;
    private Usage usage;
    private Timer timer;
    /** What the last NOTIFY that ended it said. */
    private Resubscription terminated;
    private long delay;
    private long soundSince;
    private int failures;
    private boolean refusedForGood;
    /** Whether the server says that it is a list; versions of lists are counted here (RFC 4662, section 5.2). */
    private boolean listed;
    private Set<LiveResource> members;
    private long listVersion = -1;

    Watch(WatchHome home, WatchPlan.Assignment assignment, String nextHop) {
        this.home = home;
        this.assignment = assignment;
        this.nextHop = nextHop;
    }

    WatchPlan.Assignment assignment() {
        return assignment;
    }

    /** What it tells of: what it is for, and what the list turned out to have. */
    Collection<LiveResource> resources() {
        return members == null ? assignment.resources() : members;
    }

    /** Its resource is a list, and this is in it. */
    void found(LiveResource member) {
        if (members == null) {
            members = new LinkedHashSet<>(assignment.resources());
        }
        members.add(member);
    }

    State state() {
        return state;
    }

    /** Whether the notifier said no, and it will hardly change. */
    boolean isRefusedForGood() {
        return refusedForGood;
    }

    boolean isListed() {
        return listed;
    }

    long listVersion() {
        return listVersion;
    }

    void listed(long version) {
        listed = true;
        listVersion = version;
    }

    /** Begins, or tries again now what waits. */
    void start() {
        failures = 0;
        step(Event.START);
    }

    /** Unsubscribes in its turn. */
    void end() {
        step(Event.END);
    }

    /** Drops everything at once. */
    void release() {
        step(Event.RELEASE);
    }

    /** Unsubscribes without being asked what comes of it; the watch itself is over. */
    void leave() {
        leaveUsage();
        step(Event.RELEASE);
    }

    private void step(Event event) {
        Step<State, Action> step = WatchTable.TABLE.step(state, event);
        home.counters().moved(state, step.next());
        state = step.next();
        for (Action action : step.actions()) {
            act(action);
        }
    }

    private void act(Action action) {
        switch (action) {
            case QUEUE -> queue();
            case SUBSCRIBE -> subscribe();
            case REFRESH -> {
                set(HEAL_NANOS, () -> {
                    delay = pause(Resubscription.unhealed());
                    step(Event.UNHEALED);
                });
                usage.refresh();
            }
            case HEALED -> {
                cancel();
                home.counters().healed.increment();
            }
            case SCHEDULE -> {
                if (delay > 0) {
                    set(delay, () -> step(Event.DUE));
                } else {
                    step(Event.DUE);
                }
            }
            case CANCEL -> cancel();
            case UNSUBSCRIBE -> usage.end();
            case LEAVE -> {
                leaveUsage();
                home.lost(this, Resubscription.unhealed());
            }
            case CLOSE -> {
                if (usage != null) {
                    usage.close();
                    usage = null;
                }
            }
            case TELL_OVER -> home.over(this);
        }
    }

    private void queue() {
        long wait = home.pacer().take(nextHop);
        if (wait > 0) {
            set(wait, () -> step(Event.TURN));
        } else {
            step(Event.TURN);
        }
    }

    private void set(long nanos, Runnable task) {
        cancel();
        Timer[] mine = new Timer[1];
        mine[0] = home.after(nanos, () -> {
            if (timer == mine[0]) {
                timer = null;
                task.run();
            }
        });
        timer = mine[0];
    }

    private void cancel() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    private void subscribe() {
        terminated = null;
        listVersion = -1;
        listed = false;
        refusedForGood = false;
        Usage[] mine = new Usage[1];
        try {
            mine[0] = home.subscribe(this, event -> {
                if (usage == mine[0]) {
                    happened(event);
                }
            });
        } catch (IllegalArgumentException wrong) {
            lost(new Resubscription(Resubscription.When.NEVER, -1, "rejected", wrong.getMessage()));
            return;
        }
        usage = mine[0];
        if (assignment.list() && assignment.guessed() && home.mayFallBack()) {
            set(GUESS_NANOS, () -> {
                if (state == State.SUBSCRIBING) {
                    home.noLists(this, "nobody answered");
                }
            });
        }
        usage.start();
    }

    private void leaveUsage() {
        Usage left = usage;
        usage = null;
        if (left != null) {
            left.end();
        }
    }

    private void happened(UsageEvent event) {
        if (event instanceof UsageEvent.Notified notified) {
            home.counters().notifies.increment();
            notified(notified);
        } else if (event instanceof UsageEvent.Accepted accepted) {
            listed |= accepted.eventList();
            step(Event.ACCEPTED);
        } else if (event instanceof UsageEvent.Refused refused) {
            usage = null;
            refused(refused);
        } else if (event instanceof UsageEvent.Ended ended) {
            usage = null;
            lost(ended.why() == UsageEvent.Why.TERMINATED && terminated != null ? terminated
                    : Resubscription.ended(ended.why(), ended.code(), ended.phrase()));
        }
    }

    private void notified(UsageEvent.Notified notified) {
        if (state == State.LEAVING || state == State.ENDING || state == State.OVER) {
            return;
        }
        boolean over = notified.state() == UsageEvent.State.TERMINATED;
        if (over) {
            terminated = Resubscription.terminated(notified.reason(), notified.retryAfter());
        }
        WatchHome.Heard heard = home.heard(this, notified, terminated);
        if (heard == WatchHome.Heard.NO_LIST) {
            home.noLists(this, "no list was told of");
            return;
        }
        if (over) {
            return;
        }
        if (notified.state() == UsageEvent.State.ACTIVE && state != State.ACTIVE && state != State.HEALING) {
            soundSince = home.nanos();
            home.well(this);
        }
        step(notified.state() == UsageEvent.State.ACTIVE ? Event.NOTIFIED_ACTIVE : Event.NOTIFIED_PENDING);
        if (heard == WatchHome.Heard.GAP) {
            if (state != State.HEALING) {
                home.counters().gaps.increment();
            }
            step(Event.GAP);
        } else if (heard == WatchHome.Heard.WHOLE) {
            step(Event.WHOLE);
        }
    }

    private void refused(UsageEvent.Refused refused) {
        home.counters().refused.increment();
        if (state != State.LEAVING && state != State.ENDING && assignment.list() && home.mayFallBack()
                && Resubscription.noLists(refused.code(), refused.retryAfter(), refused.unsupported(), assignment.guessed())) {
            home.noLists(this, refused.code() + " " + refused.phrase());
            return;
        }
        if (refused.code() == 503 && refused.retryAfter() > 0) {
            home.pacer().pause(nextHop, TimeUnit.SECONDS.toNanos(Math.min(refused.retryAfter(), LONGEST_SILENCE)));
        }
        lost(Resubscription.refused(refused.code(), refused.phrase(), refused.retryAfter()));
    }

    private void lost(Resubscription next) {
        if (state == State.LEAVING || state == State.ENDING) {
            step(Event.NEVER_AGAIN);
            return;
        }
        refusedForGood = next.when() == Resubscription.When.NEVER || next.when() == Resubscription.When.SLOWLY;
        home.lost(this, next);
        if (home.isOnce()) {
            step(Event.RELEASE);
        } else if (next.when() == Resubscription.When.NEVER) {
            step(Event.NEVER_AGAIN);
        } else {
            delay = pause(next);
            step(Event.TRY_AGAIN);
        }
    }

    private long pause(Resubscription next) {
        boolean sound = (state == State.ACTIVE || state == State.HEALING) && home.nanos() - soundSince >= SOUND_NANOS;
        if (sound) {
            failures = 0;
        }
        home.counters().resubscriptions.increment();
        return home.pause(next, failures++);
    }
}
