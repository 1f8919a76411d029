package io.github.camelvoice.session;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.UriPasswords;
import io.github.camelvoice.registration.Account;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.session.StatusJournal.About;

/** An account with its session: the actions of {@link SessionTable}, on one mailbox. */
final class LiveSession {

    private static final Logger LOG = LoggerFactory.getLogger(LiveSession.class);

    private final SessionServices services;
    private final SessionSettings settings;
    private final Mailbox mailbox;
    private final StatusJournal journal;
    private final Enrolment enrolment;
    private final Consumer<LiveSession> whenGone;
    private final List<CompletableFuture<SessionStatus>> untilEnd = new ArrayList<>(0);
    private SessionState state = SessionState.NONE;
    private int interval;
    /** Others had the name before: what they did up to here is not the owner's to read. */
    private volatile long since;
    private volatile Instant used = Instant.EPOCH;
    private CallInHand call;
    /** What was told last. */
    private SessionStatus told;
    private volatile View view;

    /** What others may look at. */
    private record View(SessionState state, int interval, SessionStatus status, String callId) {
    }

    /** What an event brings along. @param of the call that it is about, null for none */
    private record Input(SessionEvent event, Order order, CallInHand of, String words, Throwable failure) {
    }

    LiveSession(Account account, SessionServices services, SessionSettings settings, Followers followers, Consumer<LiveSession> whenGone) {
        this.services = services;
        this.settings = settings;
        this.whenGone = whenGone;
        this.mailbox = new Mailbox(services.mailboxes(), account.name());
        this.journal = new StatusJournal(account.name(), services.store(), followers, services.clock(), settings.tracebacks());
        this.enrolment = new Enrolment(account, services, mailbox, (event, order, words) -> fire(new Input(event, order, null, words, null)));
        show();
    }

    /** It begins to work. @param kept how it was before, null for a new one */
    void open(long sequence, SessionStore.Kept kept) {
        if (kept == null) {
            since = account().owner().isEmpty() ? 0 : sequence;
        } else {
            since = kept.since();
            used = kept.used();
        }
        mailbox.release(() -> {
            journal.goOn(sequence);
            if (kept != null && kept.started()) {
                state = SessionState.OFFLINE;
                interval = kept.autoAnswerInterval();
            }
            show();
        });
    }

    Account account() {
        return enrolment.account();
    }

    /** The history begins after this sequence. */
    long since() {
        return since;
    }

    /** When it was registered or started last. */
    Instant used() {
        return used;
    }

    boolean takesCalls() {
        return view.state().started();
    }

    SessionInfo info() {
        View now = view;
        return new SessionInfo(account().name(), account().owner(), services.registrations().get(account().name()), now.state().started(),
                now.interval(), now.status(), now.callId());
    }

    /** The current status, in the order of what is asked. */
    CompletionStage<SessionStatus> status() {
        CompletableFuture<SessionStatus> done = new CompletableFuture<>();
        mailbox.execute(() -> done.complete(journal.current()));
        return done;
    }

    CompletionStage<SessionStatus> ask(SessionEvent event, Order order) {
        mailbox.execute(() -> fire(new Input(event, order, null, "", null)));
        return order.done();
    }

    /** As soon as it is known how the account is registered. */
    CompletionStage<SessionStatus> start(Order order) {
        mailbox.execute(() -> enrolment.settled().whenComplete((known, failure) -> mailbox.execute(() -> fire(new Input(
                enrolment.registered() ? SessionEvent.START : SessionEvent.START_OFFLINE, order, null, enrolment.trouble(), null)))));
        return order.done();
    }

    /** Registers, with what may have changed since. */
    CompletionStage<SessionStatus> register(Account wanted) {
        Order order = Order.plain();
        mailbox.execute(() -> {
            if (state == SessionState.GONE) {
                order.fail(SessionException.Kind.NOT_FOUND, "the account is being unregistered");
                return;
            }
            used = services.clock().now();
            boolean known = enrolment.enrol(wanted, order, () -> services.store().put(kept(wanted)));
            if (!known && state == SessionState.NONE && journal.current().sequence() == 0) {
                state = SessionState.GONE;
                whenGone.accept(this);
            }
        });
        return order.done();
    }

    /** As it was before this process. @param trouble why it cannot be, empty if it can */
    void registerAgain(String trouble) {
        mailbox.execute(() -> enrolment.again(trouble));
    }

    void registrationChanged(RegistrationInfo info) {
        mailbox.execute(() -> enrolment.changed(info));
    }

    /** A call that was up when the process before died. */
    void closeInterrupted(StatusType failed, SessionStatus last) {
        mailbox.execute(() -> journal.tell(failed, new About(last.callId(), last.callee(), "", SipHeaders.none(), "interrupted", null), true));
    }

    void incoming(Call came, String from) {
        mailbox.execute(() -> {
            CallInHand fresh = hold(came, UriPasswords.hide(from), SipHeaders.none());
            fire(new Input(SessionEvent.INCOMING, null, fresh, "", null));
        });
    }

    private CallInHand hold(Call one, String callee, SipHeaders headers) {
        return new CallInHand(one, callee, headers, services, settings, mailbox, this::happened);
    }

    private void happened(SessionEvent event, CallInHand of, Order order, String words, Throwable failure) {
        if (of != call) {
            if (order != null) {
                order.fail(SessionException.Kind.ABORTED, "the call is over");
            }
            return;
        }
        boolean offline = event == SessionEvent.ENDED && !enrolment.registered();
        fire(new Input(offline ? SessionEvent.ENDED_OFFLINE : event, order, of, words, failure));
    }

    private void fire(Input input) {
        Table.Step<SessionState, SessionAction> step = SessionTable.TABLE.step(state, input.event());
        SessionState before = state;
        state = step.next();
        for (SessionAction action : step.actions()) {
            try {
                act(action, input, before);
            } catch (RuntimeException bug) {
                LOG.error("[{}] {} failed in {}", account().name(), action, before, bug);
                if (input.order() != null) {
                    input.order().done().completeExceptionally(bug);
                }
            }
        }
        show();
    }

    private void act(SessionAction action, Input input, SessionState before) {
        Order order = input.order();
        switch (action) {
            case TELL_REGISTERED, TELL_REGISTRATION_FAILED -> {
                told = journal.tell(StatusTable.of(action, null), About.NOTHING.with(input.words(), null), before.hasCall());
                if (order != null && input.event() != SessionEvent.START_OFFLINE) {
                    enrolment.done(order, told);
                }
            }
            case TELL_STARTED -> {
                interval = order.interval();
                used = services.clock().now();
                told = journal.tell(StatusType.SESSION_STARTED, About.NOTHING, false);
            }
            case TELL_READY, TELL_ENDED -> told = journal.tell(StatusTable.of(action, null), About.NOTHING, false);
            case TELL_INITIATED -> {
                call = input.of();
                told = journal.tell(StatusTable.of(action, call.direction()), call.about(), false);
                call.watch();
            }
            case TELL_BUSY -> journal.tell(StatusTable.of(action, input.of().direction()), input.of().about().with("486 Busy Here", null), true);
            case TELL_CONNECTED, TELL_FAILED, TELL_FINISHED -> {
                call.stopTimer();
                About about = action == SessionAction.TELL_FINISHED ? call.aboutEnd() : call.about();
                told = journal.tell(StatusTable.of(action, call.direction()), about.with(input.words(), input.failure()), false);
                call.settled(told);
            }
            case TELL_TRANSFER, TELL_TRANSFER_FAILED -> {
                if (action == SessionAction.TELL_TRANSFER) {
                    call.transferTo(order);
                }
                told = journal.tell(StatusTable.of(action, call.direction()), call.aboutTransfer().with(input.words(), input.failure()), false);
            }
            case TELL_SOFT_HANGUP, TELL_HARD_HANGUP, TELL_PLAYED, TELL_MUTED, TELL_UNMUTED -> told = journal.tell(
                    StatusTable.of(action, call.direction()), call.about().with(input.words(), input.failure()), false);
            case DONE -> order.done().complete(told);
            case KEEP -> keep(order, told);
            case AWAIT_END -> untilEnd.add(order.done());
            case AWAIT_ANSWER -> call.awaitAnswer(order);
            case SAY_NO_SESSION, SAY_NO_CALL -> order.done().complete(journal.answer(StatusTable.of(action, null), ""));
            case SAY_OFFLINE -> order.done().complete(journal.answer(StatusTable.of(action, null), enrolment.trouble()));
            case SAY_OUT_OF_ORDER -> order.fail(SessionException.Kind.FAILED_PRECONDITION, outOfOrder(input.event()));
            case SAY_GONE -> order.fail(SessionException.Kind.NOT_FOUND, "the account is not known");
            case SAY_TOO_LATE -> order.fail(SessionException.Kind.ABORTED, "the call is over");
            case PLACE -> place(order);
            case RING -> call.ring(interval, services.timers());
            case ANSWER -> call.answer();
            case DECLINE -> input.of().decline();
            case TURN_AWAY -> input.of().turnAway();
            case HANG_UP -> call.hangUp();
            case HANG_UP_HARD -> call.hangUpHard();
            case TRANSFER -> call.transfer(order);
            case NOTE_TRANSFERRED -> call.transferred();
            case PLAY -> call.play(order);
            case MUTE, UNMUTE -> call.mute(order, action == SessionAction.MUTE);
            case RELEASE -> {
                call.release();
                call = null;
            }
            case FORGET -> forget(order, before);
        }
    }

    private String outOfOrder(SessionEvent event) {
        if (event == SessionEvent.START || event == SessionEvent.START_OFFLINE) {
            return "the account has a session already";
        }
        return switch (state) {
            case RINGING, ANSWERING -> "an incoming call is not answered yet";
            case CALLING -> "the call is not answered yet";
            case TALKING -> "the account has a call already";
            case TRANSFERRING -> "the call is being transferred";
            default -> "the call is being hung up";
        };
    }

    private void place(Order order) {
        Account account = account();
        Optional<RegistrationInfo> registration = services.registrations().get(account.name());
        try {
            PlaceCall wanted = new PlaceCall(AccountCalls.leg(account, registration.orElse(null), order.uri(), order.headers()), List.of(),
                    settings.ringTimeout(), settings.timeLimit()).withAccount(account.owner().isEmpty() ? null : account.owner());
            CallInHand placed = hold(services.calls().place(wanted), UriPasswords.hide(order.target()), order.headers());
            fire(new Input(SessionEvent.PLACED, order, placed, "", null));
        } catch (CallException refused) {
            order.fail(StatusJournal.kindOf(refused), refused);
        }
    }

    private SessionStore.Kept kept(Account account) {
        return new SessionStore.Kept(account, state.started(), interval, 0, "", since, used);
    }

    /** Whoever waits hears of it once it is written down. */
    private void keep(Order order, SessionStatus status) {
        if (order != null) {
            untilEnd.add(order.done());
        }
        List<CompletableFuture<SessionStatus>> waiters = List.copyOf(untilEnd);
        untilEnd.clear();
        CompletionStage<Void> kept = enrolment.sealed() ? CompletableFuture.completedFuture(null) : services.store().put(kept(account()));
        kept.whenComplete((written, failure) -> waiters.forEach(done -> {
            if (failure == null) {
                done.complete(status);
            } else {
                done.completeExceptionally(new SessionException(SessionException.Kind.UNAVAILABLE, "not written down: " + failure.getMessage(), failure));
            }
        }));
    }

    private void forget(Order order, SessionState before) {
        if (order != null) {
            untilEnd.add(order.done());
        }
        List<CompletableFuture<SessionStatus>> waiters = List.copyOf(untilEnd);
        untilEnd.clear();
        SessionStatus last = before != SessionState.NONE ? told : journal.answer(StatusType.NO_SESSION, "unregistered");
        CompletableFuture<Void> removed = services.store().remove(account().name()).toCompletableFuture();
        CompletableFuture<Void> unregistered = services.registrations().unregister(account().name()).toCompletableFuture();
        whenGone.accept(this);
        CompletableFuture.allOf(removed, unregistered).whenComplete((done, failure) -> waiters.forEach(waiter -> {
            if (failure == null) {
                waiter.complete(last);
            } else {
                waiter.completeExceptionally(new SessionException(SessionException.Kind.UNAVAILABLE, "not forgotten: " + failure.getMessage(), failure));
            }
        }));
    }

    private void show() {
        view = new View(state, interval, journal.current(), call == null ? "" : call.id());
    }
}
