package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.notifier.Publication;
import io.github.camelvoice.notifier.WatcherInfo;
import io.github.camelvoice.notifier.WatcherRequest;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.subscription.SubscriptionException;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.MessageSummary;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** voice:subscribe as a producer, and those who watch us and publish to us. */
class SubscribeProducerTest extends VoiceRouteTest {

    private static final String A = "sip:alice@example.com";
    private static final String SUMMARY = "Messages-Waiting: yes\r\nVoice-Message: 2/1 (0/0)\r\n";

    private Exchange send(String uri, Object body, Object... headers) {
        return template.send(uri, exchange -> {
            exchange.getMessage().setBody(body);
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getMessage().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    private static Exchange well(Exchange exchange) {
        assertThat(exchange.getException()).isNull();
        return exchange;
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }

    @Test
    void aLife() {
        Exchange made = well(send("voice:subscribe?operation=create&event=message-summary&accept=application/simple-message-summary", List.of(A, "bob@x")));
        assertThat(header(made, VoiceConstants.SUBSCRIPTION_ID)).isEqualTo("s-1");
        assertThat(header(made, VoiceConstants.SUBSCRIPTION_STATE)).isEqualTo("pending");
        assertThat(engine.subscriptions.asked.get(0).resources()).extracting(SubscriptionRequest.Resource::uri).containsExactly(A, "sip:bob@x");
        engine.subscriptions.tells("s-1", A, MessageSummary.TYPE, SUMMARY);
        Exchange got = well(send("voice:subscribe?operation=get", null, VoiceConstants.SUBSCRIPTION_ID, "s-1"));
        assertThat(got.getMessage().getBody()).isInstanceOf(SubscriptionInfo.class);
        assertThat(got.getMessage().getBody(String.class)).startsWith("{\"subscriptionId\":\"s-1\",\"account\":\"default\",\"event\":\"message-summary\","
                + "\"state\":\"active\",\"version\":2").contains("\"messagesWaiting\":true");
        assertThat(got.getMessage().getBody(Map.class)).containsEntry("size", 2);
        assertThat(well(send("voice:subscribe?operation=list", null)).getMessage().getBody(String.class)).startsWith("[{").contains("s-1");
        well(send("voice:subscribe?operation=change&subscriptionId=s-1&resources=sip:carol@x", null));
        assertThat(engine.subscriptions.edits.get(0).resources()).extracting(SubscriptionRequest.Resource::uri).containsExactly("sip:carol@x");
        Exchange ended = well(send("voice:subscribe?operation=end", "kept", VoiceConstants.SUBSCRIPTION_ID, "s-1"));
        assertThat(ended.getMessage().getBody()).isEqualTo("kept");
        assertThat(send("voice:subscribe?operation=get&subscriptionId=s-1", null).getException()).isInstanceOf(VoiceSubscriptionNotFoundException.class)
                .hasMessageContaining("there is no subscription s-1");
        assertThat(send("voice:subscribe?operation=end&subscriptionId=s-1", null).getException())
                .isInstanceOf(VoiceSubscriptionNotFoundException.class);
    }

    @Test
    void aDocumentAsBody() {
        well(send("voice:subscribe?event=dialog", "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\"" + A
                + "\"/></list></resource-lists>"));
        assertThat(engine.subscriptions.asked.get(0).resources()).containsExactly(new SubscriptionRequest.Resource(A, null));
    }

    @Test
    void headersOverride() {
        Instant until = Instant.parse("2031-01-01T00:00:00Z");
        well(send("voice:subscribe:bob@x?subscription=mine", null, VoiceConstants.EVENT_PACKAGE, "reg", VoiceConstants.RESOURCES, A, VoiceConstants.EXPIRES,
                "10m", VoiceConstants.ACCEPT_TYPES, "application/reginfo+xml", VoiceConstants.SUBSCRIPTION_UNTIL, "2031-01-01T01:00:00+01:00", VoiceConstants.FROM,
                "sip:me@y", VoiceConstants.OUTBOUND_PROXY, "sip:proxy"));
        SubscriptionRequest asked = engine.subscriptions.asked.get(0);
        assertThat(asked.id()).isEqualTo("mine");
        assertThat(asked.event()).isEqualTo("reg");
        assertThat(asked.resources()).containsExactly(new SubscriptionRequest.Resource(A, null));
        assertThat(asked.expires()).isEqualTo(600);
        assertThat(asked.accept()).containsExactly("application/reginfo+xml");
        assertThat(asked.until()).isEqualTo(until);
        assertThat(asked.from()).isEqualTo("sip:me@y");
        assertThat(asked.outboundProxy()).isEqualTo("sip:proxy");
    }

    @Test
    void whatAnExchangeIsAboutIsNotWhatIsWatched() {
        well(send("voice:subscribe:bob@x?event=dialog", null, VoiceConstants.EVENT_PACKAGE, "presence", VoiceConstants.RESOURCE, A));
        assertThat(engine.subscriptions.asked.get(0).event()).isEqualTo("dialog");
        assertThat(engine.subscriptions.asked.get(0).resources()).containsExactly(new SubscriptionRequest.Resource("sip:bob@x", null));
    }

    @Test
    void fetch() {
        Exchange fetched = well(send("voice:subscribe:bob@x?operation=fetch&event=presence", null));
        assertThat(engine.subscriptions.asked.get(0).expires()).isZero();
        assertThat(fetched.getMessage().getBody(SubscriptionInfo.class).resources()).hasSize(1);
    }

    @Test
    void publish() {
        well(send("voice:subscribe:alice?operation=publish&event=message-summary&expires=1h", MessageSummary.voice(null, 2, 1)));
        well(send("voice:subscribe?operation=publish&event=message-summary&contentType=application/simple-message-summary", SUMMARY,
                VoiceConstants.RESOURCE, "bob"));
        well(send("voice:subscribe:bob?operation=publish&event=message-summary", null));
        assertThat(engine.notifier.published).hasSize(3);
        assertThat(engine.notifier.published.get(0)).startsWith("message-summary alice application/simple-message-summary Messages-Waiting: yes")
                .endsWith(" 3600");
        assertThat(engine.notifier.published.get(1)).isEqualTo("message-summary bob application/simple-message-summary " + SUMMARY + " 0");
        assertThat(engine.notifier.published.get(2)).isEqualTo("message-summary bob null null 0");
        engine.notifier.wrong = new IllegalArgumentException("not a resource of ours: x");
        assertThat(send("voice:subscribe:x?operation=publish&event=reg", null).getException()).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining("not a resource of ours: x");
        assertThat(send("voice:subscribe:x?operation=publish&event=reg", "text").getException()).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining("give the option contentType or the header CamelVoiceContentType");
    }

    @Test
    void oneEndpointForMany() throws Exception {
        yaml(route("direct:watch", "- toD: \"voice:subscribe:${header.who}?operation=create&event=${header.what}\"").replace("id: r", "id: w"));
        int before = context.getEndpoints().size();
        for (String who : List.of("alice@x", "bob@x")) {
            template.sendBodyAndHeaders("direct:watch", null, new HashMap<>(Map.of("who", who, "what", "dialog")));
        }
        assertThat(engine.subscriptions.asked).extracting(asked -> asked.resources().get(0).uri()).containsExactly("sip:alice@x", "sip:bob@x");
        assertThat(context.getEndpoints().size()).isEqualTo(before + 1);
        yaml(route("direct:read", "- toD: \"voice:subscribe?operation=create&event=dialog&resources=${header.list}\"").replace("id: r", "id: v"));
        Exchange read = send("direct:read", null, "list", "file:/etc/passwd");
        assertThat(read.getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining("must be a sip:, sips: or tel: URI");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "BAD_REQUEST | VoiceRequestException",
        "NOT_FOUND | VoiceSubscriptionNotFoundException",
        "TOO_MANY | VoiceOverloadedException",
        "UNAVAILABLE | VoiceUnavailableException",
    })
    void failures(SubscriptionException.Kind kind, String type) {
        engine.subscriptions.failure = new SubscriptionException(kind, "so it is");
        Exception failure = send("voice:subscribe:alice@x?event=dialog", null).getException();
        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure).hasMessage("so it is");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "voice:subscribe?operation=dance | voice:subscribe has no operation 'dance'; there are [create, get, list, change, end, fetch, publish, accept,",
        "voice:subscribe?operation=list&event=dialog | voice:subscribe?operation=list has no option event",
        "voice:subscribe?operation=get&resources=x | voice:subscribe?operation=get has no option resources",
        "voice:subscribe?operation=fetch&expires=5m | voice:subscribe?operation=fetch has no option expires",
        "voice:subscribe:a@x?operation=end | operation=end has no target: a@x",
        "voice:subscribe?keep=1h | a producer of voice:subscribe has no option keep: it belongs to a consumer of voice:subscribe with resources",
        "voice:subscribe?body=raw | a producer of voice:subscribe has no option body",
        "voice:subscribe?operation=refuse&code=200 | code must be 300 to 699: 200",
        "voice:subscribe?operation=create&expires=x | expires must be milliseconds or a time such as 30s: x",
        "voice:subscribe?subscription=a b | subscription must be 1 to 64 letters, digits and hyphens: a b",
    })
    void mistakes(String uri, String message) {
        assertThatThrownBy(() -> yaml(route("direct:x", "- to: \"" + uri + "\""))).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "voice:subscribe?operation=create | give the option event or the header CamelVoiceEventPackage",
        "voice:subscribe?event=dialog | whose state? Set the option resources, a target, the header CamelVoiceResources or the body",
        "voice:subscribe?operation=get | give the option subscriptionId or the header CamelVoiceSubscriptionId",
        "voice:subscribe?operation=publish&event=x | whose state? Give a target or the header CamelVoiceResource",
        "voice:subscribe?operation=accept | give the header CamelVoiceWatcherId",
    })
    void whatIsMissing(String uri, String message) {
        assertThat(send(uri, null).getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining(message);
    }

    // ---- those who watch us

    private static WatcherRequest wish(String id, String event, String watcher) {
        return new WatcherRequest(id, event, "sip:100@pbx.example.com", watcher, "", "door", "udp", new InetSocketAddress("127.0.0.1", 5070), 600,
                List.of(), SipHeaders.of("Subject", "watching"), List.of("sip:100@pbx.example.com"));
    }

    private void decided(String... what) {
        org.awaitility.Awaitility.await().pollInterval(java.time.Duration.ofMillis(5))
                .untilAsserted(() -> assertThat(engine.notifier.decided).containsExactly(what));
    }

    @Test
    void aRouteDecidesAboutWatchers() throws Exception {
        yaml(route("voice:subscribe?incoming=watchers&event=dialog,presence", "- choice:\n    when:\n"
                + "      - simple: \"${header.CamelVoiceWatcher} == 'sip:friend@x'\"\n        steps:\n          - to: \"voice:subscribe?operation=accept\"\n"
                + "      - simple: \"${header.CamelVoiceWatcher} == 'sip:foe@x'\"\n        steps:\n"
                + "          - to: \"voice:subscribe?operation=refuse&code=603&phrase=Never\"\n"
                + "      - simple: \"${header.CamelVoiceWatcher} == 'sip:later@x'\"\n        steps:\n"
                + "          - setHeader: { name: CamelVoiceWatcherDecision, constant: pend }\n"
                + "      - simple: \"${header.CamelVoiceWatcher} == 'sip:odd@x'\"\n        steps:\n"
                + "          - setHeader: { name: CamelVoiceWatcherDecision, constant: maybe }\n"
                + "      - simple: \"${header.CamelVoiceWatcher} == 'sip:bad@x'\"\n        steps:\n"
                + "          - throwException: { exceptionType: java.lang.IllegalStateException, message: no }\n"
                + "- to: \"mock:out\""));
        assertThat(engine.notifier.asks(wish("w1", "dialog", "sip:friend@x"))).isTrue();
        decided("w1 ACCEPT 200");
        engine.notifier.asks(wish("w2", "dialog", "sip:foe@x"));
        decided("w1 ACCEPT 200", "w2 REJECT 603 Never");
        engine.notifier.asks(wish("w3", "presence", "sip:later@x"));
        decided("w1 ACCEPT 200", "w2 REJECT 603 Never", "w3 PEND 200");
        engine.notifier.decided.clear();
        engine.notifier.asks(wish("w4", "presence", "sip:who@x"));
        decided("w4 REJECT 403");
        engine.notifier.asks(wish("w5", "presence", "sip:odd@x"));
        decided("w4 REJECT 403", "w5 REJECT 500");
        engine.notifier.asks(wish("w6", "presence", "sip:bad@x"));
        decided("w4 REJECT 403", "w5 REJECT 500", "w6 REJECT 500");
        assertThat(engine.notifier.asks(wish("w7", "message-summary", "sip:friend@x"))).isFalse();
        Exchange first = getMockEndpoint("mock:out").getExchanges().get(0);
        assertThat(header(first, VoiceConstants.EVENT_PACKAGE)).isEqualTo("dialog");
        assertThat(header(first, VoiceConstants.RESOURCE)).isEqualTo("sip:100@pbx.example.com");
        assertThat(header(first, VoiceConstants.AUTHENTICATED_USER)).isEqualTo("door");
        assertThat(header(first, VoiceConstants.REMOTE_ADDRESS)).isEqualTo("127.0.0.1:5070");
        assertThat(header(first, VoiceConstants.SIP_HEADER + "Subject")).isEqualTo("watching");
        VoiceWatchersConsumer consumer = (VoiceWatchersConsumer) context.getRoute("r").getConsumer();
        assertThat(consumer.getRequestedWatchers()).isEqualTo(6);
        assertThat(consumer.getUndecidedWatchers()).isEqualTo(1);
        context.getRouteController().suspendRoute("r");
        assertThat(engine.notifier.asks(wish("w8", "dialog", "sip:friend@x"))).isFalse();
    }

    @Test
    void oneThatPendsIsDecidedAboutLater() {
        engine.notifier.watchers.add(new WatcherInfo("w9", "presence", "sip:100@x", 1, "sip:later@x", "", "127.0.0.1:5070", true, Instant.EPOCH,
                Instant.EPOCH, 0));
        well(send("voice:subscribe?operation=accept", null, VoiceConstants.WATCHER_ID, "w9"));
        assertThat(engine.notifier.decided).containsExactly("again w9 ACCEPT 200");
        assertThat(send("voice:subscribe?operation=refuse", null, VoiceConstants.WATCHER_ID, "w0").getException())
                .isInstanceOf(VoiceSubscriptionNotFoundException.class).hasMessageContaining("there is no watcher w0");
        Exchange listed = well(send("voice:subscribe?operation=watchers", null));
        assertThat(listed.getMessage().getBody(String.class)).startsWith("[{\"watcherId\":\"w9\",\"event\":\"presence\"").contains("\"pending\":true");
    }

    @Test
    void publicationsOfOthers() throws Exception {
        yaml(route("voice:subscribe?incoming=publications&event=message-summary", "- to: \"mock:out\""));
        MockEndpoint out = getMockEndpoint("mock:out");
        out.expectedMessageCount(2);
        publishes("presence", "application/pidf+xml", "<x/>", 10);
        publishes("message-summary", MessageSummary.TYPE, SUMMARY, 3600);
        publishes("message-summary", null, "", 0);
        out.assertIsSatisfied();
        Exchange first = out.getExchanges().get(0);
        assertThat(first.getMessage().getBody()).isInstanceOf(EventState.class);
        assertThat(header(first, VoiceConstants.RAW_DOCUMENT)).isEqualTo(SUMMARY);
        assertThat(header(first, Exchange.CONTENT_TYPE)).isEqualTo(MessageSummary.TYPE);
        assertThat(header(first, VoiceConstants.WATCHER)).isEqualTo("sip:phone@x");
        assertThat(header(first, VoiceConstants.PUBLICATION_EXPIRES)).isEqualTo(3600);
        Exchange removed = out.getExchanges().get(1);
        assertThat(removed.getMessage().getBody()).isNull();
        assertThat(header(removed, VoiceConstants.PUBLICATION_EXPIRES)).isEqualTo(0);
    }

    private void publishes(String event, String contentType, String body, int expires) {
        engine.notifier.publishes(new Publication(event, "sip:100@x", "sip:phone@x", "", contentType, body.getBytes(StandardCharsets.UTF_8), expires,
                SipHeaders.none()));
    }
}
