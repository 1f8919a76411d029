package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static io.github.camelvoice.e2e.EngineRig.RING;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.testkit.Peers;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Calls of all outcomes through one engine, in both directions: answered, rejected, cancelled, timed out, and peers that vanish
 * before the ACK or in the middle of the call.
 */
final class MixedCalls {

    /** Of 100 calls. */
    private enum Kind {
        ANSWERED(30), HUNG_UP_BY_US(10), REJECTED(15), CANCELLED(15), NOBODY(5), NEVER_ACKED(3), VANISHED(3), OUT_ANSWERED(8), OUT_REFUSED(5),
        OUT_UNANSWERED(4), OUT_TO_SILENCE(2);

        private final int share;

        Kind(int share) {
            this.share = share;
        }
    }

    private static final int AT_ONCE = 20;

    private final Path folder;
    private final EngineRig rig;

    MixedCalls(Path folder, EngineRig rig) {
        this.folder = folder;
        this.rig = rig;
        rig.on("answer", ANSWER).on("goodbye", ANSWER, HANG_UP).on("ring", RING)
                .on("busy", new CallCommand.Reject(486, null, SipHeaders.none()));
    }

    /**
     * How calls that had a route, and placed ones, must have ended after {@code hundreds} times a hundred, where the watchdog of media
     * is quicker than the 32 s in which an ACK may come.
     */
    static Map<EndCause.Kind, Long> expected(int hundreds) {
        Map<EndCause.Kind, Long> map = new EnumMap<>(EndCause.Kind.class);
        map.put(EndCause.Kind.NORMAL, (long) hundreds * (Kind.ANSWERED.share + Kind.HUNG_UP_BY_US.share + Kind.OUT_ANSWERED.share));
        map.put(EndCause.Kind.BUSY, (long) hundreds * (Kind.REJECTED.share + Kind.OUT_REFUSED.share));
        map.put(EndCause.Kind.CANCELLED, (long) hundreds * Kind.CANCELLED.share);
        map.put(EndCause.Kind.NO_ANSWER, (long) hundreds * (Kind.OUT_UNANSWERED.share + Kind.OUT_TO_SILENCE.share));
        map.put(EndCause.Kind.MEDIA_LOST, (long) hundreds * (Kind.VANISHED.share + Kind.NEVER_ACKED.share));
        return map;
    }

    /**
     * Runs them all; returns when the peers are done, while calls of vanished ones still run out.
     *
     * @param rate inbound calls a second, in all
     */
    void run(int hundreds, int rate) throws InterruptedException {
        List<Sipp> callers = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            SippScenario scenario = caller(kind);
            if (scenario != null) {
                callers.add(Sipp.in(folder).quiet().limit(Duration.ofMinutes(10))
                        .calls(hundreds * kind.share, Math.max(1, rate * kind.share / 81)).call(user(kind), rig.port(), scenario));
            }
        }
        callOut(hundreds);
        callers.forEach(Sipp::mustSucceed);
    }

    private static String user(Kind kind) {
        return switch (kind) {
            case REJECTED -> "busy";
            case CANCELLED -> "ring";
            case HUNG_UP_BY_US -> "goodbye";
            case NOBODY -> "nobody";
            default -> "answer";
        };
    }

    private static SippScenario caller(Kind kind) {
        SippScenario invited = SippScenario.start().invite().maybe(100);
        return switch (kind) {
            case ANSWERED -> invited.expect(200).ack().pause(300).endCaller();
            case HUNG_UP_BY_US -> invited.expect(200).ack().takeRequest("BYE").respond("200 OK");
            case REJECTED -> invited.expect(486).ackFailure();
            case CANCELLED -> invited.expect(180).cancel().expect(200).expect(487).ackFailure();
            case NOBODY -> invited.expect(404).ackFailure();
            case NEVER_ACKED -> invited.expect(200);
            case VANISHED -> invited.expect(200).ack();
            default -> null;
        };
    }

    private void callOut(int hundreds) throws InterruptedException {
        SippScenario answers = SippScenario.start();
        answers.takeInvite().respond("180 Ringing").respondWith("200 OK", answers.sdp("sendrecv")).takeRequest("ACK").takeRequest("BYE").respond("200 OK");
        SippScenario refuses = SippScenario.start().takeInvite().respond("486 Busy Here").takeRequest("ACK");
        SippScenario rings = SippScenario.start().takeInvite().respond("180 Ringing").takeRequest("CANCEL").respond("200 OK")
                .respondToInvite("487 Request Terminated", "").takeRequest("ACK");
        Sipp answering = callee(answers, hundreds * Kind.OUT_ANSWERED.share);
        Sipp refusing = callee(refuses, hundreds * Kind.OUT_REFUSED.share);
        Sipp ringing = callee(rings, hundreds * Kind.OUT_UNANSWERED.share);
        int silent = Peers.freePort();
        Semaphore free = new Semaphore(AT_ONCE);
        for (int i = 0; i < hundreds; i++) {
            placeAll(free, Kind.OUT_ANSWERED, answering.port());
            placeAll(free, Kind.OUT_REFUSED, refusing.port());
            placeAll(free, Kind.OUT_UNANSWERED, ringing.port());
            for (int n = 0; n < Kind.OUT_TO_SILENCE.share; n++) {
                rig.place("sip:nobody@127.0.0.1:" + silent);
            }
        }
        answering.mustSucceed();
        refusing.mustSucceed();
        ringing.mustSucceed();
    }

    private Sipp callee(SippScenario scenario, int calls) {
        return Sipp.in(folder).quiet().limit(Duration.ofMinutes(10)).calls(calls, 1000).answer(scenario);
    }

    private void placeAll(Semaphore free, Kind kind, int port) throws InterruptedException {
        for (int n = 0; n < kind.share; n++) {
            if (!free.tryAcquire(60, TimeUnit.SECONDS)) {
                throw new AssertionError("placed calls do not end");
            }
            Call call = rig.place(new OutboundLeg("sip:bob@127.0.0.1:" + port, null, null, null, null, null, 0, SipHeaders.none()),
                    Duration.ofMillis(kind == Kind.OUT_UNANSWERED ? 300 : 20_000));
            call.reached(Milestone.COMPLETED).thenRun(free::release);
            if (kind == Kind.OUT_ANSWERED) {
                call.reached(Milestone.ANSWERED).thenRun(() -> call.execute(HANG_UP));
            }
        }
    }
}
