package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.call.spi.RecordTarget;
import io.github.camelvoice.dial.CallerSide;
import io.github.camelvoice.dial.DialListener;
import io.github.camelvoice.dial.DialPlan;
import io.github.camelvoice.dial.DialTarget;
import io.github.camelvoice.testkit.Tones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a called side says before it answers, on the wire between three engines. */
class EarlyMediaTest {

    private static final double CALLERS = 400;
    private static final double CALLEES = 1_000;

    @TempDir
    Path folder;

    private PlaySource tone(double frequency) {
        return new PlaySource("tone", () -> Files.newInputStream(Tones.write(folder.resolve(frequency + ".wav"), 8_000, frequency, 2)), 0);
    }

    private CallCommand record(String name) {
        return new CallCommand.Record(name, new RecordTarget(folder.resolve(name + ".wav"), RecordTarget.Layout.STEREO, Duration.ofMillis(1_500)));
    }

    /** What came from the far end. */
    private Tones.Audio heard(EngineRig rig, Call call, String name) {
        rig.event(call, VoiceEvent.RecordingEnded.class);
        return Tones.read(folder.resolve(name + ".wav")).channel(0);
    }

    @Test
    void theCallerHearsItAndTheCalledSideNobodyUntilItAnswers() {
        try (EngineRig caller = EngineRig.start(config -> config); EngineRig here = EngineRig.start(config -> config);
             EngineRig callee = EngineRig.start(config -> config)) {
            callee.on("desk", call -> {
                call.execute(new CallCommand.Ring(183, true, false, List.of(), SipHeaders.none()));
                call.execute(new CallCommand.Play(tone(CALLEES)));
                call.execute(record("called-early"));
            });
            here.on("100", call -> here.engine.dials().start(DialPlan.of(call, List.of(DialTarget.of(new PlaceCall(new OutboundLeg("sip:desk@127.0.0.1:"
                    + callee.port(), null, null, null, null, null, 0, SipHeaders.none()), List.of(), Duration.ofSeconds(30), Duration.ofMinutes(1)))))
                    .withSide(new CallerSide(true, List.of(), null, true, false, false)), DialListener.NONE));
            Call call = caller.place("sip:100@127.0.0.1:" + here.port());
            call.audible().toCompletableFuture().join();
            call.execute(new CallCommand.Play(tone(CALLERS)));
            call.execute(record("caller-early"));
            assertThat(heard(caller, call, "caller-early").presence(CALLEES)).isGreaterThan(0.7);
            Call desk = callee.inbound();
            assertThat(heard(callee, desk, "called-early").presence(CALLERS)).isZero();
            assertThat(call.snapshot().answeredAt()).isNull();
            EngineRig.run(desk, EngineRig.ANSWER);
            EngineRig.answered(call);
            desk.execute(record("called"));
            callee.event(desk, VoiceEvent.RecordingEnded.class, 2);
            assertThat(Tones.read(folder.resolve("called.wav")).channel(0).presence(CALLERS)).isGreaterThan(0.7);
            EngineRig.run(call, EngineRig.HANG_UP);
        }
    }
}
