package io.github.camelvoice.examples.quickstart;

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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The other end of the calls: the same engine, used without Camel and without the gateway. */
final class Phone implements AutoCloseable {

    private static final int EVENTS = 1000;
    private static final Duration TIME_LIMIT = Duration.ofMinutes(1);

    private final VoiceEngine engine;
    private final EventBus.Subscription ends;

    private Phone(VoiceEngine engine) {
        this.engine = engine;
        this.ends = engine.events().subscribe(EVENTS, VoiceEvent.CallEnded.class::isInstance);
    }

    static Phone start(Path scratch) throws Exception {
        VoiceEngine engine = new VoiceEngine(EngineConfig.builder().nodeId("phone").identity("phone").sipPort(0).rtpPorts(30_000, 31_000)
                .recordingsDir(scratch).build());
        engine.start();
        return new Phone(engine);
    }

    int sipPort() {
        return engine.bindings().sipPort();
    }

    /** What the phone does once the other side answered. */
    @FunctionalInterface
    interface Talk {
        Object with(Call call) throws Exception;
    }

    /** Calls a number of the gateway, talks, and waits for the end. */
    VoiceEvent.CallEnded call(String number, int port, Talk talk, Duration patience) throws Exception {
        OutboundLeg leg = new OutboundLeg("sip:" + number + "@127.0.0.1:" + port, null, null, null, null, null, 0, SipHeaders.none());
        Call call = engine.calls().place(new PlaceCall(leg, List.of(), patience, TIME_LIMIT));
        CallSnapshot answered = call.reached(Milestone.ANSWERED).toCompletableFuture().get(patience.toSeconds(), TimeUnit.SECONDS);
        if (answered.cause() != null) {
            throw new QuickstartException(number + " did not answer: " + answered.cause().sipCode() + " " + answered.cause().phrase());
        }
        talk.with(call);
        return ended(call.id(), patience);
    }

    /** Plays to the other side; done when it was played or the call ended. */
    CompletableFuture<?> say(Call call, PlaySource what) {
        return call.execute(new CallCommand.Play(what)).toCompletableFuture();
    }

    void hangUp(Call call) {
        call.execute(new CallCommand.Hangup(null, SipHeaders.none()));
    }

    /** Answers the next call that comes. */
    CompletableFuture<CallSnapshot> answerNext(Duration patience) {
        CompletableFuture<CallSnapshot> answered = new CompletableFuture<>();
        engine.calls().receive(0, new Calls.Receiver() {
            @Override
            public boolean wants(Calls.IncomingCall call) {
                return true;
            }

            @Override
            public boolean isBusy(Calls.IncomingCall call) {
                return answered.isDone();
            }

            @Override
            public void received(Call call, Calls.IncomingCall incoming) {
                call.execute(new CallCommand.Answer(List.of(), SipHeaders.none()))
                        .thenAccept(result -> answered.complete(result.call()));
            }
        });
        return answered.orTimeout(patience.toSeconds(), TimeUnit.SECONDS);
    }

    /** The last event of a call, with its figures. */
    VoiceEvent.CallEnded ended(String callId, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (long left = patience.toNanos(); left > 0; left = deadline - System.nanoTime()) {
            VoiceEvent event = ends.poll(left, TimeUnit.NANOSECONDS);
            if (event instanceof VoiceEvent.CallEnded ended && ended.head().callId().equals(callId)) {
                return ended;
            }
        }
        throw new QuickstartException("the call did not end within " + patience.toSeconds() + " s");
    }

    @Override
    public void close() {
        ends.close();
        engine.stop();
    }
}
