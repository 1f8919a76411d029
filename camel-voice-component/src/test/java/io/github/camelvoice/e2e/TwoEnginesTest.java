package io.github.camelvoice.e2e;

import static io.github.camelvoice.e2e.EngineRig.ANSWER;
import static io.github.camelvoice.e2e.EngineRig.HANG_UP;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.testkit.Tones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engines among themselves; no external program is needed. */
class TwoEnginesTest {

    private static final double FROM_LEFT = 600;
    private static final double FROM_RIGHT = 1500;

    @TempDir
    static Path folder;

    private static CallCommand play(Path file) {
        return new CallCommand.Play(new PlaySource("tone", () -> Files.newInputStream(file), 0));
    }

    private static CallCommand record(Path file) {
        return new CallCommand.StartRecording(new RecordTarget(file, RecordTarget.Layout.STEREO, Duration.ofSeconds(2)));
    }

    /** A caller, a bridge in the middle and a callee: what one plays the other records, and RTP is counted on all four legs. */
    @ParameterizedTest
    @CsvSource({"PCMU,PCMU", "PCMU,PCMA", "G722,PCMU"})
    void aBridgeCarriesBothVoices(String left, String right) {
        Path tone = Tones.write(folder.resolve("left.wav"), 8_000, FROM_LEFT, 10);
        Path answerTone = Tones.write(folder.resolve("right.wav"), 8_000, FROM_RIGHT, 10);
        Path heardLeft = folder.resolve("heard-left-" + left + right + ".wav");
        Path heardRight = folder.resolve("heard-right-" + left + right + ".wav");
        try (EngineRig ends = EngineRig.start(config -> config); EngineRig middle = EngineRig.start(config -> config)) {
            ends.on("listener", call -> call.execute(new CallCommand.Answer(List.of(right), SipHeaders.none()))
                    .thenCompose(done -> call.execute(record(heardRight))).thenCompose(done -> call.execute(play(answerTone))));
            middle.on("bridge", call -> call.execute(new CallCommand.Answer(List.of(left), SipHeaders.none()))
                    .thenRun(() -> connect(middle, call, "sip:listener@127.0.0.1:" + ends.port())));
            Call caller = ends.place("sip:bridge@127.0.0.1:" + middle.port());
            EngineRig.answered(caller);
            caller.execute(play(tone));
            VoiceEvent.Bridged bridged = middle.event(middle.inbound(), VoiceEvent.Bridged.class);
            EngineRig.run(caller, record(heardLeft));
            ends.event(caller, VoiceEvent.RecordingEnded.class);
            ends.event(ends.inbound(), VoiceEvent.RecordingEnded.class);
            EngineRig.run(caller, HANG_UP);
            VoiceEvent.CallEnded first = middle.event(middle.inbound(), VoiceEvent.CallEnded.class);
            assertThat(EngineRig.end(ends.inbound()).endedBy()).as("the bridge hangs the other one up").isEqualTo(EndCause.Origin.REMOTE);
            assertThat(bridged.peerCallId()).isNotEmpty();
            assertThat(Tones.read(heardRight).channel(0).presence(FROM_LEFT)).isGreaterThan(0.5);
            assertThat(Tones.read(heardLeft).channel(0).presence(FROM_RIGHT)).isGreaterThan(0.5);
            assertThat(first.received().packets()).isGreaterThan(90);
            assertThat(first.received().lost()).isZero();
            assertThat(first.sent().packets()).isGreaterThan(70);
            assertThat(first.received().mos()).isGreaterThan(4.0);
            ends.awaitNoCalls();
            middle.awaitNoCalls();
        }
    }

    private static void connect(EngineRig middle, Call call, String target) {
        Call onward = middle.place(target);
        onward.reached(Milestone.ANSWERED).thenRun(() -> call.execute(new CallCommand.Bridge(onward.id())));
    }

    @ParameterizedTest
    @CsvSource({"right,true", "wrong,false"})
    void callersProveWhoTheyAre(String password, boolean welcome) {
        try (EngineRig guarded = EngineRig.start(config -> config.requireAuth(true).digestUsers(Map.of("alice", "right")));
                EngineRig other = EngineRig.start(config -> config)) {
            guarded.on("door", ANSWER);
            Call call = other.place(new OutboundLeg("sip:door@127.0.0.1:" + guarded.port(), null, null, "alice", password, null, 0,
                    SipHeaders.none()), Duration.ofSeconds(10));
            if (welcome) {
                EngineRig.answered(call);
                assertThat(guarded.inbound().snapshot().authenticatedUser()).isEqualTo("alice");
                EngineRig.run(call, HANG_UP);
            } else {
                assertThat(EngineRig.end(call).kind()).isEqualTo(EndCause.Kind.UNAUTHORIZED);
                assertThat(guarded.eventCount()).isZero();
            }
            guarded.awaitNoCalls();
            other.awaitNoCalls();
        }
    }

    @Test
    void drainingLetsCallsEndAndTakesNoNewOnes() {
        try (EngineRig draining = EngineRig.start(config -> config); EngineRig other = EngineRig.start(config -> config)) {
            draining.on("stay", ANSWER);
            Call call = other.place("sip:stay@127.0.0.1:" + draining.port());
            EngineRig.answered(call);
            var drained = draining.engine.drain(Duration.ofSeconds(20)).toCompletableFuture();
            assertThat(EngineRig.end(other.place("sip:stay@127.0.0.1:" + draining.port())).sipCode()).isEqualTo(503);
            assertThat(drained).isNotDone();
            EngineRig.run(call, HANG_UP);
            assertThat(drained).succeedsWithin(EngineRig.PATIENCE);
            draining.awaitNoCalls();
            other.awaitNoCalls();
        }
    }
}
