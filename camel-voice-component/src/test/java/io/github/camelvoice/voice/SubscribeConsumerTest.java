package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.subscription.SubscriptionException;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.state.DialogInfo;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.util.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;

/** voice:subscribe as a consumer: changes of a subscription of its own, or of those of others. */
class SubscribeConsumerTest extends VoiceRouteTest {

    private static final String A = "sip:alice@example.com";
    private static final String B = "sip:bob@example.com";
    private static final String DIALOGS = "application/dialog-info+xml";

    private FakeSubscriptions subscriptions() {
        return engine.subscriptions;
    }

    private static String dialogs(String entity, int version, String state) {
        return "<?xml version=\"1.0\"?><dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + version + "\" state=\"full\" entity=\""
                + entity + "\"><dialog id=\"d1\"><state>" + state + "</state></dialog></dialog-info>";
    }

    private MockEndpoint subscribe(String options) throws Exception {
        yaml(route("voice:subscribe" + options, "- to: \"mock:out\""));
        return getMockEndpoint("mock:out");
    }

    private String id() {
        return subscriptions().asked.get(0).id();
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }

    @Test
    void oneExchangeAChange() throws Exception {
        MockEndpoint out = subscribe("?event=dialog&resources=alice@example.com,sip:bob@example.com&expires=10m&accept=" + DIALOGS
                + "&lists=never&username=u&password=RAW(p%&)&outboundProxy=sip:proxy.example.com&from=watcher");
        SubscriptionRequest asked = subscriptions().asked.get(0);
        assertThat(asked.event()).isEqualTo("dialog");
        assertThat(asked.resources()).extracting(SubscriptionRequest.Resource::uri).containsExactly(A, B);
        assertThat(asked.expires()).isEqualTo(600);
        assertThat(asked.accept()).containsExactly(DIALOGS);
        assertThat(asked.lists()).isEqualTo(SubscriptionRequest.Lists.NEVER);
        assertThat(asked.from()).isEqualTo("sip:watcher@127.0.0.1:5060");
        assertThat(asked.outboundProxy()).isEqualTo("sip:proxy.example.com");
        assertThat(asked.access().password()).isEqualTo("p%&");
        assertThat(asked.id()).startsWith("r-");
        out.expectedMessageCount(1);
        subscriptions().tells(id(), A, DIALOGS, dialogs(A, 0, "confirmed"));
        out.assertIsSatisfied();
        Exchange exchange = out.getExchanges().get(0);
        assertThat(exchange.getMessage().getBody()).isInstanceOfSatisfying(DialogInfo.class, info -> assertThat(info.dialogs()).hasSize(1));
        assertThat(exchange.getMessage().getBody(String.class)).contains("\"confirmed\"");
        assertThat(exchange.getMessage().getBody(Map.class)).containsKey("dialogs");
        assertThat(exchange.getMessage().getBody(Document.class).getDocumentElement().getLocalName()).isEqualTo("dialog-info");
        assertThat(header(exchange, VoiceConstants.SUBSCRIPTION_ID)).isEqualTo(id());
        assertThat(header(exchange, VoiceConstants.EVENT_PACKAGE)).isEqualTo("dialog");
        assertThat(header(exchange, VoiceConstants.RESOURCE)).isEqualTo(A);
        assertThat(header(exchange, VoiceConstants.STATE_CHANGE)).isEqualTo(2L);
        assertThat(header(exchange, VoiceConstants.SUBSCRIPTION_STATE)).isEqualTo("active");
        assertThat(header(exchange, VoiceConstants.CHANGED_STATE)).isInstanceOf(DialogInfo.class);
        assertThat(header(exchange, VoiceConstants.RAW_DOCUMENT)).isEqualTo(dialogs(A, 0, "confirmed"));
        assertThat(header(exchange, Exchange.CONTENT_TYPE)).isEqualTo(DIALOGS);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKeys(VoiceConstants.STATE_SKIPPED, VoiceConstants.STATE_CAUGHT_UP,
                VoiceConstants.SUBSCRIPTION_REASON);
    }

    @Test
    void terminated() throws Exception {
        MockEndpoint out = subscribe(":alice@example.com?event=dialog");
        out.expectedMessageCount(1);
        subscriptions().ends(id(), A, "noresource");
        out.assertIsSatisfied();
        Exchange exchange = out.getExchanges().get(0);
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(header(exchange, VoiceConstants.SUBSCRIPTION_STATE)).isEqualTo("terminated");
        assertThat(header(exchange, VoiceConstants.SUBSCRIPTION_REASON)).isEqualTo("noresource");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "changed | application/dialog-info+xml | dialog-info",
        "raw     | application/dialog-info+xml | <?xml version",
        "json    | application/json            | {\"subscriptionId\":\"x\",\"number\":2,\"event\":\"dialog\",\"resource\":\"sip:alice@example.com\"",
    })
    void theFormOfTheBody(String form, String contentType, String begin) throws Exception {
        MockEndpoint out = subscribe(":alice@example.com?event=dialog&subscription=x&body=" + form);
        out.expectedMessageCount(1);
        subscriptions().tells("x", A, DIALOGS, dialogs(A, 0, "early"));
        out.assertIsSatisfied();
        Exchange exchange = out.getExchanges().get(0);
        assertThat(header(exchange, Exchange.CONTENT_TYPE)).isEqualTo(contentType);
        assertThat(form.equals("changed") ? exchange.getMessage().getBody(DialogInfo.class).document() : exchange.getMessage().getBody(String.class))
                .contains(begin);
    }

    @Test
    void whatTheRouteHadBeforeARestartDoesNotComeAgain() throws Exception {
        MockEndpoint out = subscribe("?event=dialog&resources=" + A + "," + B);
        subscriptions().tells(id(), A, DIALOGS, dialogs(A, 0, "early"));
        subscriptions().tells(id(), B, DIALOGS, dialogs(B, 0, "early"));
        eventually(() -> subscriptions().get(id()).orElseThrow().told() == 3);
        assertThat(out.getReceivedCounter()).isEqualTo(2);
        FakeSubscriptions kept = subscriptions();
        String id = id();
        context.stop();
        assertThat(kept.ended).isEmpty();
        kept.tells(id, B, DIALOGS, dialogs(B, 1, "confirmed"));
        kept.tells(id, B, DIALOGS, dialogs(B, 2, "trying"));
        FakeEngine next = new FakeEngine();
        next.subscriptions = kept;
        try (CamelContext again = new DefaultCamelContext()) {
            again.addComponent("voice", next.component());
            org.apache.camel.support.PluginHelper.getRoutesLoader(again).loadRoutes(org.apache.camel.support.ResourceHelper.fromString("t.yaml",
                    route("voice:subscribe?event=dialog&resources=" + A + "," + B, "- to: \"mock:out\"")));
            again.start();
            MockEndpoint after = again.getEndpoint("mock:out", MockEndpoint.class);
            eventually(() -> after.getReceivedCounter() == 1);
            kept.tells(id, A, DIALOGS, dialogs(A, 1, "confirmed"));
            eventually(() -> after.getReceivedCounter() == 2);
            Exchange first = after.getExchanges().get(0);
            assertThat(header(first, VoiceConstants.RESOURCE)).isEqualTo(B);
            assertThat(header(first, VoiceConstants.STATE_CHANGE)).isEqualTo(5L);
            assertThat(header(first, VoiceConstants.STATE_CAUGHT_UP)).isEqualTo(true);
            assertThat(first.getMessage().getBody(String.class)).contains("trying");
            assertThat(header(after.getExchanges().get(1), VoiceConstants.RESOURCE)).isEqualTo(A);
            assertThat(kept.asked).hasSize(2).allMatch(request -> request.id().equals(id));
        }
        assertThat(kept.ended).isEmpty();
    }

    @Test
    void otherResourcesChangeTheSubscriptionOtherOptionsMakeItAnew() throws Exception {
        subscribe("?event=dialog&subscription=s&resources=" + A);
        context.getRouteController().stopRoute("r");
        context.removeRoute("r");
        subscribe("?event=dialog&subscription=s&resources=" + A + "," + B);
        assertThat(subscriptions().edits.get(subscriptions().edits.size() - 1).resources()).hasSize(2);
        assertThat(subscriptions().ended).isEmpty();
        context.getRouteController().stopRoute("r");
        context.removeRoute("r");
        subscribe("?event=dialog&subscription=s&expires=1h&resources=" + A);
        assertThat(subscriptions().ended).containsExactly("s");
        assertThat(subscriptions().get("s").orElseThrow().resources()).hasSize(1);
    }

    @Test
    void aSubscriptionThatEndsWithItsConsumer() throws Exception {
        subscribe(":alice@example.com?event=dialog&keep=0&subscription=short");
        context.getRouteController().stopRoute("r");
        assertThat(subscriptions().ended).containsExactly("short");
    }

    @Test
    void thoseOfOthers() throws Exception {
        MockEndpoint out = subscribe("?event=dialog,reg&body=json");
        template.sendBody("voice:subscribe?operation=create&event=dialog&resources=" + A, null);
        template.sendBody("voice:subscribe?operation=create&event=presence&resources=" + A, null);
        out.expectedMessageCount(1);
        subscriptions().tells("s-2", A, "application/pidf+xml", "<presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"" + A + "\"/>");
        subscriptions().tells("s-1", A, DIALOGS, dialogs(A, 0, "early"));
        out.assertIsSatisfied();
        assertThat(header(out.getExchanges().get(0), VoiceConstants.SUBSCRIPTION_ID)).isEqualTo("s-1");
    }

    @Test
    void whileTheRouteIsSuspendedTheNewestWins() throws Exception {
        MockEndpoint out = subscribe("?event=dialog&queueSize=1&subscription=s&resources=" + A + "," + B);
        context.getRouteController().suspendRoute("r");
        for (int version = 0; version < 5; version++) {
            subscriptions().tells("s", A, DIALOGS, dialogs(A, version, version % 2 == 0 ? "early" : "confirmed"));
        }
        subscriptions().tells("s", B, DIALOGS, dialogs(B, 0, "trying"));
        out.expectedMessageCount(2);
        context.getRouteController().resumeRoute("r");
        out.assertIsSatisfied();
        Exchange first = out.getExchanges().stream().filter(each -> A.equals(header(each, VoiceConstants.RESOURCE))).findFirst().orElseThrow();
        assertThat(header(first, VoiceConstants.STATE_CHANGE)).isEqualTo(6L);
        assertThat(header(first, VoiceConstants.STATE_SKIPPED)).isEqualTo(4L);
        eventually(() -> subscriptions().get("s").orElseThrow().told() == 7);
    }

    @Test
    void severalThreadsKeepTheOrderOfAResource() throws Exception {
        subscribe("?event=dialog&concurrentConsumers=4&subscription=s&resources=" + A + "," + B);
        MockEndpoint out = getMockEndpoint("mock:out");
        CountDownLatch both = new CountDownLatch(2);
        out.whenAnyExchangeReceived(exchange -> {
            if (((Long) header(exchange, VoiceConstants.STATE_CHANGE)) <= 3) {
                both.countDown();
                assertThat(both.await(5, TimeUnit.SECONDS)).isTrue();
            }
        });
        subscriptions().tells("s", A, DIALOGS, dialogs(A, 0, "early"));
        subscriptions().tells("s", B, DIALOGS, dialogs(B, 0, "early"));
        for (int version = 1; version < 20; version++) {
            subscriptions().tells("s", A, DIALOGS, dialogs(A, version, version % 2 == 0 ? "early" : "confirmed"));
        }
        eventually(() -> out.getReceivedCounter() == 21);
        assertThat(out.getExchanges().stream().filter(each -> A.equals(header(each, VoiceConstants.RESOURCE)))
                .map(each -> (Long) header(each, VoiceConstants.STATE_CHANGE)).toList()).isSorted().hasSize(20);
        eventually(() -> subscriptions().get("s").orElseThrow().told() == 22);
    }

    @Test
    void aRouteThatFailsHasTheNext() throws Exception {
        MockEndpoint out = subscribe(":alice@example.com?event=dialog&subscription=s");
        out.whenExchangeReceived(1, exchange -> {
            throw new IllegalStateException("no");
        });
        subscriptions().tells("s", A, DIALOGS, dialogs(A, 0, "early"));
        subscriptions().tells("s", A, DIALOGS, dialogs(A, 1, "confirmed"));
        eventually(() -> out.getReceivedCounter() == 2);
        VoiceSubscribeConsumer consumer = (VoiceSubscribeConsumer) context.getRoute("r").getConsumer();
        eventually(() -> consumer.getConsumedChanges() == 2);
        assertThat(consumer.getFailedChanges()).isEqualTo(1);
        assertThat(consumer.getSubscriptionId()).isEqualTo("s");
    }

    @Test
    void health() throws Exception {
        subscribe(":alice@example.com?event=dialog&subscription=s");
        assertThat(check().getState()).isEqualTo(HealthCheck.State.UP);
        subscriptions().troubled("s", SubscriptionInfo.State.PENDING, "503 Service Unavailable; next try in 30 s");
        HealthCheck.Result down = check();
        assertThat(down.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(down.getMessage()).hasValue(A + ": 503 Service Unavailable; next try in 30 s");
        assertThat(down.getCheck().isReadiness()).isTrue();
        subscriptions().end("s");
        assertThat(check().getMessage()).hasValue("the subscription was ended");
    }

    private HealthCheck.Result check() {
        return ((VoiceSubscribeConsumer) context.getRoute("r").getConsumer()).getHealthCheck().call();
    }

    @Test
    void theConsoleShowsThem() throws Exception {
        subscribe(":alice@example.com?event=dialog&subscription=shown");
        VoiceDevConsole console = new VoiceDevConsole();
        console.setCamelContext(context);
        JsonObject json = (JsonObject) console.doCallJson(Map.of());
        assertThat(json.toJson()).contains("\"subscriptionId\":\"shown\"").contains("\"subscription\":\"shown\"");
        assertThat(console.doCallText(Map.of())).contains("subscription {").contains("shown");
    }

    @Test
    void aSubscriptionThatIsRefusedIsNoRoute() {
        subscriptions().failure = new SubscriptionException(SubscriptionException.Kind.TOO_MANY, "the account has 10 subscriptions already");
        assertThatThrownBy(() -> subscribe(":alice@example.com?event=dialog")).hasStackTraceContaining("the account has 10 subscriptions already");
        subscriptions().failure = null;
    }

    @Test
    void twoOfTheSameName() throws Exception {
        subscribe(":alice@example.com?event=dialog&subscription=s");
        assertThatThrownBy(() -> yaml(route("voice:subscribe:bob@example.com?event=dialog&subscription=s", "- to: \"mock:out\"").replace("id: r", "id: q")))
                .hasStackTraceContaining("two consumers of voice:subscribe have the subscription 's'");
        assertThat(subscriptions().asked).hasSize(1);
    }

    @Test
    void anotherNodeWatches() throws Exception {
        subscriptions().elsewhere = true;
        MockEndpoint out = subscribe(":alice@example.com?event=dialog&subscription=s");
        assertThat(check().getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(check().getDetails()).containsEntry("subscription.state", "another node watches");
        subscriptions().tells("s", A, DIALOGS, dialogs(A, 0, "early"));
        eventually(() -> out.getReceivedCounter() == 1);
        subscriptions().elsewhere = false;
        subscriptions().told("s", 0);
        subscriptions().takenUp("s");
        subscriptions().tells("s", A, DIALOGS, dialogs(A, 1, "confirmed"));
        eventually(() -> out.getReceivedCounter() >= 2);
    }

    @Test
    void theLease() throws Exception {
        subscribe(":alice@example.com?event=dialog&subscription=s&keep=2h");
        assertThat(subscriptions().asked.get(0).until()).isEqualTo(engine.timers.now().plus(Duration.ofHours(2)));
        context.getRouteController().stopRoute("r");
        engine.timers.advance(Duration.ofMinutes(30));
        context.getRouteController().startRoute("r");
        assertThat(subscriptions().get("s").orElseThrow().until()).isEqualTo(engine.timers.now().plus(Duration.ofHours(2)));
    }

    @Test
    void resourcesOfADocument() throws Exception {
        context.getRegistry().bind("team", "<resource-lists xmlns=\"urn:ietf:params:xml:ns:resource-lists\"><list><entry uri=\"" + A
                + "\"><display-name>Alice</display-name></entry><list><entry uri=\"" + B + "\"/></list></list></resource-lists>");
        subscribe("?event=dialog&subscription=s&resources=ref:team");
        assertThat(subscriptions().asked.get(0).resources()).containsExactly(new SubscriptionRequest.Resource(A, "Alice"),
                new SubscriptionRequest.Resource(B, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "?event=dialog&resources=classpath:nothing.xml | resources: classpath:nothing.xml cannot be read",
        "?event=dialog&resources=http://example.com/x | target http://example.com/x must be a sip:, sips: or tel: URI, or user@host",
        "?event=dialog&resources=, | resources names nobody",
        "?event=a b&resources=sip:a@x | event: not the name of an event package: a b",
        "?resources=sip:a@x | a consumer of voice:subscribe with resources needs the option event",
        ":a@x?event=dialog&resources=sip:a@x | give one of resources and a target in the path: a@x",
        "?event=dialog&resources=sip:a@x&keep=5s | keep must be 0, or a minute or more: 5000 ms",
        "?event=dialog&resources=sip:a@x&keep=soon | keep must be milliseconds or a time such as 30s: soon",
        "?event=dialog&resources=sip:a@x&expires=-1 | expires must be 0, or a second or more: -1 ms",
        "?event=dialog&resources=sip:a@x&expires=5 | expires must be 0, or a second or more: 5 ms",
        "?event=dialog&resources=sip:a@x&lists=perhaps | lists has no value 'perhaps'; there are [auto, always, never]",
        "?event=dialog&resources=sip:a@x&body=xml | body has no value 'xml'; there are [full, changed, raw, json]",
        "?event=dialog&resources=sip:a@x&accept=xml | accept must be media types, separated by commas: xml",
        "?event=dialog&resources=sip:a@x&username=u | username and password belong together",
        "?event=dialog&resources=sip:a@x&subscription=a_b | subscription must be 1 to 64 letters, digits and hyphens: a_b",
        "?event=dialog&resources=sip:a@x&queueSize=0 | concurrentConsumers must be 1 or more, and queueSize not less than it",
        "?event=dialog&resources=sip:a@x&subscriptionId=x | a consumer of voice:subscribe with resources has no option subscriptionId",
        "?event=dialog&expires=1h | a consumer of voice:subscribe without resources has no option expires",
        "?keep=1h | a consumer of voice:subscribe without resources has no option keep",
        "?kinds=dtmf | a consumer of voice:subscribe without resources has no option kinds",
        "?incoming=calls | incoming has no value 'calls'; there are [watchers, publications]",
        "?incoming=watchers&keep=1h | voice:subscribe?incoming=watchers has no option keep",
        "?incoming=publications&refuseCode=403 | voice:subscribe?incoming=publications has no option refuseCode",
        "?incoming=watchers&refuseCode=200 | code must be 300 to 699: 200",
        ":a@x?incoming=watchers | a consumer has no target",
        "?operation=get | a consumer has no operation: get",
    })
    void mistakes(String options, String message) {
        assertThatThrownBy(() -> subscribe(options)).hasStackTraceContaining(message);
        assertThat(subscriptions().asked).isEmpty();
    }
}
