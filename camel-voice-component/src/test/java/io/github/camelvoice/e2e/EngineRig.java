package io.github.camelvoice.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.Calls;
import io.github.camelvoice.call.CommandResult;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.EventBus;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.EngineConfigBuilder;
import io.github.camelvoice.engine.EngineFigures;
import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.memory.MemoryLog;
import io.github.camelvoice.testkit.Peers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** An engine on loopback with free ports, what happens to calls by the user they are for, and every event. */
final class EngineRig implements AutoCloseable, Calls.Receiver {

    static final CallCommand ANSWER = new CallCommand.Answer(List.of(), SipHeaders.none());
    static final CallCommand RING = new CallCommand.Ring(180, false, false, List.of(), SipHeaders.none());
    static final CallCommand HANG_UP = new CallCommand.Hangup(null, SipHeaders.none());
    static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int EVENTS = 1_000_000;
    /** Little, so that a test with many calls sees the heap as it is with a full archive. */
    private static final int KEPT_CALLS = 1_000;
    private static final long KEPT_BYTES = 16 << 20;

    final VoiceEngine engine;
    private final EventBus.Subscription subscription;
    private final List<VoiceEvent> events = new ArrayList<>();
    private final Map<String, Consumer<Call>> behaviours = new ConcurrentHashMap<>();
    private final Map<EndCause.Kind, Long> causes = new ConcurrentHashMap<>();
    private volatile Call latest;
    private volatile boolean busy;
    private EngineFigures idle;

    private EngineRig(EngineConfig config, CallArchive archive) {
        engine = new VoiceEngine(config, archive);
        subscription = engine.events().subscribe(EVENTS, event -> true);
        engine.calls().receive(100, this);
    }

    static EngineRig start(UnaryOperator<EngineConfigBuilder> settings) {
        return start(MemoryLog.archive(EngineClock.SYSTEM, KEPT_CALLS, KEPT_BYTES), settings);
    }

    static EngineRig start(CallArchive archive, UnaryOperator<EngineConfigBuilder> settings) {
        int rtp = Peers.freePorts(80);
        EngineRig rig = new EngineRig(settings.apply(EngineConfig.builder().sipPort(0).rtpPorts(rtp, rtp + 79)).build(), archive);
        try {
            rig.engine.start();
            rig.idle = rig.engine.figures();
        } catch (EngineStartException failure) {
            throw new AssertionError(failure);
        }
        return rig;
    }

    int port() {
        return engine.bindings().sipPort();
    }

    int tlsPort() {
        return engine.bindings().tlsPort();
    }

    /** What is done with calls to {@code user}; others find nobody. */
    EngineRig on(String user, Consumer<Call> behaviour) {
        behaviours.put(user, behaviour);
        return this;
    }

    /** Does these one after the other with each call to {@code user}. */
    EngineRig on(String user, CallCommand... commands) {
        return on(user, call -> inTurn(call, commands));
    }

    private static CompletionStage<CommandResult> inTurn(Call call, CallCommand... commands) {
        CompletionStage<CommandResult> stage = call.execute(commands[0]);
        for (int i = 1; i < commands.length; i++) {
            CallCommand next = commands[i];
            stage = stage.thenCompose(done -> call.execute(next));
        }
        return stage;
    }

    /** How many calls ended in which way. */
    Map<EndCause.Kind, Long> causes() {
        return Map.copyOf(causes);
    }

    /** Keeps no events from now on, for many calls. */
    void forgetEvents() {
        subscription.close();
    }

    private Call counted(Call call) {
        call.reached(Milestone.COMPLETED).thenAccept(end -> causes.merge(end.cause().kind(), 1L, Long::sum));
        return call;
    }

    void busy(boolean value) {
        busy = value;
    }

    @Override
    public boolean wants(Calls.IncomingCall call) {
        return behaviours.containsKey(call.called().user());
    }

    @Override
    public boolean isBusy(Calls.IncomingCall call) {
        return busy;
    }

    @Override
    public void received(Call call, Calls.IncomingCall incoming) {
        latest = counted(call);
        behaviours.get(incoming.called().user()).accept(call);
    }

    /** The inbound call that came last; waits for the first. */
    Call inbound() {
        Awaitility.await("an inbound call").atMost(PATIENCE).until(() -> latest != null);
        return latest;
    }

    Call place(String target) {
        return place(new OutboundLeg(target, null, null, null, null, null, 0, SipHeaders.none()), Duration.ofSeconds(30));
    }

    Call place(OutboundLeg leg, Duration ringTimeout) {
        try {
            return counted(engine.calls().place(new PlaceCall(leg, List.of(), ringTimeout, Duration.ofMinutes(5))));
        } catch (CallException refused) {
            throw new AssertionError(refused);
        }
    }

    /** Carries out a command, which must work, within {@link #PATIENCE}. */
    static CommandResult run(Call call, CallCommand command) {
        return get(call.execute(command), command.operation());
    }

    /** Waits for a milestone. */
    static CallSnapshot reached(Call call, Milestone milestone) {
        return get(call.reached(milestone), milestone.name());
    }

    /** Waits for the end and returns its cause. */
    static EndCause end(Call call) {
        return get(call.reached(Milestone.COMPLETED), "end of the call").cause();
    }

    /** Waits for the answer, which must come. */
    static CallSnapshot answered(Call call) {
        CallSnapshot snapshot = reached(call, Milestone.ANSWERED);
        assertThat(snapshot.cause()).as("the call is answered").isNull();
        return snapshot;
    }

    private static <T> T get(CompletionStage<T> stage, String what) {
        try {
            return stage.toCompletableFuture().get(40, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw new AssertionError(what + ": " + failed.getCause(), failed.getCause());
        } catch (InterruptedException | TimeoutException late) {
            throw new AssertionError(what + " did not come", late);
        }
    }

    /** The events of a call so far, in order. */
    synchronized List<VoiceEvent> events(Call call) {
        subscription.drainTo(events, EVENTS);
        return events.stream().filter(event -> event.head().callId().equals(call.id())).toList();
    }

    /** How many events came so far. */
    synchronized int eventCount() {
        subscription.drainTo(events, EVENTS);
        return events.size();
    }

    /** Waits for an event of a kind. */
    <T extends VoiceEvent> T event(Call call, Class<T> kind) {
        return event(call, kind, 1);
    }

    /** Waits for the {@code nth} event of a kind, from 1. */
    <T extends VoiceEvent> T event(Call call, Class<T> kind, int nth) {
        Awaitility.await(kind.getSimpleName() + " of " + call.id()).atMost(PATIENCE).until(() -> told(call, kind).size() >= nth);
        return told(call, kind).get(nth - 1);
    }

    <T extends VoiceEvent> List<T> told(Call call, Class<T> kind) {
        return events(call).stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** Events are numbered without a gap, the last one is the end. */
    void mustBeWhole(Call call) {
        VoiceEvent.CallEnded ended = event(call, VoiceEvent.CallEnded.class);
        List<VoiceEvent> all = events(call);
        for (int i = 0; i < all.size(); i++) {
            assertThat(all.get(i).head().sequence()).isEqualTo(i);
        }
        assertThat(all.get(all.size() - 1)).isSameAs(ended);
    }

    /** Waits until nothing of any call is left but transactions that run out. A BYE that nobody answers takes 32 s (RFC 3261, timer F). */
    void awaitNoCalls() {
        awaitNoCalls(Duration.ofSeconds(40));
    }

    void awaitNoCalls(Duration limit) {
        Awaitility.await("no call is left").atMost(limit).untilAsserted(() -> {
            EngineFigures figures = engine.figures();
            assertThat(figures).as("%s", figures).extracting(EngineFigures::liveCalls, EngineFigures::legs, EngineFigures::mediaLegs,
                    EngineFigures::rtpPortsInUse).containsOnly(0);
        });
    }

    /** Waits until the engine holds nothing but what it did before the first call: transactions take up to 32 s (RFC 3261, timers D, H, J, K). */
    void awaitIdle() {
        awaitIdle(Duration.ofSeconds(45));
    }

    void awaitIdle(Duration limit) {
        Awaitility.await("the engine holds nothing").atMost(limit).pollInterval(Duration.ofMillis(200))
                .untilAsserted(() -> assertThat(engine.figures()).isEqualTo(idle));
    }

    @Override
    public void close() {
        subscription.close();
        engine.stop();
    }
}
