package io.github.camelvoice.gateway;

import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.PlaySource;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.VoiceEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A user agent of the tests: the engine without Camel. */
final class TestPhone implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private final VoiceEngine engine;
    private final EventBus.Subscription ends;

    TestPhone(Path scratch) throws Exception {
        engine = new VoiceEngine(EngineConfig.builder().nodeId("phone").sipPort(0).tlsVerify(false).rtpPorts(40_000, 40_999).recordingsDir(scratch).build());
        ends = engine.events().subscribe(1000, VoiceEvent.CallEnded.class::isInstance);
        engine.start();
    }

    int sipPort() {
        return engine.bindings().sipPort();
    }

    Call dial(String number, int port, String username, String password) throws Exception {
        return engine.calls().place(new PlaceCall(new OutboundLeg("sip:" + number + "@127.0.0.1:" + port, null, null, username, password, null,
                0, SipHeaders.none()), List.of(), PATIENCE, Duration.ofMinutes(1)));
    }

    Call dialTls(String number, int port) throws Exception {
        return engine.calls().place(new PlaceCall(new OutboundLeg("sip:" + number + "@127.0.0.1:" + port + ";transport=tls", null, null, null,
                null, null, 0, SipHeaders.none()), List.of(), PATIENCE, Duration.ofMinutes(1)));
    }

    Call dial(String number, int port) throws Exception {
        return dial(number, port, null, null);
    }

    CallSnapshot answered(Call call) throws Exception {
        return call.reached(Milestone.ANSWERED).toCompletableFuture().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    CompletableFuture<?> play(Call call, byte[] wav) {
        return call.execute(new CallCommand.Play(new PlaySource("test", () -> new java.io.ByteArrayInputStream(wav), 1)))
                .toCompletableFuture();
    }

    void hangUp(Call call) {
        call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
    }

    /** Hangs up, and comes back when the far end has confirmed that: our own end is told when the BYE leaves. */
    void hangUpConfirmed(Call call) throws InterruptedException {
        hangUp(call);
        ended(call);
        await().atMost(PATIENCE).until(() -> engine.calls().live().stream().noneMatch(each -> each.id().equals(call.id())));
    }

    VoiceEvent.CallEnded ended(Call call) throws InterruptedException {
        for (VoiceEvent event = next(); event != null; event = next()) {
            if (event instanceof VoiceEvent.CallEnded ended && event.head().callId().equals(call.id())) {
                return ended;
            }
        }
        throw new AssertionError("the call did not end");
    }

    private VoiceEvent next() throws InterruptedException {
        return ends.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    /** Answers every call that comes. */
    BlockingQueue<Call> answerAll() {
        return answerAll(false);
    }

    /** @param rings whether it rings before */
    BlockingQueue<Call> answerAll(boolean rings) {
        BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
        engine.calls().receive(0, new Calls.Receiver() {
            @Override
            public boolean wants(Calls.IncomingCall call) {
                return true;
            }

            @Override
            public boolean isBusy(Calls.IncomingCall call) {
                return false;
            }

            @Override
            public void received(Call call, Calls.IncomingCall incoming) {
                if (rings) {
                    call.execute(new CallCommand.Ring(180, false, false, List.of(), SipHeaders.none()));
                }
                call.execute(new CallCommand.Answer(List.of(), SipHeaders.none()));
                calls.add(call);
            }
        });
        return calls;
    }

    @Override
    public void close() {
        ends.close();
        engine.stop();
    }
}
