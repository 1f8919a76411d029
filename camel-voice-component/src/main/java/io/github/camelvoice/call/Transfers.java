package io.github.camelvoice.call;

import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.TransferMachine.State;
import io.github.camelvoice.call.TransferMachine.Trigger;
import io.github.camelvoice.call.spi.DialogInfo;
import io.github.camelvoice.call.spi.ReferRequest;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.runtime.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Transfers of a call by REFER, one at a time: the actions of {@link TransferMachine}. Belongs to the call's mailbox. */
final class Transfers {

    private static final Logger LOG = LoggerFactory.getLogger(Transfers.class);
    private static final String MODE = "refer";

    private final LiveCall call;
    private State state = State.IDLE;
    private TransferSpec spec;
    private TransferListener listener;
    private ReferRequest request;
    private LiveCall replaced;
    private String transferId;
    private CompletableFuture<CommandResult> done;
    private boolean heldByUs;
    private int referCode;
    private int notifyCode;
    private String phrase;
    private TransferResult result;
    private Timers.Timer timer;

    Transfers(LiveCall call) {
        this.call = call;
    }

    /** Whether nothing is left to be told about a transfer. */
    boolean quiet() {
        return state == State.IDLE;
    }

    void start(CallCommand.Transfer command, CompletableFuture<CommandResult> whenDone) throws CallException {
        TransferSpec wanted = command.spec();
        if (state != State.IDLE) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "another transfer of the call is under way");
        }
        if (call.leg().dialog() == null) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "the call has no dialog");
        }
        LiveCall other = wanted.replacesCallId() == null ? null : replaced(wanted.replacesCallId());
        DialogInfo theirs = other == null ? null : other.leg().dialog();
        if (wanted.target() != null) {
            call.services().guard().check(call.facts().account(), call.id(), wanted.target());
        }
        request = new ReferRequest(wanted.target() == null ? theirs.remoteTarget() : wanted.target(),
                theirs == null ? wanted.dialog() : theirs.forTheFarEnd(), wanted.referredBy(), wanted.username(), wanted.password(), wanted.headers(),
                wanted.targetHeaders());
        spec = wanted;
        listener = command.listener();
        replaced = other;
        done = whenDone;
        transferId = call.services().ids().next();
        heldByUs = false;
        referCode = 0;
        notifyCode = 0;
        phrase = "";
        result = null;
        boolean hold = wanted.hold() && !call.changes().held();
        fire(hold ? Trigger.START_WITH_HOLD : Trigger.START);
    }

    private LiveCall replaced(String callId) throws CallException {
        LiveCall other = call.services().find(callId);
        if (other == call) {
            throw new CallException(Kind.BAD_REQUEST, call.id(), "a call cannot replace itself");
        }
        if (other.snapshot().answeredAt() == null || other.snapshot().cause() != null || other.leg().dialog() == null) {
            throw new CallException(Kind.WRONG_STATE, callId, "the call to be replaced is not answered, or over");
        }
        return other;
    }

    private void fire(Trigger trigger) {
        TransferMachine.Transition transition = TransferMachine.on(state, trigger);
        if (transition == null) {
            return;
        }
        state = transition.next();
        switch (transition.action()) {
            case HOLD -> hold(true, Trigger.HELD);
            case SEND -> send();
            case TELL_PROGRESS -> {
                call.journal().tell(head -> new VoiceEvent.TransferProgress(head, transferId, referCode, notifyCode, phrase));
                listener.progress(notifyCode, phrase);
            }
            case ACCEPT -> accepted();
            case SUCCEED -> succeed();
            case FAIL -> fail(notifyCode >= 300 ? TransferStatus.ofResult(notifyCode) : TransferStatus.FAILED);
            case GIVE_UP -> fail(TransferStatus.UNKNOWN);
            case CANCEL -> conclude(TransferStatus.CANCELED);
            case CONCLUDE -> conclude(result.status());
        }
        call.refresh();
    }

    private void hold(boolean on, Trigger then) {
        CompletableFuture<CommandResult> changed = new CompletableFuture<>();
        changed.whenComplete((ok, refused) -> {
            heldByUs = on && refused == null;
            if (refused != null) {
                LOG.info("[{}] transfer: {} did not work: {}", call.id(), on ? "hold" : "resume", refused.getMessage());
            }
            if (call.state().isAnswered()) {
                fire(then);
            }
        });
        try {
            call.changes().hold(on, changed);
        } catch (CallException busy) {
            changed.completeExceptionally(busy);
        }
    }

    private void send() {
        try {
            call.leg().refer(request);
        } catch (IllegalArgumentException | IllegalStateException wrong) {
            state = State.IDLE;
            stopExpecting();
            CallException.Kind kind = wrong instanceof IllegalArgumentException ? Kind.BAD_REQUEST : Kind.WRONG_STATE;
            restoreHold();
            done.completeExceptionally(new CallException(kind, call.id(), wrong.getMessage(), wrong));
            return;
        }
        if (replaced != null) {
            // The target ends that call when it has the other one: that is no reason to end this one.
            call.bridging().stayUp(true);
        }
        String target = UriPasswords.hide(request.target());
        String other = replaced == null ? null : replaced.id();
        call.journal().tell(head -> new VoiceEvent.TransferRequested(head, transferId, Origin.LOCAL, MODE, target, other));
    }

    private void restoreHold() {
        if (heldByUs) {
            hold(false, Trigger.RESUMED);
        }
    }

    void answered(SignalEvent.ReferAnswered answer) {
        if (state != State.ASKING) {
            return;
        }
        referCode = answer.code();
        phrase = answer.phrase();
        fire(answer.code() >= 300 ? Trigger.REFUSED : answer.told() ? Trigger.ACCEPTED : Trigger.ACCEPTED_ALONE);
    }

    void told(SignalEvent.ReferProgress progress) {
        if (state != State.ASKING && state != State.WAITING) {
            return;
        }
        if (referCode == 0) {
            // Who tells how it goes has accepted; the answer was overtaken.
            referCode = 202;
        }
        if (progress.code() == 0) {
            phrase = "ended without a result";
            fire(Trigger.NO_RESULT);
            return;
        }
        notifyCode = progress.code();
        phrase = progress.phrase();
        fire(progress.code() < 200 ? Trigger.PROGRESS : progress.code() < 300 ? Trigger.SUCCESS : Trigger.FAILURE);
    }

    private void accepted() {
        call.journal().tell(head -> new VoiceEvent.TransferProgress(head, transferId, referCode, notifyCode, phrase));
        timer = call.services().timers().schedule(spec.notifyTimeout().toMillis(), TimeUnit.MILLISECONDS, call.mailbox(), () -> {
            phrase = "no result within " + spec.notifyTimeout().toMillis() + " ms";
            fire(Trigger.TIMEOUT);
        });
        listener.accepted(referCode);
        if (!spec.untilCompleted()) {
            complete(result(TransferStatus.ACCEPTED));
        }
    }

    private void succeed() {
        conclude(notifyCode >= 200 ? TransferStatus.COMPLETED : TransferStatus.ACCEPTED);
        if (spec.hangup()) {
            EndCause why = EndCause.of(EndCause.Kind.NORMAL, Origin.LOCAL, "transferred");
            if (replaced != null) {
                LiveCall other = replaced;
                other.mailbox().execute(() -> other.end(why));
            }
            if (call.state().isAnswered()) {
                call.end(why);
            }
        }
    }

    /** The call goes on as it was. */
    private void fail(TransferStatus status) {
        result = result(status);
        if (heldByUs && call.state().isAnswered()) {
            state = State.RESUMING;
            stopTimer();
            hold(false, Trigger.RESUMED);
        } else {
            conclude(status);
        }
    }

    private void conclude(TransferStatus status) {
        stopTimer();
        if (status == TransferStatus.CANCELED) {
            phrase = "the call ended first";
        }
        TransferResult end = result(status);
        call.journal().tell(head -> status.isSuccess()
                ? new VoiceEvent.TransferCompleted(head, transferId, referCode, notifyCode, phrase)
                : new VoiceEvent.TransferFailed(head, transferId, status, referCode, notifyCode, phrase));
        complete(end);
        stopExpecting();
    }

    private void stopExpecting() {
        if (replaced != null) {
            call.bridging().stayUp(false);
        }
    }

    private TransferResult result(TransferStatus status) {
        return new TransferResult(transferId, MODE, status, referCode, notifyCode, phrase);
    }

    private void complete(TransferResult end) {
        done.complete(CommandResult.of(call.current(), end));
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }

    /** Nobody tells anything any more. */
    void callOver() {
        fire(Trigger.CALL_OVER);
    }
}
