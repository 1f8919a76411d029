package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.Test;

/** After calls of all outcomes nothing of them is left on the side of Camel: no exchange, no count, no reference. */
class NothingStaysTest extends VoiceRouteTest {

    private final List<WeakReference<Call>> calls = new ArrayList<>();

    private static final String ROUTES = """
            - route:
                from: { uri: "voice:call?called=answer&maxConcurrentCalls=10", steps: [ { to: "voice:call?operation=answer" } ] }
            - route:
                from: { uri: "voice:call?called=reject", steps: [ { to: "voice:call?operation=reject" } ] }
            - route:
                from: { uri: "voice:call?called=nothing", steps: [ { log: { message: "x", loggingLevel: TRACE } } ] }
            - route:
                from: { uri: "voice:call?called=dial", steps: [ { to: "voice:call:bob@127.0.0.1?bridge=true" } ] }
            - route:
                from: { uri: "voice:events?kinds=call-ended", steps: [ { log: { message: "x", loggingLevel: TRACE } } ] }
            """;

    private void remember() {
        engine.registry.live().forEach(call -> calls.add(new WeakReference<>(call)));
    }

    @Test
    void callsOfAllOutcomes() throws Exception {
        context.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        yaml(ROUTES);
        for (int round = 0; round < 20; round++) {
            FakePhone answered = engine.invite("alice", "answer");
            hears(answered, "200");
            remember();
            answered.hangsUp();
            hears(engine.invite("alice", "reject"), "603 Decline");
            hears(engine.invite("alice", "nothing"), "480 Temporarily Unavailable");
            dial(bob -> {
                bob.rings();
                bob.answers();
            }).hangsUp();
            dial(bob -> bob.rejects(486, "Busy Here"));
            dial(FakePhone::rings).cancels();
            eventually(() -> engine.registry.count() == 0);
        }
        eventually(() -> context.getInflightRepository().size() == 0);
        context.getRoutes().stream().map(route -> route.getConsumer()).filter(VoiceCallConsumer.class::isInstance)
                .map(VoiceCallConsumer.class::cast).forEach(consumer -> eventually(() -> consumer.getLiveCalls() == 0 && consumer.getWaitingCalls() == 0));
        assertThat(calls).hasSizeGreaterThan(50);
        engine.phones.clear();
        engine.audio.clear();
        engine.toldKinds();
        await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(100)).until(() -> {
            System.gc();
            return calls.stream().allMatch(call -> call.get() == null);
        });
    }

    private FakePhone dial(java.util.function.Consumer<FakePhone> answer) {
        int before = engine.phones.size();
        FakePhone alice = engine.invite("alice", "dial");
        eventually(() -> engine.phones.size() == before + 2 && !engine.lastPhone().heard.isEmpty());
        remember();
        FakePhone bob = engine.lastPhone();
        answer.accept(bob);
        eventually(() -> !alice.heard.isEmpty() || engine.registry.count() == 0);
        return alice;
    }
}
