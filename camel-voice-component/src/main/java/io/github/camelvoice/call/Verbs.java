package io.github.camelvoice.call;

import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.spi.MediaException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What each command does to a call whose state allows it; on the call's mailbox. */
final class Verbs {

    private static final Map<Class<? extends CallCommand>, Verb<?>> VERBS = new IdentityHashMap<>();

    static {
        verb(CallCommand.Ring.class, Verbs::ring);
        verb(CallCommand.Answer.class, Verbs::answer);
        verb(CallCommand.Reject.class, Verbs::reject);
        verb(CallCommand.Redirect.class, Verbs::redirect);
        verb(CallCommand.Hangup.class, LiveCall::hangup);
        verb(CallCommand.Play.class, (call, play, done) -> call.audio().play(play.source(), done));
        verb(CallCommand.StopPlay.class, now((call, stop) -> call.audio().stopPlay()));
        verb(CallCommand.StartRecording.class, now((call, start) -> call.audio().record(null, start.target(), null)));
        verb(CallCommand.Record.class, (call, record, done) -> call.audio().record(record.id(), record.target(), done));
        verb(CallCommand.StopRecording.class, (call, stop, done) -> call.audio().stopRecording(done));
        verb(CallCommand.PauseRecording.class, now((call, pause) -> call.audio().pauseRecording(true)));
        verb(CallCommand.ResumeRecording.class, now((call, resume) -> call.audio().pauseRecording(false)));
        verb(CallCommand.Mute.class, now((call, mute) -> call.audio().mute(true)));
        verb(CallCommand.Unmute.class, now((call, unmute) -> call.audio().mute(false)));
        verb(CallCommand.Echo.class, now((call, echo) -> call.audio().echo(echo.on())));
        verb(CallCommand.SendDtmf.class, Verbs::sendDtmf);
        verb(CallCommand.Hold.class, (call, hold, done) -> call.changes().hold(true, done));
        verb(CallCommand.Resume.class, (call, resume, done) -> call.changes().hold(false, done));
        verb(CallCommand.Bridge.class, (call, bridge, done) -> call.bridging().bridge(bridge, done));
        verb(CallCommand.Unbridge.class, (call, unbridge, done) -> call.bridging().unbridge(done));
        verb(CallCommand.Rebridge.class, (call, bridge, done) -> call.bridging().rebridge(bridge.peerCallId(), done));
        verb(CallCommand.StayUp.class, now((call, stay) -> call.bridging().stayUp(stay.on())));
        verb(CallCommand.Transfer.class, (call, transfer, done) -> call.transfers().start(transfer, done));
        verb(CallCommand.AnswerTransfer.class, now((call, answer) -> call.referral().answer(answer)));
        verb(CallCommand.ReportTransfer.class, (call, report, done) -> call.referral().report(report, done));
        verb(CallCommand.TellTransfer.class, now((call, told) -> call.journal().tell(told.event())));
        verb(CallCommand.StartTap.class, now((call, start) -> call.audio().taps().start(start)));
        verb(CallCommand.ChangeTap.class, now((call, change) -> call.audio().taps().change(change)));
        verb(CallCommand.StopTap.class, now((call, stop) -> call.audio().taps().stop(stop)));
        verb(CallCommand.SendInfo.class, now((call, info) -> call.leg().info(info.contentType(), info.body())));
    }

    private Verbs() {
    }

    /** Carries a command out, and completes {@code done} at once or when it is through. */
    @FunctionalInterface
    interface Verb<C extends CallCommand> {
        void perform(LiveCall call, C command, CompletableFuture<CommandResult> done) throws CallException;
    }

    /** A command that is done when it returns. */
    @FunctionalInterface
    private interface Instant<C extends CallCommand> {
        void perform(LiveCall call, C command) throws CallException;
    }

    private static <C extends CallCommand> void verb(Class<C> type, Verb<C> verb) {
        VERBS.put(type, verb);
    }

    private static <C extends CallCommand> Verb<C> now(Instant<C> verb) {
        return (call, command, done) -> {
            verb.perform(call, command);
            done.complete(CommandResult.of(call.current()));
        };
    }

    static boolean knows(Class<?> command) {
        return VERBS.containsKey(command);
    }

    @SuppressWarnings("unchecked")
    static void perform(LiveCall call, CallCommand command, CompletableFuture<CommandResult> done) throws CallException {
        ((Verb<CallCommand>) VERBS.get(command.getClass())).perform(call, command, done);
    }

    private static void ring(LiveCall call, CallCommand.Ring ring, CompletableFuture<CommandResult> done) throws CallException {
        String sdp = ring.earlyMedia() ? answerSdp(call, ring.codecs()) : null;
        call.leg().provisional(ring.code(), phrase(ring.code()), sdp, ring.reliable(), ring.headers());
        call.fire(CallTrigger.RING, null, null);
        call.rang(ring.code(), phrase(ring.code()), ring.earlyMedia());
        done.complete(CommandResult.of(call.current()));
    }

    private static String phrase(int code) {
        return switch (code) {
            case 181 -> "Call Is Being Forwarded";
            case 182 -> "Queued";
            case 183 -> "Session Progress";
            default -> "Ringing";
        };
    }

    private static void answer(LiveCall call, CallCommand.Answer answer, CompletableFuture<CommandResult> done) throws CallException {
        String sdp = answerSdp(call, answer.codecs());
        call.leg().accept(sdp, answer.headers());
        call.fire(CallTrigger.ANSWER, null, null);
        call.answered(call.facts().timeLimit());
        done.complete(CommandResult.of(call.current()));
    }

    /** Our answer to the INVITE's offer, the same at every call; our offer where the INVITE had none. */
    private static String answerSdp(LiveCall call, List<String> codecs) throws CallException {
        String earlier = call.audio().initialSdp();
        if (earlier != null) {
            return earlier;
        }
        String offer = call.facts().offer();
        try {
            call.openAudio(codecs);
            String sdp = offer == null ? call.audio().leg().offer() : call.audio().leg().answer(offer);
            call.audio().initialSdp(sdp);
            return sdp;
        } catch (MediaException failure) {
            int code = failure.kind().sipCode();
            EndCause why = EndCause.ofStatus(code, failure.getMessage(), Origin.LOCAL, "");
            call.fire(CallTrigger.REJECT, why, leg -> leg.reject(code, phraseOf(failure.kind()), SipHeaders.none()));
            throw call.audio().mediaFailure(failure);
        }
    }

    private static String phraseOf(MediaException.Kind kind) {
        return switch (kind.sipCode()) {
            case 400 -> "Bad Request";
            case 488 -> "Not Acceptable Here";
            case 503 -> "Service Unavailable";
            default -> "Server Internal Error";
        };
    }

    private static void reject(LiveCall call, CallCommand.Reject reject, CompletableFuture<CommandResult> done) {
        EndCause why = EndCause.ofStatus(reject.code(), reject.phrase(), Origin.LOCAL, reject.headers().first("Reason").orElse(""));
        call.fire(CallTrigger.REJECT, why, leg -> leg.reject(reject.code(), reject.phrase(), reject.headers()));
        done.complete(CommandResult.of(call.current()));
    }

    private static void redirect(LiveCall call, CallCommand.Redirect redirect, CompletableFuture<CommandResult> done) {
        EndCause why = EndCause.ofStatus(302, "redirected", Origin.LOCAL, "");
        call.fire(CallTrigger.REJECT, why, leg -> leg.redirect(redirect.contacts(), redirect.headers()));
        done.complete(CommandResult.of(call.current()));
    }

    private static void sendDtmf(LiveCall call, CallCommand.SendDtmf command, CompletableFuture<CommandResult> done) throws CallException {
        if (command.method() == CallCommand.DtmfMethod.INFO) {
            InfoDtmf.send(call.leg(), command, 0, call.services().timers(), call.mailbox(),
                    () -> done.complete(CommandResult.of(call.current())));
        } else {
            call.audio().sendDtmf(command, done);
        }
    }
}
