package io.github.camelvoice.session;

import static io.github.camelvoice.session.SessionRig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.FakeLeg;
import io.github.camelvoice.call.FakeMedia;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.registration.RegistrationInfo.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Anything at any time: commands, registrations, calls, in an order that the seed says. What is told makes sense all the same. */
class SessionHistoriesTest {

    private static final int HISTORIES = 150;
    private static final int STEPS = 60;

    private final List<CompletionStage<SessionStatus>> asked = new ArrayList<>();
    private SessionRig rig;
    private Random chance;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void anything(long seed) {
        for (int i = 0; i < HISTORIES; i++) {
            long own = seed * 1_000_003 + i;
            try {
                history(own);
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError("seed " + own + ": " + rig.told.stream().map(status -> status.type() + " " + status.callId()).toList(), failure);
            }
        }
    }

    private void history(long seed) {
        chance = new Random(seed);
        rig = new SessionRig();
        rig.bench.media.ports = 1000;
        asked.clear();
        asked.add(rig.sessions.register(SessionRig.alice()));
        asked.add(rig.sessions.start(ALICE, chance.nextInt(4) - 1));
        for (int step = 0; step < STEPS; step++) {
            act(chance.nextInt(24));
            mustMakeSense(false);
        }
        // All ends by itself.
        rig.bench.legs.forEach(leg -> leg.says(new SignalEvent.Closed()));
        rig.registrations.says(ALICE, State.REGISTERED, 0, "");
        asked.add(rig.sessions.unregister(ALICE));
        rig.bench.legs.forEach(leg -> leg.says(new SignalEvent.Closed()));
        rig.bench.pass(60);
        mustMakeSense(true);
        assertThat(asked).allSatisfy(stage -> assertThat(stage.toCompletableFuture()).isDone());
        assertThat(rig.bench.registry.count()).isZero();
        assertThat(rig.bench.timers.pending()).isZero();
        assertThat(rig.sessions.list(null)).isEmpty();
    }

    private void act(int what) {
        switch (what) {
            case 0 -> asked.add(rig.sessions.start(ALICE, chance.nextInt(4) - 1));
            case 1 -> asked.add(rig.sessions.end(ALICE));
            case 2, 3 -> asked.add(rig.sessions.call(ALICE, "bob", SipHeaders.none()));
            case 4 -> asked.add(rig.sessions.answer(ALICE));
            case 5 -> asked.add(rig.sessions.hangup(ALICE, false));
            case 6 -> asked.add(rig.sessions.hangup(ALICE, true));
            case 7 -> asked.add(rig.sessions.transfer(ALICE, "carol", SipHeaders.none()));
            case 8, 9 -> asked.add(rig.sessions.play(ALICE, List.of(SessionRig.file("a"), SessionRig.file(chance.nextBoolean() ? "broken" : "b"))));
            case 10 -> asked.add(rig.sessions.mute(ALICE));
            case 11 -> asked.add(rig.sessions.unmute(ALICE));
            case 12 -> rig.registrations.says(ALICE, chance.nextBoolean() ? State.WAITING : State.REFUSED, 503, "Service Unavailable");
            case 13 -> rig.registrations.says(ALICE, State.REGISTERED, 0, "");
            case 14, 15 -> {
                if (rig.registrations.accounts.containsKey(ALICE)) {
                    rig.bench.called = rig.registrations.accounts.get(ALICE).token();
                    rig.bench.registry.invited(rig.bench.incoming("offer"));
                }
            }
            case 16 -> rig.bench.pass(chance.nextInt(5));
            case 17 -> {
                if (!rig.bench.media.legs.isEmpty()) {
                    FakeMedia.FakeMediaLeg media = rig.bench.media.last();
                    if (media.playing != null) {
                        media.played();
                    }
                }
            }
            case 18 -> {
                if (chance.nextInt(10) == 0) {
                    asked.add(rig.sessions.unregister(ALICE));
                    asked.add(rig.sessions.register(SessionRig.alice()));
                    asked.add(rig.sessions.start(ALICE, 0));
                }
            }
            default -> signal();
        }
    }

    /** The far end of one of the last calls says something. */
    private void signal() {
        List<FakeLeg> legs = rig.bench.legs;
        if (legs.isEmpty()) {
            return;
        }
        FakeLeg leg = legs.get(legs.size() - 1 - chance.nextInt(Math.min(2, legs.size())));
        boolean ours = leg.spec != null;
        switch (chance.nextInt(8)) {
            case 0 -> leg.says(new SignalEvent.Closed());
            case 1 -> leg.says(new SignalEvent.ByeReceived(SipHeaders.none()));
            case 2 -> leg.says(new SignalEvent.ReferAnswered(chance.nextBoolean() ? 202 : 603, "x", true));
            case 3 -> leg.says(new SignalEvent.ReferProgress(chance.nextBoolean() ? 200 : 486, "x"));
            case 4, 5 -> leg.says(ours ? new SignalEvent.Accepted(SipHeaders.none(), "answer") : new SignalEvent.Acked(null));
            case 6 -> leg.says(ours ? new SignalEvent.Rejected(486, "Busy Here", SipHeaders.none(), List.of()) : new SignalEvent.Cancelled(SipHeaders.none()));
            default -> {
                if (ours) {
                    leg.says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
                }
            }
        }
    }

    private void mustMakeSense(boolean over) {
        long sequence = 0;
        String open = "";
        boolean up = false;
        boolean started = false;
        Set<String> past = new HashSet<>();
        for (SessionStatus status : rig.told) {
            assertThat(status.sequence()).isEqualTo(++sequence);
            String call = status.callId();
            switch (status.type()) {
                case SESSION_STARTED -> {
                    assertThat(started).isFalse();
                    started = true;
                }
                case SESSION_ENDED -> {
                    assertThat(started).isTrue();
                    assertThat(open).isEmpty();
                    started = false;
                }
                case READY -> {
                    assertThat(started).isTrue();
                    assertThat(open).isEmpty();
                }
                case INCOMING_CALL_INITIATED, OUTGOING_CALL_INITIATED -> {
                    assertThat(started).isTrue();
                    assertThat(open).isEmpty();
                    assertThat(past.add(call)).isTrue();
                    open = call;
                    up = false;
                }
                case INCOMING_CALL_CONNECTED, OUTGOING_CALL_CONNECTED -> {
                    assertThat(call).isEqualTo(open);
                    assertThat(up).isFalse();
                    up = true;
                }
                case INCOMING_CALL_FINISHED, OUTGOING_CALL_FINISHED -> {
                    assertThat(call).isEqualTo(open).isNotEmpty();
                    open = "";
                }
                case INCOMING_CALL_FAILED, OUTGOING_CALL_FAILED -> {
                    if (call.equals(open)) {
                        assertThat(up).isFalse();
                        open = "";
                    } else {
                        assertThat(open).isNotEmpty();
                        assertThat(past.add(call)).isTrue();
                    }
                }
                case TRANSFER_CALL_INITIATED, TRANSFER_CALL_FAILED, MICROPHONE_MUTED, MICROPHONE_UNMUTED, MICROPHONE_WAV_FILES_PLAYED -> {
                    assertThat(call).isEqualTo(open).isNotEmpty();
                    assertThat(up).isTrue();
                }
                case SOFT_HANGUP_INITIATED, HARD_HANGUP_INITIATED -> assertThat(call).isEqualTo(open).isNotEmpty();
                case REGISTERED, SESSION_REGISTRATION_FAILED -> { }
                default -> throw new AssertionError("no status of a history: " + status.type());
            }
        }
        assertThat(rig.store.statuses).isEqualTo(rig.told);
        if (over) {
            assertThat(open).isEmpty();
            assertThat(started).isFalse();
        }
    }

    @Test
    void theChecksBite() {
        rig = SessionRig.ready(-1);
        rig.now(rig.sessions.end(ALICE));
        rig.told.clear();
        rig.store.statuses.clear();
        rig.now(rig.sessions.start(ALICE, -1));
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> mustMakeSense(true)).isInstanceOf(AssertionError.class);
    }
}
