package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.notifier.WatcherInfo;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.state.DialogInfo;
import io.github.camelvoice.subscription.state.EventState;
import io.github.camelvoice.subscription.state.MessageSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One Camel context watches what another one tells, with real SIP over loopback. */
class SubscribeEndToEndTest {

    @TempDir
    Path folder;
    private final List<Exchange> heard = new CopyOnWriteArrayList<>();
    private CamelContext server;
    private CamelContext client;

    @BeforeEach
    void start() throws Exception {
        server = context("s", 36000, "memory", new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:subscribe?incoming=watchers").routeId("watchers").choice()
                    .when(header(VoiceConstants.RESOURCE).contains("secret")).to("voice:subscribe?operation=refuse&code=403")
                    .otherwise().to("voice:subscribe?operation=accept");
                from("voice:call?called=hello").to("voice:call?operation=answer");
            }
        });
    }

    private CamelContext context(String node, int rtp, String store, RouteBuilder routes) throws Exception {
        CamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeout(10);
        VoiceComponent component = new VoiceComponent();
        component.setNodeId(node);
        component.setSipPort(0);
        component.setRtpPorts(rtp + "-" + (rtp + 1000));
        component.setRecordingsDir(folder.resolve(node).toString());
        component.setDrainTimeout(100);
        component.setStore(store);
        component.setNotifyInterval(0);
        if (!store.equals("memory")) {
            component.setDataDir(folder.resolve("data-" + node).toString());
        }
        context.addComponent("voice", component);
        context.addRoutes(routes);
        context.start();
        return context;
    }

    @AfterEach
    void stop() {
        if (client != null) {
            client.stop();
        }
        server.stop();
    }

    private String at(String user) {
        return "sip:" + user + "@127.0.0.1:" + server.getComponent("voice", VoiceComponent.class).runningEngine().ports().get("udp");
    }

    private void watch(String options) throws Exception {
        client = context("c", 38000, "h2", new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:subscribe?" + options).routeId("watch").process(exchange -> heard.add(exchange.copy()));
            }
        });
    }

    private void publish(String user, EventState state) {
        server.createProducerTemplate().sendBody("voice:subscribe:" + user + "?operation=publish&event=message-summary", state);
    }

    private Exchange heard(int index) {
        await().until(() -> heard.size() > index);
        return heard.get(index);
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }

    private SubscriptionInfo subscription() {
        return ((VoiceSubscribeConsumer) client.getRoute("watch").getConsumer()).subscription();
    }

    private List<WatcherInfo> watchers() {
        return server.getComponent("voice", VoiceComponent.class).runningEngine().notifier().watchers();
    }

    @Test
    void messagesThatWaitAndARestart() throws Exception {
        publish("7", MessageSummary.voice(null, 2, 1));
        publish("8", MessageSummary.voice(null, 0, 1));
        String options = "event=message-summary&lists=never&resources=" + at("7") + "," + at("8");
        watch(options);
        heard(1);
        assertThat(heard).extracting(each -> header(each, VoiceConstants.RESOURCE)).containsExactlyInAnyOrder(at("7"), at("8"));
        assertThat(heard).allSatisfy(each -> assertThat(each.getMessage().getBody()).isInstanceOf(MessageSummary.class));
        publish("7", MessageSummary.voice(null, 3, 1));
        Exchange third = heard(2);
        assertThat(third.getMessage().getBody(MessageSummary.class).counts().get("voice-message").fresh()).isEqualTo(3);
        assertThat(header(third, VoiceConstants.SUBSCRIPTION_STATE)).isEqualTo("active");
        String id = subscription().id();
        await().until(() -> subscription().told() == subscription().version());
        client.stop();
        publish("8", MessageSummary.voice(null, 5, 1));
        heard.clear();
        watch(options);
        Exchange missed = heard(0);
        assertThat(header(missed, VoiceConstants.RESOURCE)).isEqualTo(at("8"));
        assertThat(header(missed, VoiceConstants.SUBSCRIPTION_ID)).isEqualTo(id);
        assertThat(missed.getMessage().getBody(MessageSummary.class).counts().get("voice-message").fresh()).isEqualTo(5);
        await().until(() -> subscription().resources().stream().allMatch(resource -> resource.trouble() == null)
                && watchers().stream().filter(watcher -> watcher.told() > 0).map(WatcherInfo::resource).distinct().count() == 2);
        publish("7", MessageSummary.voice(null, 4, 1));
        Exchange next = heard(1);
        assertThat(header(next, VoiceConstants.RESOURCE)).isEqualTo(at("7"));
        assertThat(heard).hasSize(2);
    }

    @Test
    void callsAsTheyComeAndGo() throws Exception {
        watch("event=dialog&resources=" + at("hello"));
        await().until(() -> !watchers().isEmpty());
        Exchange call = client.createProducerTemplate().send("voice:call:" + at("hello"), exchange -> { });
        assertThat(call.getException()).isNull();
        await().until(() -> heard.stream().anyMatch(each -> each.getMessage().getBody() instanceof DialogInfo info
                && info.dialogs().stream().anyMatch(dialog -> dialog.state() == DialogInfo.State.CONFIRMED)));
        client.createProducerTemplate().sendBodyAndHeaders("voice:call?operation=hangup", null,
                Map.of(VoiceConstants.CALL_ID, header(call, VoiceConstants.CALL_ID)));
        await().until(() -> heard.get(heard.size() - 1).getMessage().getBody() instanceof DialogInfo info && info.dialogs().isEmpty());
        assertThat(header(heard.get(heard.size() - 1), VoiceConstants.CHANGED_STATE)).isInstanceOfSatisfying(DialogInfo.class, changed ->
                assertThat(changed.dialogs()).extracting(DialogInfo.Dialog::state).contains(DialogInfo.State.TERMINATED));
    }

    @Test
    void whatIsForbidden() throws Exception {
        watch("event=message-summary&resources=" + at("secret"));
        Exchange refused = heard(0);
        assertThat(header(refused, VoiceConstants.SUBSCRIPTION_STATE)).isEqualTo("terminated");
        HealthCheck check = ((VoiceSubscribeConsumer) client.getRoute("watch").getConsumer()).getHealthCheck();
        await().until(() -> check.call().getState() == HealthCheck.State.DOWN);
        assertThat(check.call().getMessage().orElseThrow()).contains("403");
    }

    @Test
    void askedOnce() throws Exception {
        publish("9", MessageSummary.voice(null, 1, 0));
        watch("event=dialog");
        Exchange fetched = client.createProducerTemplate().send("voice:subscribe:" + at("9") + "?operation=fetch&event=message-summary", exchange -> { });
        assertThat(fetched.getException()).isNull();
        SubscriptionInfo info = fetched.getMessage().getBody(SubscriptionInfo.class);
        assertThat(info.resources().get(0).instances()).singleElement()
                .satisfies(instance -> assertThat(instance.full()).isInstanceOf(MessageSummary.class));
        assertThat(fetched.getMessage().getBody(String.class)).contains("\"messagesWaiting\":true");
        assertThat(client.getComponent("voice", VoiceComponent.class).runningEngine().subscriptions().list(null)).isEmpty();
    }

    @Test
    void aLifeByProducers() throws Exception {
        publish("7", MessageSummary.voice(null, 2, 1));
        watch("event=message-summary&body=json");
        Exchange made = client.createProducerTemplate().send("voice:subscribe:" + at("7") + "?event=message-summary", exchange -> { });
        assertThat(made.getException()).isNull();
        Exchange told = heard(0);
        assertThat(told.getMessage().getBody(String.class)).contains("\"resource\":\"" + at("7") + "\"").contains("\"messagesWaiting\":true");
        Object id = header(made, VoiceConstants.SUBSCRIPTION_ID);
        assertThat(header(told, VoiceConstants.SUBSCRIPTION_ID)).isEqualTo(id);
        Exchange ended = client.createProducerTemplate().send("voice:subscribe?operation=end",
                exchange -> exchange.getMessage().setHeader(VoiceConstants.SUBSCRIPTION_ID, id));
        assertThat(ended.getException()).isNull();
        await().until(() -> watchers().isEmpty());
    }
}
