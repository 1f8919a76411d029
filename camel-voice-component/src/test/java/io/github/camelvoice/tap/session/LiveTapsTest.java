package io.github.camelvoice.tap.session;

import static io.github.camelvoice.tap.session.SessionRig.failure;
import static io.github.camelvoice.tap.session.SessionRig.get;
import static io.github.camelvoice.tap.session.SessionRig.soon;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.tap.SinkLoss;
import io.github.camelvoice.tap.TapChange;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapInfo.State;
import io.github.camelvoice.tap.TapLimits;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.Taps;
import io.github.camelvoice.tap.session.SessionRig.FakeCall;
import io.github.camelvoice.tap.session.SessionRig.FakeSink;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What taps do from their start to their end. */
class LiveTapsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Vertx VERTX = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setUseDaemonThread(true));

    private final SessionRig rig = new SessionRig(VERTX, new TapLimits(3, 5));
    private final FakeCall call = new FakeCall("c1");

    @AfterEach
    void close() {
        rig.close();
    }

    @AfterAll
    static void end() {
        VERTX.close();
    }

    private static TapSpec.Builder rtp() {
        return TapSpec.to("rtp://192.0.2.7:6000").statusUrl("http://status.example/");
    }

    private TapInfo started(TapSpec.Builder spec) throws Exception {
        return get(rig.taps.start(call, spec.build()));
    }

    private void state(State state) {
        soon().until(() -> rig.taps.list("c1").get(0).state() == state);
    }

    @Test
    void startAndStopAreToldAsTheDocumentHasIt() throws Exception {
        TapInfo info = started(rtp().controlId("k1").tag("sales").sessionId("s-9"));
        assertThat(info.state()).isEqualTo(State.TAPPING);
        assertThat(info.success()).isTrue();
        assertThat(JSON.readTree(rig.told.get(0))).isEqualTo(JSON.readTree("""
                {"event_type":"calling.call.tap","event_channel":"swml:s-9","timestamp":1700000000.123,"project_id":"acme","space_id":"acme",
                 "params":{"call_id":"c1","node_id":"n1","tag":"sales","control_id":"k1","state":"tapping",
                           "tap":{"type":"audio","params":{"direction":"speak"}},
                           "device":{"type":"rtp","params":{"addr":"192.0.2.7","port":6000,"codec":"PCMU","ptime":20}}}}"""));
        TapInfo end = get(rig.taps.stop("c1", null));
        assertThat(end.state()).isEqualTo(State.FINISHED);
        assertThat(end.endedInOrder()).isTrue();
        assertThat(rig.sink().closed).isEqualTo("stopped");
        assertThat(call.told(CallCommand.StopTap.class)).containsExactly(new CallCommand.StopTap("k1", "stopped"));
        assertThat(rig.told).hasSize(2);
        assertThat(JSON.readTree(rig.told.get(1)).at("/params/state").asText()).isEqualTo("finished");
        assertThat(JSON.readTree(rig.told.get(1)).at("/params").has("reason")).isFalse();
        assertThat(rig.taps.list()).isEmpty();
        assertThat(rig.taps.totals().active()).isZero();
        assertThat(rig.taps.totals().started()).isEqualTo(1);
    }

    @Test
    void aWebSocketIsToldWithItsAddressAndWithoutCredentials() throws Exception {
        started(TapSpec.to("wss://me:secret@bot.example/x").statusUrl("hook"));
        assertThat(JSON.readTree(rig.told.get(0)).at("/params/device")).isEqualTo(JSON.readTree("""
                {"type":"ws","params":{"addr":"192.0.2.7","port":6000,"codec":"PCMU","uri":"wss://bot.example/x"}}"""));
        assertThat(JSON.readTree(rig.told.get(0)).at("/event_channel").asText()).isEqualTo("swml:c1");
        assertThat(call.told(CallCommand.StartTap.class).get(0).destination()).isEqualTo("wss://bot.example/x");
    }

    @Test
    void aStartWaitsUntilItsStatusIsWrittenDown() {
        rig.slowOutbox = true;
        CompletionStage<TapInfo> start = rig.taps.start(call, rtp().build());
        soon().until(() -> !rig.unwritten.isEmpty());
        assertThat(start.toCompletableFuture()).isNotDone();
        rig.unwritten.remove().complete(null);
        assertThat(start.toCompletableFuture()).succeedsWithin(Duration.ofSeconds(5));
        rig.slowOutbox = false;
    }

    @Test
    void whatCannotBeReachedFailsAndIsToldAsFinished() throws Exception {
        rig.answering = false;
        CompletionStage<TapInfo> start = rig.taps.start(call, rtp().build());
        rig.sink().does(owner -> owner.lost("connection refused", false));
        TapInfo info = get(start);
        assertThat(info.state()).isEqualTo(State.FAILED);
        assertThat(info.success()).isFalse();
        assertThat(info.reason()).isEqualTo("connection refused");
        assertThat(rig.told).singleElement().satisfies(json -> {
            assertThat(JSON.readTree(json).at("/params/state").asText()).isEqualTo("finished");
            assertThat(JSON.readTree(json).at("/params/reason").asText()).isEqualTo("connection refused");
        });
        assertThat(call.commands).isEmpty();
        assertThat(rig.taps.totals().failed()).isEqualTo(1);
    }

    @Test
    void aSinkHasFiveSecondsToAnswer() throws Exception {
        rig.answering = false;
        CompletionStage<TapInfo> start = rig.taps.start(call, rtp().build());
        FakeSink sink = rig.sink();
        soon().until(() -> sink.opened == 1);
        rig.advance(Duration.ofSeconds(6));
        assertThat(get(start).state()).isEqualTo(State.FAILED);
        sink.does(owner -> owner.opened(null, null));
        assertThat(call.commands).as("too late").isEmpty();
    }

    @Test
    void aLostSinkIsFoundAgainAndGetsTheNewestFrames() throws Exception {
        started(rtp().bufferMillis(200));
        FakeSink sink = rig.sink();
        call.packet(0, rig.nanos());
        soon().until(() -> sink.frames.size() == 1);
        rig.answering = false;
        sink.does(owner -> owner.lost("reset", false));
        state(State.RECONNECTING);
        for (int i = 1; i <= 20; i++) {
            rig.advance(Duration.ofMillis(20));
            call.packet(i, rig.nanos());
        }
        soon().until(() -> sink.opened == 2);
        soon().until(() -> {
            rig.advance(Duration.ofMillis(1));
            return rig.taps.list("c1").get(0).figures().dropped() == 10;
        });
        sink.does(owner -> owner.opened(null, null));
        state(State.TAPPING);
        call.packet(21, rig.nanos());
        soon().until(() -> sink.frames.size() == 12);
        assertThat(sink.gaps.subList(0, 3)).containsExactly(false, true, false);
        rig.advance(Duration.ofMillis(20));
        soon().until(() -> rig.taps.list("c1").get(0).figures().reconnects() == 1);
    }

    /** Who answers must not get what was said a while ago. */
    @Test
    void whoSpeaksGetsNothingOldAfterwards() throws Exception {
        started(rtp().speaks(true));
        FakeSink sink = rig.sink();
        call.packet(0, rig.nanos());
        soon().until(() -> sink.frames.size() == 1);
        rig.answering = false;
        sink.does(owner -> owner.lost("reset", false));
        for (int i = 1; i <= 20; i++) {
            rig.advance(Duration.ofMillis(20));
            call.packet(i, rig.nanos());
        }
        soon().until(() -> sink.opened == 2);
        sink.does(owner -> owner.opened(null, null));
        rig.advance(Duration.ofMillis(20));
        call.packet(21, rig.nanos());
        soon().until(() -> sink.frames.size() > 1);
        rig.advance(Duration.ofMillis(20));
        soon().until(() -> rig.taps.list("c1").get(0).figures().reconnects() == 1);
        assertThat(rig.taps.list("c1").get(0).figures().dropped()).isPositive();
        assertThat(sink.frames.size()).isLessThan(22);
        assertThat(sink.gaps.get(1)).isTrue();
    }

    @Test
    void aSinkThatStaysAwayIsGivenUpAndTheCallMayHaveToEnd() throws Exception {
        started(rtp().onSinkLoss(SinkLoss.HANGUP));
        FakeSink sink = rig.sink();
        rig.answering = false;
        sink.does(owner -> owner.lost("reset", false));
        for (int second = 0; !rig.taps.list("c1").isEmpty() && second < 200; second++) {
            int before = sink.opened;
            rig.advance(Duration.ofSeconds(11));
            soon().until(() -> sink.opened > before || rig.taps.list("c1").isEmpty());
            if (sink.opened > before) {
                sink.does(owner -> owner.lost("refused", false));
            }
        }
        assertThat(rig.taps.list("c1")).isEmpty();
        assertThat(sink.opened).isBetween(5, 21);
        assertThat(sink.closed).isEqualTo("refused");
        soon().until(() -> !call.told(CallCommand.Hangup.class).isEmpty());
        assertThat(call.told(CallCommand.Hangup.class).get(0).reason()).contains("sink");
        assertThat(JSON.readTree(rig.told.get(1)).at("/params/reason").asText()).isEqualTo("refused");
    }

    @Test
    void whatIsLostForGoodIsNotTriedAgain() throws Exception {
        started(rtp());
        rig.sink().does(owner -> owner.lost("401", true));
        soon().until(() -> rig.taps.list("c1").isEmpty());
        started(rtp().reconnect(false));
        rig.sink().does(owner -> owner.lost("reset", false));
        soon().until(() -> rig.taps.list("c1").isEmpty());
        assertThat(rig.sinks).allMatch(sink -> sink.opened == 1);
        assertThat(call.told(CallCommand.Hangup.class)).isEmpty();
    }

    @Test
    void theFarEndMayEndIt() throws Exception {
        started(rtp().onSinkLoss(SinkLoss.HANGUP));
        rig.sink().does(owner -> owner.finished("stopped-by-far-end"));
        soon().until(() -> rig.told.size() == 2);
        assertThat(JSON.readTree(rig.told.get(1)).at("/params").has("reason")).isFalse();
        assertThat(call.told(CallCommand.Hangup.class)).isEmpty();
    }

    @Test
    void aMistakeInOneTapEndsThatTapAlone() throws Exception {
        FakeCall other = new FakeCall("c2");
        get(rig.taps.start(other, rtp().build()));
        FakeSink healthy = rig.sink();
        started(rtp());
        rig.sink().broken = true;
        call.packet(0, rig.nanos());
        other.packet(0, rig.nanos());
        soon().until(() -> rig.taps.list("c1").isEmpty());
        assertThat(call.told(CallCommand.StopTap.class).get(0).reason()).isEqualTo("internal");
        soon().until(() -> healthy.frames.size() == 1);
        assertThat(rig.taps.list("c2")).hasSize(1);
    }

    @Test
    void theEndOfTheCallEndsItAfterItsLastPacket() throws Exception {
        started(rtp());
        call.packet(0, rig.nanos());
        call.tap().digit('5', 100);
        call.tap().closed();
        soon().until(() -> rig.told.size() == 2);
        assertThat(rig.sink().frames).hasSize(1);
        assertThat(rig.sink().digits).containsExactly('5');
        assertThat(rig.sink().closed).isEqualTo("call-ended");
        assertThat(call.told(CallCommand.StopTap.class)).isEmpty();
    }

    @Test
    void aCallThatCannotBeTappedRefuses() {
        call.refuses = true;
        TapException refused = failure(rig.taps.start(call, rtp().build()));
        assertThat(refused.kind()).isEqualTo(TapException.Kind.CONFLICT);
        assertThat(refused).hasMessage("the call is over");
        assertThat(rig.sink().closed).isNotNull();
        assertThat(rig.told).isEmpty();
        assertThat(rig.taps.list()).isEmpty();
    }

    @Test
    void aTapMayBeStoppedBeforeItBegan() throws Exception {
        rig.answering = false;
        CompletionStage<TapInfo> start = rig.taps.start(call, rtp().controlId("k").build());
        rig.sink();
        TapInfo end = get(rig.taps.stop("c1", "k"));
        assertThat(end.state()).isEqualTo(State.FINISHED);
        assertThat(get(start).reason()).isEqualTo("stopped");
        assertThat(rig.told).isEmpty();
    }

    @Test
    void idsAreUniqueAndTheLatestIsMeantWithoutOne() throws Exception {
        started(rtp().controlId("a"));
        started(rtp().controlId("b"));
        assertThat(failure(rig.taps.start(call, rtp().controlId("a").build())).kind()).isEqualTo(TapException.Kind.CONFLICT);
        assertThat(get(rig.taps.stop("c1", null)).controlId()).isEqualTo("b");
        assertThat(get(rig.taps.stop("c1", null)).controlId()).isEqualTo("a");
        assertThat(failure(rig.taps.stop("c1", null)).kind()).isEqualTo(TapException.Kind.NO_SUCH_TAP);
        assertThat(failure(rig.taps.stop("c1", "x"))).hasMessage("the call has no tap x");
        started(rtp().controlId("a"));
    }

    @Test
    void thereAreBounds() throws Exception {
        for (int i = 0; i < 3; i++) {
            started(rtp());
        }
        assertThat(failure(rig.taps.start(call, rtp().build())).kind()).isEqualTo(TapException.Kind.BUSY);
        FakeCall other = new FakeCall("c2");
        get(rig.taps.start(other, rtp().build()));
        get(rig.taps.start(other, rtp().build()));
        assertThat(failure(rig.taps.start(other, rtp().build()))).hasMessageContaining("no more taps");
        assertThat(rig.taps.list()).hasSize(5);
    }

    @Test
    void badRequestsAreRefusedBeforeAnythingBegins() {
        assertThat(failure(rig.taps.start(call, rtp().statusUrl("bad").build()))).hasMessage("status_url: no such target");
        assertThat(failure(rig.taps.start(call, TapSpec.to("rtp://forbidden:1").build())).kind()).isEqualTo(TapException.Kind.FORBIDDEN);
        assertThat(failure(rig.taps.start(call, TapSpec.to("route:r").build())).kind()).isEqualTo(TapException.Kind.BAD_REQUEST);
        assertThat(rig.sinks).isEmpty();
    }

    @Test
    void oneVoiceAtATime() throws Exception {
        started(rtp().speaks(true).controlId("v"));
        rig.sink().does(owner -> assertThat(owner.speech().waitingMillis()).isZero());
        assertThat(failure(rig.taps.start(call, rtp().speaks(true).build()))).hasMessageContaining("the tap v speaks");
        assertThat(call.told(CallCommand.StartTap.class).get(0).voice()).isNotNull();
    }

    @Test
    void directionAndPauseChangeWhileItRuns() throws Exception {
        started(rtp());
        TapInfo changed = get(rig.taps.change("c1", null, new TapChange(TapDirection.BOTH, true)));
        assertThat(changed.direction()).isEqualTo(TapDirection.BOTH);
        assertThat(changed.paused()).isTrue();
        assertThat(call.told(CallCommand.ChangeTap.class).get(0).direction()).isEqualTo("both");
        changed = get(rig.taps.change("c1", null, new TapChange(null, false)));
        assertThat(changed.direction()).isEqualTo(TapDirection.BOTH);
        assertThat(changed.paused()).isFalse();
    }

    @Test
    void aRouteGetsCopiesAndTheEndOnce() throws Exception {
        List<byte[]> frames = new CopyOnWriteArrayList<>();
        List<TapInfo> ends = new CopyOnWriteArrayList<>();
        AtomicReference<RuntimeException> mistake = new AtomicReference<>();
        Taps.FrameReceiver receiver = new Taps.FrameReceiver() {
            @Override
            public void frame(Track track, byte[] frame, long sequence, long offsetMillis) {
                if (mistake.get() != null) {
                    throw mistake.get();
                }
                assertThat(sequence).isEqualTo(frames.size());
                frames.add(frame);
            }

            @Override
            public void ended(TapInfo info) {
                ends.add(info);
            }
        };
        get(rig.taps.start(call, TapSpec.to("route:r").build(), receiver));
        call.packet(0, rig.nanos());
        call.packet(1, rig.nanos());
        soon().until(() -> frames.size() == 2);
        assertThat(frames.get(0)).isNotSameAs(frames.get(1));
        mistake.set(new IllegalStateException("a route's mistake"));
        call.packet(2, rig.nanos());
        soon().until(() -> !ends.isEmpty());
        assertThat(ends).singleElement().satisfies(end -> assertThat(end.reason()).isEqualTo("internal"));
    }

    @Test
    void tapsAreSpreadOverTheLoops() throws Exception {
        Vertx two = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setUseDaemonThread(true));
        try (SessionRig other = new SessionRig(two, TapLimits.DEFAULT)) {
            for (int i = 0; i < 4; i++) {
                get(other.taps.start(call, rtp().build()));
            }
            int loops = Math.min(2, Runtime.getRuntime().availableProcessors());
            assertThat(other.sinks.stream().map(sink -> sink.thread).distinct()).hasSize(loops);
        } finally {
            two.close();
        }
    }

    @Test
    void closingEndsAll() throws Exception {
        CompletableFuture<TapInfo> first = rig.taps.start(call, rtp().build()).toCompletableFuture();
        get(first);
        rig.taps.close();
        assertThat(rig.taps.list()).isEmpty();
        assertThat(rig.sink().closed).isEqualTo("stopped");
        assertThat(failure(rig.taps.start(call, rtp().build())).kind()).isEqualTo(TapException.Kind.BUSY);
    }
}
