package io.github.camelvoice.examples.voicebot;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.VoiceEngine;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A phone: the same engine, used without Camel and without the gateway. It hears and says G.711 µ-law. */
final class Caller implements AutoCloseable {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);
    private static final long PATIENCE_SECONDS = 20;

    private final VoiceEngine engine;

    private Caller(VoiceEngine engine) {
        this.engine = engine;
    }

    static Caller start(Path scratch) throws Exception {
        VoiceEngine engine = new VoiceEngine(EngineConfig.builder().nodeId("phone").identity("caller").sipPort(0).rtpPorts(30_000, 31_000)
                .recordingsDir(scratch).build());
        engine.start();
        return new Caller(engine);
    }

    /** Calls a number of the gateway; done when it answered. The ear hears both ways from then on. */
    Call dial(String number, int port, Ear ear) throws Exception {
        OutboundLeg leg = new OutboundLeg("sip:" + number + "@127.0.0.1:" + port, null, null, null, null, null, 0, SipHeaders.none());
        Call call = engine.calls().place(new PlaceCall(leg, List.of("PCMU"), Duration.ofSeconds(PATIENCE_SECONDS), TIME_LIMIT));
        CallSnapshot answered = call.reached(Milestone.ANSWERED).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (answered.cause() != null) {
            throw new IllegalStateException(number + " did not answer: " + answered.cause().sipCode() + " " + answered.cause().phrase());
        }
        call.execute(new CallCommand.StartTap("ear", "ear", "both", ear, null)).toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        return call;
    }

    /** Done when it was played. */
    CompletableFuture<?> say(Call call, byte[] wav) {
        return call.execute(new CallCommand.Play(new PlaySource("bursts", () -> new ByteArrayInputStream(wav), 1))).toCompletableFuture();
    }

    CompletableFuture<?> press(Call call, String key) {
        return call.execute(new CallCommand.SendDtmf(key, 100, 100, CallCommand.DtmfMethod.RFC4733)).toCompletableFuture();
    }

    void hangUp(Call call) {
        call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
    }

    @Override
    public void close() {
        engine.stop();
    }
}
