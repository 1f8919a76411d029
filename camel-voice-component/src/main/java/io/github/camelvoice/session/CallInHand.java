package io.github.camelvoice.session;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.TransferResult;
import io.github.camelvoice.call.TransferSpec;
import io.github.camelvoice.call.TransferStatus;
import io.github.camelvoice.runtime.Timers;

/** The call of a session: what is asked of it, and what it tells. On the session's mailbox. */
final class CallInHand {

    private final Call call;
    private final CallDirection direction;
    private final String callee;
    private final SipHeaders headers;
    private final Executor mailbox;
    private final Owner owner;
    private final Prompts prompts;
    private final List<CompletableFuture<SessionStatus>> untilAnswered = new ArrayList<>(0);
    private SipHeaders transferHeaders = SipHeaders.none();
    private String transferTarget = "";
    private boolean transferred;
    private Timers.Timer autoAnswer;

    /** Told what happens to the call, on the session's mailbox. */
    interface Owner {

        /** @param order that it answers, null if none */
        void happened(SessionEvent event, CallInHand of, Order order, String words, Throwable failure);
    }

    /** @param headers that went out with it */
    CallInHand(Call call, String callee, SipHeaders headers, SessionServices services, SessionSettings settings, Executor mailbox, Owner owner) {
        this.call = call;
        this.direction = call.snapshot().direction();
        this.callee = callee;
        this.headers = headers;
        this.mailbox = mailbox;
        this.owner = owner;
        this.prompts = new Prompts(services, settings, mailbox, call, (order, words, failure) -> tell(SessionEvent.PLAYED, order, words, failure));
    }

    /** From now on its answer and its end are told. */
    void watch() {
        call.reached(Milestone.ANSWERED).thenAccept(answered -> mailbox.execute(() -> {
            if (answered.answeredAt() != null) {
                tell(SessionEvent.CONNECTED, null, "", null);
            }
        }));
        call.reached(Milestone.COMPLETED).thenAccept(end -> mailbox.execute(() -> tell(SessionEvent.ENDED, null, words(end), null)));
    }

    private void tell(SessionEvent event, Order order, String words, Throwable failure) {
        owner.happened(event, this, order, words, failure);
    }

    /** Why it ended: with its code where it never was a call. */
    private static String words(CallSnapshot end) {
        EndCause cause = end.cause();
        if (cause == null) {
            return "";
        }
        return end.answeredAt() == null && cause.sipCode() > 0 ? cause.sipCode() + " " + cause.phrase() : cause.phrase();
    }

    String id() {
        return call.id();
    }

    CallDirection direction() {
        return direction;
    }

    StatusJournal.About about() {
        return new StatusJournal.About(call.id(), callee, "", headers, "", null);
    }

    /** About the transfer that is under way, or was. */
    StatusJournal.About aboutTransfer() {
        return new StatusJournal.About(call.id(), callee, transferTarget, transferHeaders, "", null);
    }

    /** About its end: the target has it, where it was transferred. */
    StatusJournal.About aboutEnd() {
        return transferred ? aboutTransfer() : about();
    }

    void transferred() {
        transferred = true;
    }

    /** @param interval seconds until it is answered, 0 at once, negative never */
    void ring(int interval, Timers timers) {
        call.execute(new CallCommand.Ring(180, false, false, List.of(), SipHeaders.none()));
        if (interval == 0) {
            tell(SessionEvent.ANSWER_DUE, null, "", null);
        } else if (interval > 0) {
            autoAnswer = timers.schedule(interval, TimeUnit.SECONDS, mailbox, () -> tell(SessionEvent.ANSWER_DUE, null, "", null));
        }
    }

    /** How it went is told by its answer, or its end. */
    void answer() {
        stopTimer();
        call.execute(new CallCommand.Answer(List.of(), SipHeaders.none()));
    }

    void decline() {
        call.execute(new CallCommand.Reject(486, "Busy Here", SipHeaders.none()));
    }

    void turnAway() {
        call.execute(new CallCommand.Reject(480, "Temporarily Unavailable", SipHeaders.none()));
    }

    void hangUp() {
        call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
    }

    void hangUpHard() {
        call.execute(new CallCommand.Hangup(null, SipHeaders.none(), true));
    }

    /** Before it is told: whom it is for. */
    void transferTo(Order order) {
        transferTarget = order.target();
        transferHeaders = order.headers();
    }

    void transfer(Order order) {
        TransferSpec spec = TransferSpec.to(order.uri()).withHangup(true).withHeaders(order.headers()).withTargetHeaders(order.headers());
        call.execute(new CallCommand.Transfer(spec)).whenComplete((done, failure) -> mailbox.execute(() -> {
            if (failure != null) {
                tell(SessionEvent.TRANSFER_FAILED, null, failure.getMessage(), failure);
                return;
            }
            TransferResult result = done.transfer();
            tell(result.status().isSuccess() ? SessionEvent.TRANSFERRED : SessionEvent.TRANSFER_FAILED, null, words(result), null);
        }));
    }

    private static String words(TransferResult result) {
        int code = result.notifyCode() >= 300 ? result.notifyCode() : result.referCode();
        boolean coded = code >= 300 && result.status() != TransferStatus.CANCELED && result.status() != TransferStatus.UNKNOWN;
        return coded ? code + " " + result.phrase() : result.phrase();
    }

    void mute(Order order, boolean on) {
        call.execute(on ? new CallCommand.Mute() : new CallCommand.Unmute()).whenComplete((done, failure) -> mailbox.execute(() -> {
            if (failure == null) {
                tell(on ? SessionEvent.MUTED : SessionEvent.UNMUTED, order, "", null);
            } else {
                order.fail(SessionException.Kind.ABORTED, failure);
            }
        }));
    }

    void play(Order order) {
        prompts.add(order);
    }

    void awaitAnswer(Order order) {
        untilAnswered.add(order.done());
    }

    /** Those who wait for the answer hear how it came out. */
    void settled(SessionStatus status) {
        untilAnswered.forEach(done -> done.complete(status));
        untilAnswered.clear();
    }

    /** It is over: nothing of it stays. */
    void release() {
        stopTimer();
        prompts.close();
    }

    void stopTimer() {
        if (autoAnswer != null) {
            autoAnswer.cancel();
            autoAnswer = null;
        }
    }
}
