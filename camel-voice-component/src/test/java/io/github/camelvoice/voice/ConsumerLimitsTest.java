package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** Filters, caps, suspension and draining of voice:call consumers. */
class ConsumerLimitsTest extends VoiceRouteTest {

    private static final String BUSY = "503 Service Unavailable after 5";

    private VoiceCallConsumer voice() {
        return (VoiceCallConsumer) context.getRoute("r").getConsumer();
    }

    @Test
    void nobodyIsThere() {
        assertThat(engine.invite("alice", "hello")).isNull();
        assertThat(engine.refused).containsExactly("404 Not Found");
    }

    @Test
    void theMoreSpecificConsumerHasTheCall() throws Exception {
        yaml("""
                - route: { from: { uri: "voice:call", steps: [ { to: "voice:call?operation=reject&code=601" } ] } }
                - route: { from: { uri: "voice:call?called=he*", steps: [ { to: "voice:call?operation=reject&code=602" } ] } }
                - route: { from: { uri: "voice:call?called=hello,echo", steps: [ { to: "voice:call?operation=reject&code=603" } ] } }
                - route: { from: { uri: "voice:call?called=hello&calling=alice", steps: [ { to: "voice:call?operation=reject&code=604" } ] } }
                - route: { from: { uri: "voice:call?calling=eve&order=-1", steps: [ { to: "voice:call?operation=reject&code=605" } ] } }
                - route: { from: { uri: "voice:call?called=tcponly&transport=tcp,tls", steps: [ { to: "voice:call?operation=reject&code=606" } ] } }
                """);
        assertThat(codeOf("alice", "hello")).isEqualTo("604");
        assertThat(codeOf("bob", "hello")).isEqualTo("603");
        assertThat(codeOf("bob", "help")).isEqualTo("602");
        assertThat(codeOf("bob", "other")).isEqualTo("601");
        assertThat(codeOf("eve", "hello")).isEqualTo("605");
        assertThat(codeOf("bob", "tcponly")).isEqualTo("601");
    }

    private String codeOf(String from, String called) {
        FakePhone phone = engine.invite(from, called);
        eventually(() -> !phone.heard.isEmpty());
        return phone.heard.get(0).substring(0, 3);
    }

    @Test
    void aCapOnCallsAtOnce() throws Exception {
        inbound("?maxConcurrentCalls=2", "- to: \"voice:call?operation=answer\"");
        FakePhone first = engine.invite("alice", "hello");
        hears(engine.invite("bob", "hello"), "200");
        assertThat(engine.invite("carol", "hello")).isNull();
        assertThat(engine.refused).containsExactly(BUSY);
        assertThat(voice().getLiveCalls()).isEqualTo(2);
        assertThat(voice().getRefusedCalls()).isEqualTo(1);
        hears(first, "200");
        first.hangsUp();
        eventually(() -> voice().getLiveCalls() == 1);
        assertThat(engine.invite("carol", "hello")).isNotNull();
    }

    @Test
    void aCapOnCallsASecond() throws Exception {
        inbound("?maxCallsPerSecond=2", "- to: \"voice:call?operation=answer\"");
        assertThat(engine.invite("a", "hello")).isNotNull();
        assertThat(engine.invite("b", "hello")).isNotNull();
        assertThat(engine.invite("c", "hello")).isNull();
        engine.timers.advance(Duration.ofMillis(499));
        assertThat(engine.invite("d", "hello")).isNull();
        engine.timers.advance(Duration.ofMillis(1));
        assertThat(engine.invite("e", "hello")).isNotNull();
        assertThat(engine.refused).containsExactly(BUSY, BUSY);
    }

    @Test
    void theQueueForThreadsIsBounded() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:call?workers=1&callQueueSize=1").routeId("r").to("mock:in").process(exchange -> gate.await());
            }
        });
        assertThat(engine.invite("a", "hello")).isNotNull();
        eventually(() -> getMockEndpoint("mock:in").getReceivedCounter() == 1);
        assertThat(engine.invite("b", "hello")).isNotNull();
        eventually(() -> voice().getWaitingCalls() == 1);
        assertThat(engine.invite("c", "hello")).isNull();
        assertThat(engine.refused).containsExactly(BUSY);
        gate.countDown();
    }

    @Test
    void suspendedConsumersRefuseAndLiveCallsGoOn() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        FakePhone alice = engine.invite("alice", "hello");
        hears(alice, "200");
        context.getRouteController().suspendRoute("r");
        assertThat(engine.invite("bob", "hello")).isNull();
        assertThat(engine.refused).containsExactly(BUSY);
        assertThat(engine.drained).isNull();
        assertThat(engine.registry.count()).isEqualTo(1);
        context.getRouteController().resumeRoute("r");
        hears(engine.invite("bob", "hello"), "200");
        context.getRouteController().stopRoute("r");
        assertThat(engine.invite("carol", "hello")).isNull();
        assertThat(engine.refused).containsExactly(BUSY, "404 Not Found");
        assertThat(alice.heard).containsExactly("200");
        assertThat(engine.drained).isNull();
    }

    @Test
    void stoppingTheContextDrains() throws Exception {
        component.setDrainTimeout(50);
        inbound("", "- to: \"voice:call?operation=answer\"");
        FakePhone alice = engine.invite("alice", "hello");
        hears(alice, "200");
        context.stop();
        hears(alice, "200", "BYE");
        assertThat(engine.drained).isEqualTo(Duration.ofMillis(50));
        assertThat(engine.stopped).isTrue();
    }

    @Test
    void theEngineStartsWithTheFirstEndpoint() throws Exception {
        assertThat(engine.started).isFalse();
        inbound("", "- log: \"x\"");
        assertThat(engine.started).isTrue();
    }

    @Test
    void wrongOptionsAreNamed() {
        assertRefused("?undecidedCode=200", "undecidedCode");
        assertRefused("?onFailure=explode", "onFailure");
        assertRefused("?transport=udp,pigeon", "pigeon");
        assertRefused("?workers=0", "workers");
        assertRefused("?maxConcurrentCalls=-1", "maxConcurrentCalls");
        assertRefused("?operation=answer", "operation");
        assertRefused(":bob@127.0.0.1", "target");
        assertRefused("?calledd=x", "calledd");
    }

    private void assertRefused(String options, String named) {
        assertThatThrownBy(() -> yaml(route("voice:call" + options, "- log: \"x\""))).as(options).hasStackTraceContaining(named);
        org.assertj.core.api.Assertions.assertThatCode(() -> context.removeRoute("r")).doesNotThrowAnyException();
    }
}
