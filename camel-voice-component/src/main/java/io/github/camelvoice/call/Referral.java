package io.github.camelvoice.call;

import io.github.camelvoice.call.CallException.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.runtime.Timers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A transfer that the far end asks for by REFER, one at a time. Belongs to the call's mailbox. */
final class Referral {

    /** A REFER must be answered before its sender gives up (RFC 3261, timer F: 32 s). */
    private static final long DECISION_SECONDS = 20;

    private enum State {
        NONE, ASKED, ACCEPTED, REPORTED
    }

    private final LiveCall call;
    private State state = State.NONE;
    private String transferId;
    private Timers.Timer timer;
    private CompletableFuture<CommandResult> reported;
    private int reportedCode;

    Referral(LiveCall call) {
        this.call = call;
    }

    void received(SignalEvent.ReferReceived refer) {
        if (!call.state().isAnswered() || state == State.ASKED) {
            call.leg().answerRefer(call.state().isAnswered() ? 491 : 481, null);
            return;
        }
        state = State.ASKED;
        transferId = call.services().ids().next();
        String ours = refer.replaces() == null ? null : call.services().switchboard().holding(refer.replaces());
        IncomingTransfer wish = new IncomingTransfer(transferId, call.id(), call.bridging().peerId(), refer.target(), refer.replaces(), ours,
                refer.referredBy(), refer.uriHeaders(), refer.headers());
        String target = UriPasswords.hide(refer.target());
        call.journal().tell(head -> new VoiceEvent.TransferRequested(head, transferId, Origin.REMOTE, "refer", target, ours));
        timer = call.services().timers().schedule(DECISION_SECONDS, TimeUnit.SECONDS, call.mailbox(), () -> decide(603, null));
        int refusal = call.services().switchboard().referred(call, wish);
        if (refusal != 0) {
            decide(refusal, null);
        }
    }

    void answer(CallCommand.AnswerTransfer answer) throws CallException {
        if (state != State.ASKED) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "no transfer waits for an answer");
        }
        decide(answer.code(), answer.phrase());
    }

    private void decide(int code, String phrase) {
        if (state != State.ASKED) {
            return;
        }
        stopTimer();
        call.leg().answerRefer(code, phrase);
        String text = phrase == null ? "" : phrase;
        if (code < 300) {
            state = State.ACCEPTED;
            call.journal().tell(head -> new VoiceEvent.TransferProgress(head, transferId, code, 100, text));
        } else {
            state = State.NONE;
            call.journal().tell(head -> new VoiceEvent.TransferFailed(head, transferId, TransferStatus.FAILED, code, 0, text));
        }
        call.refresh();
    }

    void report(CallCommand.ReportTransfer report, CompletableFuture<CommandResult> done) throws CallException {
        if (state != State.ACCEPTED) {
            throw new CallException(Kind.WRONG_STATE, call.id(), "no accepted transfer is to be reported about");
        }
        int code = report.code();
        String phrase = report.phrase() == null ? "" : report.phrase();
        if (code >= 200) {
            state = State.REPORTED;
            reported = done;
            reportedCode = code;
        }
        if (!call.isTold()) {
            TransferStatus status = TransferStatus.ofResult(code);
            call.journal().tell(head -> code < 200 ? new VoiceEvent.TransferProgress(head, transferId, 202, code, phrase)
                    : status.isSuccess() ? new VoiceEvent.TransferCompleted(head, transferId, 202, code, phrase)
                    : new VoiceEvent.TransferFailed(head, transferId, status, 202, code, phrase));
        }
        call.leg().notifyRefer(code, report.phrase());
        if (code < 200) {
            done.complete(CommandResult.of(call.current()));
        } else if (call.state() == CallState.ENDED) {
            // The leg tells nothing any more.
            notified();
        }
    }

    /** The far end knows how it went. */
    void notified() {
        if (state == State.REPORTED) {
            state = State.NONE;
            TransferResult result = new TransferResult(transferId, "refer", TransferStatus.ofResult(reportedCode), 202, reportedCode, "");
            reported.complete(CommandResult.of(call.current(), result));
        }
    }

    /** The leg tells nothing any more; it may still say how an accepted transfer went. */
    void callOver() {
        stopTimer();
        if (state == State.ASKED) {
            state = State.NONE;
            if (!call.isTold()) {
                call.journal().tell(head -> new VoiceEvent.TransferFailed(head, transferId, TransferStatus.CANCELED, 487, 0,
                        "the call ended first"));
            }
        }
        notified();
    }

    private void stopTimer() {
        if (timer != null) {
            timer.cancel();
            timer = null;
        }
    }
}
