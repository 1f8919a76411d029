package io.github.camelvoice.call;

import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.spi.DialogInfo;
import io.github.camelvoice.call.spi.MediaEvent;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.runtime.Mailbox;
import io.github.camelvoice.runtime.Timers;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call: the one place where {@link CallMachine}, signalling leg and audio meet. Everything but the public methods runs on the
 * call's mailbox.
 */
final class LiveCall implements Call {

    private static final Logger LOG = LoggerFactory.getLogger(LiveCall.class);

    private final CallServices services;
    private final Mailbox mailbox;
    private final CallJournal journal;
    private final CallAudio audio;
    private final SessionChanges changes;
    private final Bridging bridging;
    private final Transfers transfers;
    private final Referral referral;
    private final Milestones milestones = new Milestones();
    private final CallFacts facts;
    private final CallEnding ending;
    private volatile SignallingLeg leg;
    private CallState state;
    private EndCause cause;
    private SipHeaders responseHeaders;
    private SipHeaders byeHeaders = SipHeaders.none();
    private Timers.Timer limit;
    private volatile CallSnapshot snapshot;
    private volatile List<String> contacts = List.of();

    LiveCall(CallServices services, Mailbox mailbox, CallFacts facts, Consumer<LiveCall> whenGone) {
        this.services = services;
        this.mailbox = mailbox;
        this.facts = facts;
        this.journal = new CallJournal(facts.callId(), facts.sipCallId(), facts.direction(), facts.from(), facts.to(), services.clock(),
                services.events()::publish);
        this.audio = new CallAudio(services, journal, this::current, (digit, millis, method) -> bridging().pressed(digit, millis, method));
        this.changes = new SessionChanges(this, journal, audio);
        this.bridging = new Bridging(this, journal);
        this.transfers = new Transfers(this);
        this.referral = new Referral(this);
        this.ending = new CallEnding(this, whenGone);
        this.responseHeaders = facts.headers();
        this.state = facts.direction() == CallDirection.INBOUND ? CallState.OFFERED : CallState.CALLING;
        refresh();
    }

    @Override
    public String id() {
        return facts.callId();
    }

    @Override
    public CallSnapshot snapshot() {
        return snapshot;
    }

    @Override
    public CompletionStage<CommandResult> execute(CallCommand command) {
        CompletableFuture<CommandResult> done = new CompletableFuture<>();
        mailbox.executeHere(() -> run(command, done));
        return done;
    }

    @Override
    public CompletionStage<CallSnapshot> reached(Milestone milestone) {
        CompletableFuture<CallSnapshot> waiter = new CompletableFuture<>();
        mailbox.executeHere(() -> milestones.await(milestone, waiter, snapshot));
        return waiter;
    }

    @Override
    public Calls.Registration onDigit(DigitListener listener) {
        return audio.digitListeners().add(listener);
    }

    @Override
    public CompletionStage<CallSnapshot> audible() {
        CompletableFuture<CallSnapshot> waiter = new CompletableFuture<>();
        mailbox.executeHere(() -> milestones.awaitAudio(waiter, snapshot));
        return waiter;
    }

    @Override
    public CompletionStage<CallSnapshot> parted() {
        CompletableFuture<CallSnapshot> waiter = new CompletableFuture<>();
        mailbox.executeHere(() -> bridging.whenParted(waiter));
        return waiter;
    }

    @Override
    public boolean takesRefer() {
        DialogInfo mine = dialog();
        return mine == null || mine.takesRefer();
    }

    @Override
    public DialogInfo dialog() {
        SignallingLeg mine = leg;
        return mine == null ? null : mine.dialog();
    }

    @Override
    public List<String> contacts() {
        return contacts;
    }

    void contacts(List<String> found) {
        contacts = List.copyOf(found);
    }

    @Override
    public List<String> speaks() {
        Set<String> names = new LinkedHashSet<>();
        MediaInfo agreed = snapshot.media();
        if (agreed != null) {
            names.add(agreed.codec());
        }
        if (facts.offer() != null) {
            names.addAll(services.media().encodings(facts.offer()));
        }
        return List.copyOf(names);
    }

    @Override
    public MediaFigures.Pair figures() {
        return ending.figures();
    }

    private void run(CallCommand command, CompletableFuture<CommandResult> done) {
        try {
            if (!command.allowedIn(state, facts.direction())) {
                throw new CallException(Kind.WRONG_STATE, id(), "cannot " + command.operation() + ": the call is " + describe());
            }
            if (command instanceof CallCommand.OnMedia && audio.leg() == null) {
                throw new CallException(Kind.WRONG_STATE, id(),
                        "cannot " + command.operation() + ": the call has no audio yet (answer it, or ring with early media)");
            }
            Verbs.perform(this, command, done);
            refresh();
        } catch (CallException expected) {
            done.completeExceptionally(expected);
        } catch (RuntimeException bug) {
            LOG.error("[{}] {} failed", id(), command.operation(), bug);
            done.completeExceptionally(bug);
        }
    }

    private String describe() {
        return state.name().toLowerCase(java.util.Locale.ROOT) + (cause == null ? "" : " (" + cause.phrase() + ")");
    }

    /** Inbound: the leg is claimed; tells the world and sets the decision limit. */
    void offered(SignallingLeg claimed, Runnable receiver) {
        leg = claimed;
        services.ledger().opened(snapshot);
        journal.tell(head -> new VoiceEvent.CallReceived(head, facts.calledUri(), facts.transport(), facts.remoteAddress()));
        milestones.reach(Milestone.INITIATED, snapshot);
        limitTo(services.decisionLimit(), CallTrigger.RING_TIMEOUT,
                EndCause.of(EndCause.Kind.UNAVAILABLE, EndCause.Origin.TIMEOUT, "nobody decided about the call in time"));
        receiver.run();
    }

    /** Outbound: sends the INVITE. */
    void invite(SignallingLeg outbound, Duration ringTimeout) {
        leg = outbound;
        services.ledger().opened(snapshot);
        leg.invite(audio.leg().offer());
        journal.tell(head -> new VoiceEvent.CallInitiated(head, facts.calledUri(), facts.parentCallId()));
        milestones.reach(Milestone.INITIATED, snapshot);
        limitTo(ringTimeout, CallTrigger.RING_TIMEOUT,
                EndCause.of(EndCause.Kind.NO_ANSWER, EndCause.Origin.TIMEOUT, "no answer within " + ringTimeout.toSeconds() + " s"));
    }

    void openAudio(List<String> codecs) throws MediaException {
        audio.open(this, codecs);
    }

    /** The time limit counts no more; a call that ends for no reason that anybody gave was dropped. */
    EndCause settled() {
        if (limit != null) {
            limit.cancel();
        }
        if (cause == null) {
            cause = EndCause.of(EndCause.Kind.INTERRUPTED, EndCause.Origin.LOCAL, "the call was dropped");
        }
        return cause;
    }

    private void limitTo(Duration duration, CallTrigger trigger, EndCause why) {
        if (limit != null) {
            limit.cancel();
        }
        limit = services.timers().schedule(duration.toMillis(), TimeUnit.MILLISECONDS, mailbox, () -> fire(trigger, why, null));
    }

    /** Moves the machine; {@code reject} sends the final response of a REJECT. @return whether the trigger meant anything */
    boolean fire(CallTrigger trigger, EndCause why, Consumer<SignallingLeg> reject) {
        CallMachine.Transition transition = CallMachine.on(state, trigger);
        if (transition == null) {
            return false;
        }
        if (why != null && cause == null) {
            cause = why;
        }
        state = transition.next();
        boolean confirms = transition.action().confirmsTheEnd();
        if (!confirms) {
            act(transition.action(), reject);
        }
        refresh();
        if (state.isOver()) {
            ending.begin();
        }
        if (confirms) {
            ending.whenWritten(() -> act(transition.action(), reject));
        }
        return true;
    }

    private void act(CallAction action, Consumer<SignallingLeg> reject) {
        switch (action) {
            case NONE -> { }
            case SEND_REJECTION -> reject.accept(leg);
            case SEND_UNAVAILABLE -> leg.reject(480, "Temporarily Unavailable", SipHeaders.none());
            case SEND_CANCEL -> leg.cancel(cause == null || cause.reason().isEmpty() ? null : cause.reason());
            case SEND_BYE -> leg.bye(cause == null || cause.reason().isEmpty() ? null : cause.reason(), byeHeaders);
            case DROP_LEG -> leg.drop(cause == null || cause.reason().isEmpty() ? null : cause.reason(), byeHeaders);
            case CONFIRM_BYE -> leg.confirmBye();
            case CONFIRM_BYE_AND_REJECT -> {
                leg.confirmBye();
                leg.reject(487, "Request Terminated", SipHeaders.none());
            }
        }
    }

    void hangup(CallCommand.Hangup command, CompletableFuture<CommandResult> done) {
        milestonesThen(done);
        String reason = command.reason() == null ? "" : command.reason();
        byeHeaders = command.headers();
        EndCause.Kind kind = state.isAnswered() ? EndCause.Kind.NORMAL
                : facts.direction() == CallDirection.OUTBOUND ? EndCause.Kind.CANCELLED : EndCause.Kind.UNAVAILABLE;
        fire(command.hard() ? CallTrigger.DROP : CallTrigger.HANGUP, new EndCause(kind, EndCause.Origin.LOCAL, kind.defaultCode(), "hung up by us", reason), null);
    }

    private void milestonesThen(CompletableFuture<CommandResult> done) {
        CompletableFuture<CallSnapshot> over = new CompletableFuture<>();
        over.thenAccept(end -> done.complete(CommandResult.of(end)));
        milestones.await(Milestone.COMPLETED, over, snapshot);
    }

    /** Ends an answered call for a reason of ours. */
    void end(EndCause why) {
        if (!fire(CallTrigger.LIMIT, why, null)) {
            fire(CallTrigger.HANGUP, why, null);
        }
    }

    /** The call is answered: audio runs, the time limit counts. */
    void answered(Duration timeLimit) {
        MediaInfo info = audio.info();
        journal.answered(info == null ? "" : info.codec());
        refresh();
        limitTo(timeLimit, CallTrigger.LIMIT, EndCause.of(EndCause.Kind.TIME_LIMIT, EndCause.Origin.LOCAL,
                "the time limit of " + timeLimit.toSeconds() + " s is over"));
        bridging.answered();
        milestones.reach(Milestone.ANSWERED, snapshot);
    }

    void rang(int code, String phrase, boolean earlyMedia) {
        journal.ringing(code, phrase, earlyMedia);
        refresh();
        milestones.reach(Milestone.RINGING, snapshot);
        if (earlyMedia) {
            milestones.audible(snapshot);
        }
    }

    /** Something happened on the wire. */
    void onSignal(SignalEvent event) {
        SignalReactions.react(this, event);
        refresh();
        ending.tellIfQuiet();
    }

    void onMedia(MediaEvent event) {
        if (event instanceof MediaEvent.Silent silent) {
            journal.tell(head -> new VoiceEvent.MediaLost(head, silent.since()));
            if (services.hangupOnDeadMedia()) {
                end(EndCause.of(EndCause.Kind.MEDIA_LOST, EndCause.Origin.LOCAL, "no audio came for " + silent.since().toSeconds() + " s"));
            }
        } else if (event instanceof MediaEvent.Alive) {
            journal.tell(VoiceEvent.MediaRecovered::new);
        } else {
            audio.on(event);
        }
        refresh();
        ending.tellIfQuiet();
    }

    /** The snapshot, renewed. */
    CallSnapshot current() {
        refresh();
        return snapshot;
    }

    void refresh() {
        snapshot = new CallSnapshot(facts.callId(), facts.sipCallId(), facts.direction(), state, facts.from(), facts.to(), facts.calledUri(),
                facts.transport(), facts.remoteAddress(), facts.authenticatedUser(), responseHeaders, journal.createdAt(), journal.ringingAt(),
                journal.answeredAt(), journal.endedAt(), audio.info(), changes.held(), audio.muted(), audio.recording(),
                state.isOver() ? bridging.lastPeerId() : bridging.peerId(), facts.parentCallId(), facts.account(), cause);
    }

    void heard(SipHeaders headers) {
        responseHeaders = headers;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    CallState state() {
        return state;
    }

    CallFacts facts() {
        return facts;
    }

    CallServices services() {
        return services;
    }

    SignallingLeg leg() {
        return leg;
    }

    CallAudio audio() {
        return audio;
    }

    SessionChanges changes() {
        return changes;
    }

    Bridging bridging() {
        return bridging;
    }

    Transfers transfers() {
        return transfers;
    }

    Referral referral() {
        return referral;
    }

    /** Whether the last event is published. */
    boolean isTold() {
        return ending.isTold();
    }

    CallJournal journal() {
        return journal;
    }

    Milestones milestones() {
        return milestones;
    }
}
