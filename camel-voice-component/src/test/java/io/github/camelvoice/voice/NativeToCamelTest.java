package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.FluentProducerTemplate;
import org.apache.camel.console.DevConsole;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.spi.EndpointServiceLocation;
import org.junit.jupiter.api.Test;

/** What Camel users take for granted: toD, YAML parameters, JMX, health, console, metadata of endpoints. */
class NativeToCamelTest extends VoiceRouteTest {

    @Override
    protected boolean useJmx() {
        return true;
    }

    private List<VoiceEndpoint> endpoints() {
        return context.getEndpoints().stream().filter(VoiceEndpoint.class::isInstance).map(VoiceEndpoint.class::cast).toList();
    }

    @Test
    void toDReachesManyTargetsThroughOneEndpoint() throws Exception {
        yaml("""
                - route:
                    from:
                      uri: direct:dial
                      steps:
                        - toD: "voice:call:${header.who}@127.0.0.1?waitFor=initiated&from=${header.me}&fromDisplay=RAW(A & B)"
                        - toD: "voice:call?operation=hangup&callId=${header.CamelVoiceCallId}"
                """);
        for (int i = 0; i < 5; i++) {
            Exchange result = template.send("direct:dial", exchange -> {
                exchange.getMessage().setHeader("who", "bob" + exchange.getExchangeId());
                exchange.getMessage().setHeader("me", "alice");
            });
            assertThat(result.getException()).isNull();
            assertThat(result.getProperty(Arguments.DYNAMIC)).isNull();
            assertThat(engine.lastPhone().spec.target()).isEqualTo("sip:bob" + result.getExchangeId() + "@127.0.0.1");
            assertThat(engine.lastPhone().spec.from()).isEqualTo("sip:alice@127.0.0.1:5060");
            assertThat(engine.lastPhone().spec.fromDisplay()).isEqualTo("A & B");
            hears(engine.lastPhone(), "INVITE", "CANCEL");
        }
        assertThat(endpoints()).hasSize(2);
    }

    @Test
    void toDLeavesEventsAndPlainUrisAlone() throws Exception {
        yaml("""
                - route:
                    from: { uri: direct:show, steps: [ { toD: "voice:call?operation=${header.op}" } ] }
                """);
        Exchange result = template.send("direct:show", exchange -> exchange.getMessage().setHeader("op", "list"));
        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody(String.class)).isEqualTo("[]");
    }

    @Test
    void yamlParameters() throws Exception {
        yaml("""
                - route:
                    from:
                      uri: direct:dial
                      steps:
                        - to:
                            uri: voice
                            parameters:
                              resource: call
                              target: bob@127.0.0.1
                              waitFor: initiated
                              username: u
                              password: "p%25ss&w=1"
                """);
        assertThat(template.send("direct:dial", exchange -> { }).getException()).isNull();
        assertThat(engine.lastPhone().spec.target()).isEqualTo("sip:bob@127.0.0.1");
        assertThat(engine.lastPhone().spec.password()).isEqualTo("p%25ss&w=1");
        assertThat(endpoints().get(0).toString()).doesNotContain("ss&w");
        EndpointServiceLocation location = endpoints().get(0);
        assertThat(location.getServiceUrl()).isEqualTo("sip:127.0.0.1:5060");
        assertThat(location.getServiceProtocol()).isEqualTo("sip");
        assertThat(location.getServiceMetadata()).isEqualTo(Map.of("resource", "call", "target", "bob@127.0.0.1"));
    }

    @Test
    void anEndpointWithoutAResourceSaysWhatThereIs() {
        assertThatThrownBy(() -> context.getEndpoint("voice")).hasStackTraceContaining("there are [call, events, sipinfo, tap, document, callbacks, transfer, subscribe, session]");
        assertThatThrownBy(() -> context.getEndpoint("voice:nothing:x")).hasStackTraceContaining("there are [call, events, sipinfo, tap, document, callbacks, transfer, subscribe, session]");
    }

    @Test
    void figuresInJmx() throws Exception {
        inbound("?maxConcurrentCalls=1", "- to: \"voice:call?operation=answer\"");
        yaml("- route: { id: e, from: { uri: \"voice:events\", steps: [ { to: \"mock:events\" } ] } }");
        yaml("- route: { id: t, from: { uri: \"voice:tap\", steps: [ { to: \"mock:audio\" } ] } }");
        hears(engine.invite("alice", "hello"), "200");
        engine.invite("bob", "hello");
        MBeanServer server = context.getManagementStrategy().getManagementAgent().getMBeanServer();
        assertThat(attribute(server, "consumers", "VoiceCallConsumer", "LiveCalls")).isEqualTo(1);
        assertThat(attribute(server, "consumers", "VoiceCallConsumer", "RefusedCalls")).isEqualTo(1L);
        assertThat(attribute(server, "consumers", "VoiceEventsConsumer", "DroppedEvents")).isEqualTo(0L);
        eventually(() -> attribute(server, "consumers", "VoiceTapConsumer", "LiveTaps").equals(1));
        assertThat(attribute(server, "consumers", "VoiceTapConsumer", "DroppedMillis")).isEqualTo(0L);
        assertThat(attribute(server, "endpoints", "voice", "LiveCalls")).isEqualTo(1);
    }

    private Object attribute(MBeanServer server, String type, String name, String attribute) throws Exception {
        Set<ObjectName> names = server.queryNames(new ObjectName("org.apache.camel:context=" + context.getManagementName() + ",type=" + type + ",*"),
                null).stream().filter(each -> each.getCanonicalName().contains(name)).collect(Collectors.toSet());
        assertThat(names).isNotEmpty();
        return server.getAttribute(names.iterator().next(), attribute);
    }

    @Test
    void healthOfConsumersAndEngine() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        hears(engine.invite("alice", "hello"), "200");
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
        Collection<HealthCheck.Result> results = HealthCheckHelper.invoke(context, "full");
        HealthCheck.Result consumer = result(results, "consumer:r");
        assertThat(consumer.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(consumer.getDetails()).containsEntry("sip.udp", 5060).containsEntry("calls.live", 1);
        HealthCheck.Result producer = result(results, "producer:voice-engine-n1");
        assertThat(producer.getState()).isEqualTo(HealthCheck.State.UP);
        component.setMaxCalls(1);
        assertThat(result(HealthCheckHelper.invoke(context, "full"), "producer:voice-engine-n1").getState()).isEqualTo(HealthCheck.State.DOWN);
    }

    @Test
    void healthTellsThatCallsCannotBeRecorded() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);
        engine.storeTrouble = "the database is down";
        HealthCheck.Result slow = result(HealthCheckHelper.invoke(context, "full"), "producer:voice-engine-n1");
        assertThat(slow.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(slow.getDetails()).containsEntry("archive.storeTrouble", "the database is down").containsEntry("archive.waiting", 7L);
        HealthCheck.Result taking = result(HealthCheckHelper.invoke(context, "full"), "consumer:r");
        assertThat(taking.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(taking.getDetails()).containsEntry("archive.storeTrouble", "the database is down");
        engine.logTrouble = "the disk is full";
        for (String check : List.of("producer:voice-engine-n1", "consumer:r")) {
            HealthCheck.Result full = result(HealthCheckHelper.invoke(context, "full"), check);
            assertThat(full.getState()).isEqualTo(HealthCheck.State.DOWN);
            assertThat(full.getMessage()).hasValue("no new calls, because they could not be recorded: the disk is full");
        }
        DevConsole console = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class).resolveById("voice");
        assertThat((String) console.call(DevConsole.MediaType.TEXT, Map.of())).contains("waitingEntries=7").contains("the disk is full");
        engine.storeTrouble = null;
    }

    private static HealthCheck.Result result(Collection<HealthCheck.Result> results, String id) {
        return results.stream().filter(each -> each.getCheck().getId().equals(id)).findFirst()
                .orElseThrow(() -> new AssertionError("no " + id + " in " + results.stream().map(each -> each.getCheck().getId()).toList()));
    }

    @Test
    void theConsoleShowsEnginesConsumersAndCalls() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        hears(engine.invite("alice", "hello"), "200");
        DevConsole console = context.getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class).resolveById("voice");
        String text = (String) console.call(DevConsole.MediaType.TEXT, Map.of());
        assertThat(text).contains("live calls 1").contains("sip:alice@127.0.0.1").contains("Consumer").contains("5060");
        Map<?, ?> json = (Map<?, ?>) console.call(DevConsole.MediaType.JSON, Map.of());
        assertThat((List<?>) json.get("engines")).hasSize(1);
        assertThat(json.toString()).contains("liveCalls=1").contains("received=1");
    }

    @Test
    void exchangesArePooled() throws Exception {
        context.getCamelContextExtension().setExchangeFactory(new org.apache.camel.impl.engine.PooledExchangeFactory());
        inbound("", "- to: \"voice:call?operation=answer\"", "- to: \"voice:call?operation=hangup\"");
        yaml("- route: { id: e, from: { uri: \"voice:events\", steps: [ { log: { message: x, loggingLevel: TRACE } } ] } }");
        for (int i = 0; i < 5; i++) {
            hears(engine.invite("alice", "hello"), "200", "BYE");
        }
        eventually(() -> engine.registry.count() == 0 && context.getInflightRepository().size() == 0);
    }

    @Test
    void aFluentTemplateDoesNotBlockACallsThread() throws Exception {
        FluentProducerTemplate fluent = context.createFluentProducerTemplate();
        Future<Exchange> pending = fluent.to("voice:call:bob@127.0.0.1").withBody(null).asyncSend();
        eventually(() -> !engine.phones.isEmpty() && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().answers();
        assertThat(pending.get().getException()).isNull();
        fluent.stop();
    }
}
