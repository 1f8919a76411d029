package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.VoiceEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;

/** voice:events: order, filters, and what happens when the route is slow. */
class EventsTest extends VoiceRouteTest {

    private final List<Exchange> seen = new CopyOnWriteArrayList<>();

    private void events(String options) throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events" + options).routeId("events").process(exchange -> seen.add(exchange.copy()));
            }
        });
    }

    private void calls(int count) {
        List<FakePhone> phones = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            phones.add(engine.invite("alice", "hello"));
        }
        for (FakePhone phone : phones) {
            hears(phone, "200");
            phone.hangsUp();
        }
        eventually(() -> engine.registry.count() == 0);
    }

    private static VoiceEvent event(Exchange exchange) {
        return exchange.getMessage().getBody(VoiceEvent.class);
    }

    private VoiceEventsConsumer voice() {
        return (VoiceEventsConsumer) context.getRoute("events").getConsumer();
    }

    @Test
    void everyEventOfEveryCallInOrder() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        events("?concurrentConsumers=3&queueSize=999");
        calls(20);
        eventually(() -> seen.size() == 60);
        Map<String, List<Long>> sequences = new HashMap<>();
        seen.forEach(exchange -> sequences.computeIfAbsent(event(exchange).head().callId(), id -> new ArrayList<>())
                .add(exchange.getMessage().getHeader(VoiceConstants.EVENT_SEQUENCE, Long.class)));
        assertThat(sequences).hasSize(20).allSatisfy((id, numbers) -> assertThat(numbers).containsExactly(0L, 1L, 2L));
        Exchange first = seen.get(0);
        assertThat(first.getMessage().getHeaders()).containsEntry(VoiceConstants.CALL_ID, event(first).head().callId())
                .containsEntry(VoiceConstants.EVENT, event(first).kind().label()).containsEntry(VoiceConstants.DIRECTION, "INBOUND");
        assertThat(voice().getConsumedEvents()).isEqualTo(60);
        assertThat(voice().getDroppedEvents()).isZero();
    }

    @Test
    void anErrorInTheRouteIsNotTheEndOfTheEvents() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").process(exchange -> {
                    seen.add(exchange.copy());
                    throw new NoClassDefFoundError("missing/Library");
                });
            }
        });
        calls(1);
        eventually(() -> seen.size() == 3);
    }

    @Test
    void severalRoutesMayFollowTheSameEvents() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        events("");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").routeId("more").process(exchange -> seen.add(exchange.copy()));
            }
        });
        calls(1);
        eventually(() -> seen.size() == 6);
    }

    @Test
    void filtersByKind() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        events("?kinds=call-answered,call-ended");
        calls(2);
        eventually(() -> seen.size() == 4);
        assertThat(seen).extracting(exchange -> event(exchange).kind().label()).containsOnly("call-answered", "call-ended");
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> events("?kinds=call-answered,call-exploded")).hasStackTraceContaining("call-exploded")
                .hasStackTraceContaining("call-received");
        assertThatThrownBy(() -> events("?queueSize=1&concurrentConsumers=2")).hasStackTraceContaining("concurrentConsumers");
        assertThatThrownBy(() -> template.sendBody("voice:events", null)).hasStackTraceContaining("can only be consumed from");
    }

    @Test
    void aSlowRouteLosesEventsAndNeverSlowsACall() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        CountDownLatch gate = new CountDownLatch(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events?queueSize=4").routeId("events").process(exchange -> {
                    gate.await();
                    seen.add(exchange.copy());
                });
            }
        });
        calls(10);
        assertThat(voice().getDroppedEvents()).isPositive();
        gate.countDown();
        eventually(() -> voice().getWaitingEvents() == 0 && seen.size() + voice().getDroppedEvents() == 30);
    }

    @Test
    void eventsWaitWhileTheRouteIsSuspended() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        events("");
        calls(1);
        eventually(() -> seen.size() == 3);
        context.getRouteController().suspendRoute("events");
        calls(1);
        context.getRouteController().resumeRoute("events");
        eventually(() -> seen.size() == 6);
    }

    @Test
    void aFailingRouteGoesOn() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").routeId("events").process(exchange -> {
                    seen.add(exchange.copy());
                    throw new IllegalStateException("no");
                });
            }
        });
        calls(1);
        eventually(() -> seen.size() == 3);
    }

    @Test
    void theEventsAreJson() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        events("?kinds=call-ended");
        calls(1);
        eventually(() -> seen.size() == 1);
        assertThat(seen.get(0).getMessage().getBody(String.class)).startsWith("{\"type\":\"call-ended\",\"callId\":\"t-")
                .contains("\"cause\":\"normal\",\"endedBy\":\"remote\"");
        assertThat(new String(seen.get(0).getMessage().getBody(byte[].class))).isEqualTo(seen.get(0).getMessage().getBody(String.class));
        assertThat(seen.get(0).getMessage().getBody(java.io.InputStream.class)).isNotNull();
    }

    @Test
    void whenTheContextStopsTheLastEventsStillArrive() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        events("");
        FakePhone alice = engine.invite("alice", "hello");
        hears(alice, "200");
        eventually(() -> seen.size() == 2);
        context.stop();
        assertThat(seen).extracting(exchange -> event(exchange).kind().label()).containsExactly("call-received", "call-answered", "call-ended");
        assertThat(engine.stopped).isTrue();
        hears(alice, "200", "BYE");
    }
}
