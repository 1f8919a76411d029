package io.github.camelvoice.dial;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A dial: the one place where {@link DialMachine}, {@link BranchMachine} and the calls meet. Everything but the public methods runs on its own
 * mailbox; with the mailboxes of the calls it only exchanges messages.
 */
final class LiveDial implements Dial {

    private static final Logger LOG = LoggerFactory.getLogger(LiveDial.class);
    private static final String ELSEWHERE = "SIP;cause=200;text=\"Call completed elsewhere\"";
    private static final String CALLER_AWAY = "SIP;cause=487;text=\"the caller went away\"";

    private final String id;
    private final DialServices services;
    private final DialPlan plan;
    private final DialListener listener;
    private final Mailbox mailbox;
    private final CallerEar ear;
    private final Screener screener;
    private final List<Branch> branches = new ArrayList<>();
    private final CompletableFuture<DialResult> done = new CompletableFuture<>();
    private final CompletableFuture<DialResult> over = new CompletableFuture<>();
    private DialMachine.State state = DialMachine.State.HUNTING;
    private boolean begun;
    private String dropReason;
    private Branch winner;
    private long connectedNanos;
    private final Tally tally = new Tally();
    /** All that the caller keeps in memory of this dial when it is over. */
    private final AtomicReference<LiveDial> self = new AtomicReference<>(this);
    private Calls.Registration keys = () -> { };

    LiveDial(DialServices services, DialPlan plan, DialListener listener, PlaySource tone) {
        this.id = services.ids().next();
        this.services = services;
        this.plan = plan;
        this.listener = listener;
        this.mailbox = new Mailbox(services.pool(), id);
        this.screener = new Screener(id, services.timers(), this::post);
        this.ear = new CallerEar(plan.caller(), plan.side(), tone, services);
        for (DialTarget target : plan.targets()) {
            branches.add(new Branch(branches.size(), target));
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public CompletionStage<DialResult> done() {
        return done;
    }

    @Override
    public CompletionStage<DialResult> over() {
        return over;
    }

    @Override
    public void cancel() {
        post(() -> fire(DialMachine.Event.CANCELLED));
    }

    void start() {
        mailbox.release(() -> {
            if (plan.caller() != null) {
                AtomicReference<LiveDial> dial = self;
                plan.caller().reached(Milestone.COMPLETED).thenRun(() -> callerGone(dial));
            }
            ear.begin().whenComplete((answered, failure) -> post(this::hunt));
        });
    }

    private static void callerGone(AtomicReference<LiveDial> dial) {
        LiveDial alive = dial.get();
        if (alive != null) {
            alive.post(() -> alive.fire(DialMachine.Event.CALLER_GONE));
        }
    }

    private void post(Runnable task) {
        mailbox.execute(() -> {
            task.run();
            settle();
        });
    }

    private void hunt() {
        begun = true;
        if (state == DialMachine.State.HUNTING && !plan.sequential()) {
            turn(branches);
        }
    }

    private void turn(List<Branch> next) {
        for (Branch branch : next) {
            fire(branch, BranchMachine.Event.TURN, null);
        }
    }

    /** What follows from the states of the targets alone. */
    private void settle() {
        boolean again = begun || state != DialMachine.State.HUNTING;
        while (again) {
            if (branches.stream().allMatch(branch -> branch.state == BranchMachine.State.OVER)) {
                fire(DialMachine.Event.EXHAUSTED);
                again = false;
            } else if (branches.stream().noneMatch(branch -> branch.state.isTrying()) && waiting() != null) {
                again = fire(DialMachine.Event.IDLE);
            } else {
                again = false;
            }
        }
    }

    private Branch waiting() {
        return branches.stream().filter(branch -> branch.state == BranchMachine.State.WAITING).findFirst().orElse(null);
    }

    /** @return whether the event meant anything */
    private boolean fire(DialMachine.Event event) {
        DialMachine.Transition transition = DialMachine.on(state, event);
        if (transition == null) {
            return false;
        }
        LOG.debug("[{}] dial: {} in {}", id, event, state);
        state = transition.next();
        if (event == DialMachine.Event.CALLER_GONE || event == DialMachine.Event.CANCELLED) {
            tally.canceled();
        }
        switch (transition.action()) {
            case NONE -> { }
            case NEXT -> turn(List.of(waiting()));
            case CONNECT -> connect();
            case DROP_UNANSWERED -> drop(BranchMachine.Event.DECLINED_FOR_ALL, null, "SIP;cause=600;text=\"declined for all\"");
            case DROP_ALL -> drop(BranchMachine.Event.GIVEN_UP, null, event == DialMachine.Event.CALLER_GONE ? CALLER_AWAY : null);
            case REPORT_DONE -> connected();
            case REPORT_OVER -> end(true);
            case REPORT_FAILURE -> end(false);
        }
        return true;
    }

    private void drop(BranchMachine.Event event, Branch except, String reason) {
        dropReason = reason;
        branches.stream().filter(branch -> branch != except).forEach(branch -> fire(branch, event, null));
        dropReason = null;
    }

    /** @param now the leg's end, for events that are one; null where no leg could be placed */
    private void fire(Branch branch, BranchMachine.Event event, CallSnapshot now) {
        BranchMachine.Transition transition = BranchMachine.on(branch.state, event);
        if (transition == null) {
            return;
        }
        LOG.debug("[{}] target {}: {} in {}", id, branch.index, event, branch.state);
        branch.state = transition.next();
        if (branch.state != BranchMachine.State.SCREENING) {
            branch.screened();
        }
        switch (transition.action()) {
            case NONE -> { }
            case PLACE -> {
                branch.begin(plan, services.clock().nanos());
                place(branch, branch.target.call().leg());
            }
            case FOLLOW -> follow(branch);
            case PASS_ON_RINGING -> {
                tell(to -> to.ringing(branch.index, branch.leg));
                ear.rang();
            }
            case SCREEN -> screen(branch);
            case CONNECT -> {
                branch.won = true;
                winner = branch;
                tell(to -> to.won(branch.index, branch.leg));
                fire(DialMachine.Event.WON);
            }
            case HANG_UP -> branch.leg.execute(new CallCommand.Hangup(dropReason, SipHeaders.none()));
            case COUNT -> count(branch, now);
        }
    }

    private void place(Branch branch, OutboundLeg to) {
        Call leg;
        try {
            leg = services.calls().place(branch.request(to, plan, ear.offered(branch.target), services.clock().nanos()));
        } catch (CallException failure) {
            LOG.debug("[{}] target {} could not be called: {}", id, branch.index, failure.getMessage());
            branch.leg = null;
            tally.refused(failure);
            tell(told -> told.refused(branch.index, failure));
            fire(branch, branch.hasContacts() ? BranchMachine.Event.REDIRECTED : BranchMachine.Event.ENDED, null);
            return;
        }
        branch.leg = leg;
        tell(told -> told.placed(branch.index, leg));
        leg.reached(Milestone.RINGING).thenAccept(now -> {
            if (now.cause() == null && now.answeredAt() == null) {
                post(branch, leg, BranchMachine.Event.RANG);
            }
        });
        if (ear.hearsEarlyMedia(plan)) {
            leg.audible().thenAccept(now -> {
                if (now.cause() == null && now.answeredAt() == null) {
                    post(() -> early(branch, leg));
                }
            });
        }
        leg.reached(Milestone.ANSWERED).thenAccept(now -> {
            if (now.answeredAt() != null) {
                post(branch, leg, BranchMachine.Event.ANSWERED);
            }
        });
        leg.reached(Milestone.COMPLETED).thenAccept(now -> post(() -> ended(branch, leg, now)));
    }

    private void early(Branch branch, Call leg) {
        if (branch.leg == leg && branch.state.isTrying()) {
            ear.passOn(leg);
        }
    }

    /** Whatever is told of a leg that was redirected meanwhile means nothing any more. */
    private void post(Branch branch, Call leg, BranchMachine.Event event) {
        post(() -> {
            if (branch.leg == leg) {
                fire(branch, event, null);
            }
        });
    }

    private void ended(Branch branch, Call leg, CallSnapshot now) {
        if (branch.leg != leg) {
            return;
        }
        int code = Best.code(now);
        if (code >= 300 && code < 400) {
            redirected(branch, leg.contacts());
        }
        boolean elsewhere = code < 600 && code != 200 && branch.hasContacts() && branch.mayRing(services.clock().nanos());
        if (elsewhere && code >= 400) {
            tally.ended(branch, now);
        }
        fire(branch, elsewhere ? BranchMachine.Event.REDIRECTED : BranchMachine.Event.ENDED, now);
        if (code >= 600 && now.cause().endedBy() == EndCause.Origin.REMOTE) {
            fire(DialMachine.Event.DECLINED_FOR_ALL);
        }
        if (branch == winner && plan.caller() == null) {
            fire(DialMachine.Event.PARTED);
        }
    }

    private void redirected(Branch branch, List<String> contacts) {
        try {
            branch.redirected(contacts, plan.redirects());
        } catch (RuntimeException broken) {
            LOG.error("[{}] nobody can say whether a contact may be called", id, broken);
        }
    }

    private void follow(Branch branch) {
        String contact = branch.nextContact();
        Call from = branch.leg;
        if (from != null) {
            tell(to -> to.redirected(branch.index, from, contact));
        }
        place(branch, Contacts.towards(contact, branch.target.call().leg()));
    }

    private void screen(Branch branch) {
        Call leg = branch.leg;
        tell(to -> to.answered(branch.index, leg));
        Timers.Timer limit = screener.ask(branch.target.screening(), leg, plan.screenLimit(), yes -> screened(branch, leg, yes));
        if (limit != null) {
            branch.screening(limit);
        }
    }

    private void screened(Branch branch, Call leg, boolean accepted) {
        if (branch.leg != leg || branch.state != BranchMachine.State.SCREENING) {
            return;
        }
        tell(to -> to.screened(branch.index, leg, accepted));
        fire(branch, accepted ? BranchMachine.Event.ACCEPTED : BranchMachine.Event.DECLINED, null);
    }

    private void count(Branch branch, CallSnapshot now) {
        if (now == null) {
            return;
        }
        tally.ended(branch, now);
        if (!branch.won) {
            tell(to -> to.lost(branch.index, now));
        }
    }

    private void connect() {
        drop(BranchMachine.Event.GIVEN_UP, winner, ELSEWHERE);
        if (plan.caller() == null) {
            fire(DialMachine.Event.CONNECTED);
            return;
        }
        ear.connect(winner.leg).whenComplete((bridged, failure) -> post(() -> {
            if (failure == null) {
                fire(DialMachine.Event.CONNECTED);
            } else {
                notConnected(failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure);
            }
        }));
    }

    private void notConnected(Throwable failure) {
        if (failure instanceof CallException expected) {
            tally.notConnected(expected);
        } else {
            LOG.error("[{}] the calls could not be connected", id, failure);
        }
        if (plan.caller().snapshot().cause() != null) {
            tally.canceled();
        }
        fire(DialMachine.Event.NOT_CONNECTED);
    }

    private void connected() {
        connectedNanos = services.clock().nanos();
        Call caller = plan.caller();
        if (caller != null) {
            caller.parted().thenRun(() -> post(() -> fire(DialMachine.Event.PARTED)));
            if (plan.side().hangupOnStar()) {
                keys = caller.onDigit((digit, millis, method) -> {
                    if (digit == '*') {
                        cancel();
                    }
                });
            }
        }
        done.complete(tally.won(winner, caller != null, Duration.ZERO));
    }

    private void end(boolean connected) {
        self.set(null);
        keys.close();
        DialResult result;
        if (connected) {
            result = tally.won(winner, plan.caller() != null, Duration.ofNanos(services.clock().nanos() - connectedNanos));
        } else {
            ear.quiet();
            result = tally.failed(winner != null);
        }
        LOG.info("[{}] dial: {}, {}", id, result.outcome(), connected ? "connected with target " + (winner.index + 1) : "nobody took the call");
        done.complete(result);
        over.complete(result);
    }

    private void tell(Consumer<DialListener> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException broken) {
            LOG.error("[{}] a listener failed", id, broken);
        }
    }
}
