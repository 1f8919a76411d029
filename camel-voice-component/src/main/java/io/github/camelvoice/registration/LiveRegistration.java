package io.github.camelvoice.registration;

import io.github.camelvoice.registration.RegistrationInfo.State;
import io.github.camelvoice.registration.RegistrationTable.Action;
import io.github.camelvoice.registration.RegistrationTable.Event;
import io.github.camelvoice.registration.spi.RegisterEvent;
import io.github.camelvoice.registration.spi.RegisterSpec;
import io.github.camelvoice.registration.spi.RegisterUsage;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.runtime.Timers.Timer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One account: the actions of {@link RegistrationTable}, on a mailbox of its own. */
final class LiveRegistration {

    /** What was registered for so long did not fail: failures are counted anew. */
    private static final long SOUND_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A next hop that says how long it wants to be left alone gets nothing for so long, at most. */
    private static final int LONGEST_SILENCE = 120;
    private static final int FLOW_FAILED = 430;

    private final LiveRegistrations home;
    private final Account account;
    private final RegisterSpec spec;
    private final Mailbox mailbox;
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile RegistrationInfo info;
    /** Whether it tells nobody: another one took its place, or all ends. */
    private volatile boolean muted;
    private volatile boolean ending;
    private State state = State.QUEUED;
    private boolean begun;
    private RegisterUsage usage;
    private Timer timer;
    private RegisterEvent.Registered bound;
    private Instant registeredAt;
    private Instant expiresAt;
    private long soundSince;
    private int failures;
    private int code;
    private String phrase = "";
    private long delay;
    private Instant nextAt;
    private List<CompletableFuture<RegistrationInfo>> waiting = new ArrayList<>(1);

    LiveRegistration(LiveRegistrations home, Account account, RegisterSpec spec) {
        this.home = home;
        this.account = account;
        this.spec = spec;
        mailbox = new Mailbox(home.services().threads(), account.name());
        home.counters().came(state);
        info = describe();
        mailbox.release(() -> { });
    }

    Account account() {
        return account;
    }

    RegistrationInfo info() {
        return info;
    }

    /** Whether it is on its way out. */
    boolean isEnding() {
        return ending;
    }

    CompletableFuture<Void> gone() {
        return gone;
    }

    // ---- commands, of any thread

    /** Takes its first turn. */
    void begin() {
        mailbox.execute(() -> {
            begun = true;
            if (state == State.QUEUED) {
                tell();
                queue();
            }
        });
    }

    /** Tries now what waits, refreshes what is registered; done with the next final result. */
    void want(CompletableFuture<RegistrationInfo> result, boolean now) {
        mailbox.execute(() -> {
            if (state == State.GONE) {
                result.complete(info);
                return;
            }
            if (waiting == null) {
                waiting = new ArrayList<>(1);
            }
            waiting.add(result);
            if (now) {
                step(Event.START);
            }
        });
    }

    /** @param quietly whether nobody is told from now on */
    void end(boolean quietly) {
        ending = true;
        muted |= quietly;
        mailbox.execute(() -> step(Event.END));
    }

    void close() {
        ending = true;
        muted = true;
        mailbox.execute(() -> step(Event.CLOSE));
    }

    // ---- on the mailbox

    private void step(Event event) {
        Table.Step<State, Action> step = RegistrationTable.TABLE.step(state, event);
        home.counters().moved(state, step.next());
        state = step.next();
        for (Action action : step.actions()) {
            act(action);
        }
    }

    private void act(Action action) {
        switch (action) {
            case QUEUE -> queue();
            case SEND -> send();
            case SCHEDULE -> {
                nextAt = home.services().clock().now().plusNanos(delay);
                set(delay, Event.DUE);
            }
            case CANCEL -> cancel();
            case LEAVE -> leave();
            case CLOSE -> {
                if (usage != null) {
                    usage.close();
                    usage = null;
                }
            }
            case TELL -> tell();
            case SETTLE -> settle();
            case OVER -> {
                info = describe();
                home.over(this);
                gone.complete(null);
            }
        }
    }

    private void queue() {
        if (!begun) {
            return;
        }
        nextAt = null;
        long wait = home.pacer().take(AccountSpecs.hop(spec));
        if (wait > 0) {
            set(wait, Event.TURN);
        } else {
            step(Event.TURN);
        }
    }

    private void send() {
        nextAt = null;
        try {
            if (usage == null) {
                usage = home.services().signalling().register(spec, mailbox, this::happened);
            }
        } catch (IllegalArgumentException wrong) {
            mailbox.execute(() -> refused(new RegisterEvent.Refused(400, wrong.getMessage(), -1)));
            return;
        }
        usage.start();
    }

    private void leave() {
        if (usage == null) {
            mailbox.execute(() -> step(Event.ENDED));
        } else {
            set(home.settings().leaveLimit().toNanos(), Event.LATE);
            usage.end();
        }
    }

    private void set(long nanos, Event event) {
        cancel();
        Timer[] mine = new Timer[1];
        mine[0] = home.services().timers().schedule(nanos, TimeUnit.NANOSECONDS, mailbox, () -> {
            if (timer == mine[0]) {
                timer = null;
                step(event);
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

    private void happened(RegisterEvent event) {
        if (event instanceof RegisterEvent.Registered registered) {
            registered(registered);
        } else if (event instanceof RegisterEvent.Refused refused) {
            refused(refused);
        } else if (event instanceof RegisterEvent.Lost lost) {
            home.counters().lost.increment();
            failed(FLOW_FAILED, lost.why(), NextTry.BACK_OFF, -1);
            step(Event.LOST);
        } else {
            step(Event.ENDED);
        }
    }

    private void registered(RegisterEvent.Registered registered) {
        Instant now = home.services().clock().now();
        boolean first = state != State.REGISTERED;
        (first ? home.counters().accepted : home.counters().refreshed).increment();
        if (first) {
            registeredAt = now;
            soundSince = home.services().clock().nanos();
            home.log().registered(account.name(), registered.server(), registered.expires(), code != 0);
        }
        bound = registered;
        expiresAt = now.plusSeconds(registered.expires());
        code = 0;
        phrase = "";
        nextAt = null;
        step(Event.BOUND);
    }

    private void refused(RegisterEvent.Refused refused) {
        home.counters().failed.increment();
        if (refused.code() == 503 && refused.retryAfter() > 0) {
            home.pacer().pause(AccountSpecs.hop(spec), TimeUnit.SECONDS.toNanos(Math.min(refused.retryAfter(), LONGEST_SILENCE)));
        }
        NextTry next = NextTry.after(refused.code(), refused.retryAfter());
        failed(refused.code(), refused.phrase(), next, refused.retryAfter());
        step(next == NextTry.SLOWLY ? Event.REFUSED : Event.FAILED);
    }

    private void failed(int failure, String why, NextTry next, int retryAfter) {
        if (state == State.UNREGISTERING || state == State.GONE) {
            return;
        }
        if (state == State.REGISTERED && home.services().clock().nanos() - soundSince >= SOUND_NANOS) {
            failures = 0;
        }
        home.log().failed(account.name(), failure, why, state == State.REGISTERED || failure != code);
        delay = switch (next) {
            case ASKED -> home.pauses().asked(retryAfter, home.services().chance());
            case BACK_OFF -> home.pauses().backOff(failures, home.services().chance());
            case SLOWLY -> home.pauses().slowly(home.services().chance());
        };
        failures++;
        code = failure;
        phrase = why;
        bound = bound == null ? null : new RegisterEvent.Registered(0, "", bound.server(), bound.transport(), "", List.of(), List.of());
        registeredAt = null;
        expiresAt = null;
    }

    private RegistrationInfo describe() {
        boolean up = state == State.REGISTERED;
        return new RegistrationInfo(account.name(), state, bound == null ? "" : bound.server(), bound == null ? "" : bound.transport(),
                up ? bound.contact() : "", up ? registeredAt : null, up ? expiresAt : null, up ? bound.serviceRoute() : List.of(), code, phrase,
                up ? 0 : failures, nextAt);
    }

    private void tell() {
        info = describe();
        if (!muted) {
            home.tell(info);
        }
    }

    private void settle() {
        List<CompletableFuture<RegistrationInfo>> done = waiting;
        waiting = null;
        info = describe();
        if (done != null) {
            done.forEach(each -> each.complete(info));
        }
    }
}
