package io.github.camelvoice.notifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.CallCommand;
import io.github.camelvoice.call.PlaceCall;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.engine.EngineConfig;
import io.github.camelvoice.engine.EngineStartException;
import io.github.camelvoice.engine.SubscriptionOptions;
import io.github.camelvoice.engine.VoiceEngine;
import io.github.camelvoice.subscription.ChangeFilter;
import io.github.camelvoice.subscription.StateChange;
import io.github.camelvoice.subscription.SubscriptionInfo;
import io.github.camelvoice.subscription.SubscriptionRequest;
import io.github.camelvoice.subscription.SubscriptionRequest.Lists;
import io.github.camelvoice.subscription.SubscriptionSettings;
import io.github.camelvoice.subscription.WatcherCredentials;
import io.github.camelvoice.subscription.state.DialogInfo;
import io.github.camelvoice.subscription.state.MessageSummary;
import io.github.camelvoice.testkit.RawSip;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One engine watches another: our subscriber and our notifier, over the wire. */
class WatchedByAnotherEngineTest {

    private final List<StateChange> heard = new CopyOnWriteArrayList<>();
    private WatcherRig rig;
    private VoiceEngine watcher;

    @BeforeEach
    void start() throws EngineStartException {
        rig = new WatcherRig(options -> options, config -> config);
        SubscriptionSettings settings = SubscriptionSettings.DEFAULT.withListServers(Map.of("*", "sip:127.0.0.1:" + rig.port()));
        watcher = new VoiceEngine(EngineConfig.builder().nodeId("b").sipPort(0).rtpPorts(38000, 38100).subscriptions(
                SubscriptionOptions.STANDARD.withSettings(settings)
                        .withCredentials((account, domain) -> new WatcherCredentials.Access("alice", "secret"))).build());
        watcher.start();
        watcher.subscriptions().follow(ChangeFilter.ALL, heard::add);
    }

    @AfterEach
    void stop() {
        watcher.stop();
        rig.close();
    }

    private SubscriptionInfo watch(String event, Lists lists, String... users) throws Exception {
        List<SubscriptionRequest.Resource> resources = Arrays.stream(users).map(user -> new SubscriptionRequest.Resource(rig.uri(user), null)).toList();
        return watcher.subscriptions().create(new SubscriptionRequest(null, "default", event, resources, List.of(), 0, null, null, "test", lists, null, null,
                null)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void run(Call call, CallCommand command) throws Exception {
        call.execute(command).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void awaitChange(int number) {
        await().atMost(Duration.ofSeconds(10)).until(() -> heard.size() >= number);
    }

    @Test
    void aCallFromItsFirstToItsLastState() throws Exception {
        rig.phone.answering(request -> request.method().equals("INVITE") ? null : request.answer(200, "OK", ""));
        watch("dialog", Lists.NEVER, "carol");
        awaitChange(1);
        Call call = rig.engine.calls().place(new PlaceCall(new OutboundLeg("sip:x@127.0.0.1:" + rig.phone.port(), "sip:carol@127.0.0.1", null, null, null,
                null, 0, SipHeaders.none()), List.of(), Duration.ofSeconds(20), Duration.ofMinutes(1)));
        await().atMost(Duration.ofSeconds(10)).until(() -> states().contains(DialogInfo.State.TRYING));
        RawSip.Message invite = rig.phone.requests("INVITE").get(0);
        rig.phone.send(rig.port(), invite.answer(180, "Ringing", "Contact: <sip:raw@127.0.0.1:" + rig.phone.port() + ">\r\n").text());
        await().atMost(Duration.ofSeconds(10)).until(() -> states().contains(DialogInfo.State.EARLY));
        String sdp = "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio 40000 RTP/AVP 0\r\n";
        rig.phone.send(rig.port(), invite.answer(200, "OK", "Contact: <sip:raw@127.0.0.1:" + rig.phone.port() + ">\r\nContent-Type: application/sdp\r\n").text()
                .replace("Content-Length: 0\r\n\r\n", "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp));
        await().atMost(Duration.ofSeconds(10)).until(() -> states().contains(DialogInfo.State.CONFIRMED));
        run(call, new CallCommand.Hangup(null, SipHeaders.none()));
        await().atMost(Duration.ofSeconds(10)).until(() -> states().contains(DialogInfo.State.TERMINATED));
        assertThat(states()).containsSubsequence(DialogInfo.State.TRYING, DialogInfo.State.EARLY, DialogInfo.State.CONFIRMED, DialogInfo.State.TERMINATED);
    }

    private List<DialogInfo.State> states() {
        return heard.stream().map(StateChange::changed).filter(DialogInfo.class::isInstance).map(DialogInfo.class::cast)
                .flatMap(each -> each.dialogs().stream()).map(DialogInfo.Dialog::state).toList();
    }

    @Test
    void manyForOneSubscribe() throws Exception {
        rig.publish("presence", "u7", "application/pidf+xml", "<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:u7@x\">"
                + "<tuple id=\"t\"><status><basic>open</basic></status></tuple></presence>");
        String[] users = new String[40];
        Arrays.setAll(users, i -> "u" + i);
        SubscriptionInfo made = watch("presence", Lists.ALWAYS, users);
        await().atMost(Duration.ofSeconds(10)).until(() -> watcher.subscriptions().get(made.id()).orElseThrow().resources().stream()
                .allMatch(each -> each.instances().size() == 1 && each.instances().get(0).full() != null));
        assertThat(rig.notifier().watchers()).singleElement().satisfies(each -> assertThat(each.size()).isEqualTo(40));
        int before = heard.size();
        rig.publish("presence", "u9", "application/pidf+xml", "<?xml version=\"1.0\"?><presence xmlns=\"urn:ietf:params:xml:ns:pidf\" entity=\"sip:u9@x\">"
                + "<tuple id=\"t\"><status><basic>open</basic></status><note>back</note></tuple></presence>");
        awaitChange(before + 1);
        assertThat(heard.get(before).resource()).isEqualTo(rig.uri("u9"));
        assertThat(heard.get(before).instance().full().document()).contains("back");
        assertThat(heard).hasSize(before + 1);
        watcher.subscriptions().end(made.id()).toCompletableFuture().get(10, TimeUnit.SECONDS);
        await().atMost(Duration.ofSeconds(10)).until(() -> rig.notifier().watchers().isEmpty() && rig.engine.figures().watcherDialogs() == 0);
    }

    @Test
    void mailOfOneselfAndNotOfOthers() throws Exception {
        rig.mail("alice", 3);
        SubscriptionInfo made = watch("message-summary", Lists.NEVER, "alice", "bob");
        await().atMost(Duration.ofSeconds(10)).until(() -> heard.size() >= 2);
        SubscriptionInfo now = watcher.subscriptions().get(made.id()).orElseThrow();
        assertThat(now.resources().get(0).instances().get(0).full()).isInstanceOf(MessageSummary.class);
        assertThat(now.resources().get(0).instances().get(0).full().document()).contains("3/0");
        assertThat(now.resources().get(1).trouble()).contains("403");
    }
}
