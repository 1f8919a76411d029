package io.github.camelvoice.session;

import static io.github.camelvoice.session.SessionRig.ALICE;
import static io.github.camelvoice.session.StatusType.HARD_HANGUP_INITIATED;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_CONNECTED;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_FAILED;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_FINISHED;
import static io.github.camelvoice.session.StatusType.INCOMING_CALL_INITIATED;
import static io.github.camelvoice.session.StatusType.NO_ONGOING_CALL;
import static io.github.camelvoice.session.StatusType.NO_SESSION;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_CONNECTED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_FAILED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_FINISHED;
import static io.github.camelvoice.session.StatusType.OUTGOING_CALL_INITIATED;
import static io.github.camelvoice.session.StatusType.READY;
import static io.github.camelvoice.session.StatusType.REGISTERED;
import static io.github.camelvoice.session.StatusType.SESSION_ENDED;
import static io.github.camelvoice.session.StatusType.SESSION_REGISTRATION_FAILED;
import static io.github.camelvoice.session.StatusType.SESSION_STARTED;
import static io.github.camelvoice.session.StatusType.SOFT_HANGUP_INITIATED;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.FakeLeg;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.registration.RegistrationInfo.State;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The life of a session: its statuses in their order. */
class SessionLifeTest {

    @Test
    void aWholeLife() {
        SessionRig rig = new SessionRig();
        assertThat(rig.now(rig.sessions.register(SessionRig.alice())).type()).isEqualTo(REGISTERED);
        assertThat(rig.status()).isEqualTo(REGISTERED);
        assertThat(rig.now(rig.sessions.start(ALICE, -1)).type()).isEqualTo(SESSION_STARTED);
        assertThat(rig.status()).isEqualTo(READY);
        SessionStatus begun = rig.now(rig.sessions.call(ALICE, "bob", SipHeaders.of("X-Case", "17")));
        assertThat(begun.type()).isEqualTo(OUTGOING_CALL_INITIATED);
        assertThat(begun.callee()).isEqualTo("bob");
        assertThat(begun.headers()).containsEntry("X-Case", "17");
        assertThat(begun.callId()).isNotEmpty().isEqualTo(rig.sessions.get(ALICE).orElseThrow().callId());
        FakeLeg leg = rig.bench.leg();
        assertThat(leg.spec.target()).isEqualTo("sip:bob@example.com");
        assertThat(leg.spec.from()).isEqualTo("sip:alice@example.com");
        assertThat(leg.spec.fromDisplay()).isEqualTo("Alice");
        assertThat(leg.spec.username()).isEqualTo("alice");
        SessionRig.answers(leg);
        assertThat(rig.status()).isEqualTo(OUTGOING_CALL_CONNECTED);
        assertThat(rig.now(rig.sessions.hangup(ALICE, false)).type()).isEqualTo(SOFT_HANGUP_INITIATED);
        assertThat(leg.sent).contains("BYE");
        leg.says(new SignalEvent.Closed());
        assertThat(rig.now(rig.sessions.end(ALICE)).type()).isEqualTo(SESSION_ENDED);
        assertThat(rig.types()).containsExactly(REGISTERED, SESSION_STARTED, READY, OUTGOING_CALL_INITIATED, OUTGOING_CALL_CONNECTED,
                SOFT_HANGUP_INITIATED, OUTGOING_CALL_FINISHED, READY, SESSION_ENDED);
        assertThat(rig.store.statuses).extracting(SessionStatus::sequence).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(rig.now(rig.sessions.unregister(ALICE)).type()).isEqualTo(NO_SESSION);
        assertThat(rig.sessions.get(ALICE)).isEmpty();
        assertThat(rig.store.kept).isEmpty();
        assertThat(rig.registrations.asked).containsExactly("register " + ALICE, "unregister " + ALICE);
        assertThat(rig.kind(rig.sessions.start(ALICE, 0))).isEqualTo("NOT_FOUND");
        assertThat(rig.bench.registry.count()).isZero();
        assertThat(rig.bench.timers.pending()).isZero();
    }

    @Test
    void whatIsOutOfOrder() {
        SessionRig rig = new SessionRig();
        rig.now(rig.sessions.register(SessionRig.alice()));
        assertThat(rig.now(rig.sessions.call(ALICE, "bob", SipHeaders.none())).type()).isEqualTo(NO_SESSION);
        for (CompletionStage<SessionStatus> verb : verbs(rig)) {
            assertThat(rig.now(verb).type()).isEqualTo(NO_SESSION);
            assertThat(rig.now(verb).sequence()).isZero();
        }
        rig.now(rig.sessions.start(ALICE, -1));
        assertThat(rig.kind(rig.sessions.start(ALICE, -1))).isEqualTo("FAILED_PRECONDITION");
        for (CompletionStage<SessionStatus> verb : verbs(rig)) {
            assertThat(rig.now(verb).type()).isEqualTo(NO_ONGOING_CALL);
        }
        rig.types();
        rig.calls();
        assertThat(rig.kind(rig.sessions.call(ALICE, "carol", SipHeaders.none()))).isEqualTo("FAILED_PRECONDITION");
        assertThat(rig.kind(rig.sessions.mute(ALICE))).isEqualTo("FAILED_PRECONDITION");
        assertThat(rig.types()).containsExactly(OUTGOING_CALL_INITIATED);
    }

    private static List<CompletionStage<SessionStatus>> verbs(SessionRig rig) {
        return List.of(rig.sessions.hangup(ALICE, false), rig.sessions.hangup(ALICE, true),
                rig.sessions.transfer(ALICE, "carol", SipHeaders.none()), rig.sessions.play(ALICE, List.of(SessionRig.file("a"))),
                rig.sessions.mute(ALICE), rig.sessions.unmute(ALICE), rig.sessions.answer(ALICE));
    }

    @Test
    void theFarEndRefuses() {
        SessionRig rig = SessionRig.ready(-1);
        FakeLeg leg = rig.calls();
        leg.says(new SignalEvent.Rejected(486, "Busy Here", SipHeaders.none(), List.of()));
        leg.says(new SignalEvent.Closed());
        assertThat(rig.told.get(1).description()).isEqualTo("486 Busy Here");
        assertThat(rig.types()).containsExactly(OUTGOING_CALL_INITIATED, OUTGOING_CALL_FAILED, READY);
    }

    @Test
    void anIncomingCallIsAnsweredInTime() {
        SessionRig rig = SessionRig.ready(3);
        FakeLeg leg = rig.comes();
        assertThat(leg.sent).containsExactly("180 Ringing");
        rig.bench.pass(2);
        assertThat(leg.sent).hasSize(1);
        rig.bench.pass(1);
        assertThat(leg.sent).hasSize(2);
        SessionRig.acknowledges(leg);
        assertThat(rig.last().callee()).isEqualTo("sip:alice@127.0.0.1");
        SessionRig.hangsUp(leg);
        assertThat(rig.types()).containsExactly(INCOMING_CALL_INITIATED, INCOMING_CALL_CONNECTED, INCOMING_CALL_FINISHED, READY);
        assertThat(rig.bench.timers.pending()).isZero();
    }

    @Test
    void atOnceAndNever() {
        SessionRig rig = SessionRig.ready(0);
        assertThat(rig.comes().sent).containsExactly("180 Ringing", "200 answer-to-offer");
        SessionRig never = SessionRig.ready(-1);
        FakeLeg leg = never.comes();
        never.bench.pass(170);
        assertThat(leg.sent).containsExactly("180 Ringing");
        CompletionStage<SessionStatus> answered = never.sessions.answer(ALICE);
        assertThat(never.now(answered).type()).isEqualTo(INCOMING_CALL_CONNECTED);
    }

    @Test
    void theCallerGivesUpBeforeTheAnswer() {
        SessionRig rig = SessionRig.ready(3);
        FakeLeg leg = rig.comes();
        leg.says(new SignalEvent.Cancelled(SipHeaders.none()));
        leg.says(new SignalEvent.Closed());
        rig.bench.pass(5);
        assertThat(leg.sent).containsExactly("180 Ringing");
        assertThat(rig.told.get(1).description()).isEqualTo("487 cancelled by the caller");
        assertThat(rig.types()).containsExactly(INCOMING_CALL_INITIATED, INCOMING_CALL_FAILED, READY);
    }

    @Test
    void aSecondCallIsDeclined() {
        SessionRig rig = SessionRig.ready(0);
        FakeLeg first = rig.comes();
        SessionRig.acknowledges(first);
        FakeLeg second = rig.comes();
        assertThat(second.sent).containsExactly("486 Busy Here");
        assertThat(rig.status()).isEqualTo(INCOMING_CALL_CONNECTED);
        second.says(new SignalEvent.Closed());
        SessionRig.hangsUp(first);
        assertThat(rig.types()).containsExactly(INCOMING_CALL_INITIATED, INCOMING_CALL_CONNECTED, INCOMING_CALL_FAILED, INCOMING_CALL_FINISHED, READY);
        assertThat(rig.bench.registry.count()).isZero();
    }

    @Test
    void withoutSessionACallGoesToConsumersOrGets480() {
        SessionRig rig = new SessionRig();
        rig.now(rig.sessions.register(SessionRig.alice()));
        rig.bench.called = rig.registrations.accounts.get(ALICE).token();
        rig.bench.registry.invited(rig.bench.incoming("offer"));
        assertThat(rig.bench.refused).isEqualTo("480 Temporarily Unavailable");
        List<io.github.camelvoice.call.Calls.IncomingCall> got = new java.util.ArrayList<>();
        rig.bench.registry.receive(0, new io.github.camelvoice.call.Calls.Receiver() {
            @Override
            public boolean wants(io.github.camelvoice.call.Calls.IncomingCall call) {
                return call.called().user().equals("alice");
            }

            @Override
            public boolean isBusy(io.github.camelvoice.call.Calls.IncomingCall call) {
                return false;
            }

            @Override
            public void received(io.github.camelvoice.call.Call call, io.github.camelvoice.call.Calls.IncomingCall incoming) {
                got.add(incoming);
                assertThat(call.snapshot().calledUri()).isEqualTo("sip:alice@example.com");
            }
        });
        rig.bench.registry.invited(rig.bench.incoming("offer"));
        assertThat(got).singleElement().extracting(io.github.camelvoice.call.Calls.IncomingCall::account).isEqualTo(ALICE);
    }

    @Test
    void theRegistrationIsLostAndComesBack() {
        SessionRig rig = SessionRig.ready(0);
        rig.registrations.says(ALICE, State.WAITING, 503, "Service Unavailable");
        rig.registrations.says(ALICE, State.WAITING, 503, "Service Unavailable");
        assertThat(rig.last().description()).isEqualTo("503 Service Unavailable");
        SessionStatus offline = rig.now(rig.sessions.call(ALICE, "bob", SipHeaders.none()));
        assertThat(offline.type()).isEqualTo(SESSION_REGISTRATION_FAILED);
        assertThat(offline.sequence()).isZero();
        rig.registrations.says(ALICE, State.REGISTERED, 0, "");
        rig.registrations.says(ALICE, State.REGISTERED, 0, "");
        assertThat(rig.types()).containsExactly(SESSION_REGISTRATION_FAILED, REGISTERED, READY);
        FakeLeg leg = rig.comes();
        SessionRig.acknowledges(leg);
        rig.registrations.says(ALICE, State.REFUSED, 403, "Forbidden");
        assertThat(rig.status()).isEqualTo(INCOMING_CALL_CONNECTED);
        SessionRig.hangsUp(leg);
        assertThat(rig.status()).isEqualTo(INCOMING_CALL_FINISHED);
        rig.registrations.says(ALICE, State.REGISTERED, 0, "");
        assertThat(rig.types()).containsExactly(INCOMING_CALL_INITIATED, INCOMING_CALL_CONNECTED, SESSION_REGISTRATION_FAILED, INCOMING_CALL_FINISHED,
                REGISTERED, READY);
    }

    @Test
    void theEndOfASessionHangsUpFirst() {
        SessionRig rig = SessionRig.ready(-1);
        FakeLeg leg = rig.calls();
        CompletionStage<SessionStatus> ended = rig.sessions.end(ALICE);
        assertThat(ended.toCompletableFuture()).isNotDone();
        assertThat(leg.sent).contains("CANCEL");
        assertThat(rig.kind(rig.sessions.call(ALICE, "carol", SipHeaders.none()))).isEqualTo("FAILED_PRECONDITION");
        leg.says(new SignalEvent.Rejected(487, "Request Terminated", SipHeaders.none(), List.of()));
        leg.says(new SignalEvent.Closed());
        assertThat(rig.now(ended).type()).isEqualTo(SESSION_ENDED);
        assertThat(rig.types()).containsExactly(OUTGOING_CALL_INITIATED, SOFT_HANGUP_INITIATED, OUTGOING_CALL_FINISHED, SESSION_ENDED);
        assertThat(rig.store.kept.get(ALICE).started()).isFalse();
    }

    @Test
    void registrationThatFails() {
        SessionRig rig = new SessionRig();
        rig.registrations.atOnce = false;
        CompletionStage<SessionStatus> result = rig.sessions.register(SessionRig.alice());
        CompletionStage<SessionStatus> start = rig.sessions.start(ALICE, 0);
        assertThat(result.toCompletableFuture()).isNotDone();
        rig.registrations.says(ALICE, State.REFUSED, 403, "Forbidden");
        assertThat(rig.now(result).type()).isEqualTo(SESSION_REGISTRATION_FAILED);
        assertThat(rig.now(result).description()).isEqualTo("403 Forbidden");
        assertThat(rig.now(start).type()).isEqualTo(SESSION_REGISTRATION_FAILED);
        assertThat(rig.types()).containsExactly(SESSION_REGISTRATION_FAILED, SESSION_REGISTRATION_FAILED);
        assertThat(rig.sessions.get(ALICE).orElseThrow().started()).isFalse();
        CompletionStage<SessionStatus> slow = rig.sessions.register(SessionRig.alice());
        rig.bench.pass(35);
        assertThat(rig.now(slow).description()).isEqualTo("no result within 35 s");
        rig.registrations.says(ALICE, State.REGISTERED, 0, "");
        assertThat(rig.types()).containsExactly(SESSION_REGISTRATION_FAILED, REGISTERED);
    }

@Test
    void hardAndSoftOnTheWayOut() {
        SessionRig rig = SessionRig.ready(-1);
        FakeLeg leg = rig.calls();
        rig.now(rig.sessions.hangup(ALICE, false));
        assertThat(rig.kind(rig.sessions.hangup(ALICE, false))).isEqualTo("FAILED_PRECONDITION");
        rig.now(rig.sessions.hangup(ALICE, true));
        assertThat(rig.types()).containsExactly(OUTGOING_CALL_INITIATED, SOFT_HANGUP_INITIATED, HARD_HANGUP_INITIATED, OUTGOING_CALL_FINISHED, READY);
        assertThat(rig.bench.registry.count()).isZero();
        assertThat(leg.sent).containsOnlyOnce("CANCEL").endsWith("drop");
    }
}
