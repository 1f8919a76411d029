package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.VoiceEvent;
import io.github.camelvoice.testkit.Baresip;
import io.github.camelvoice.testkit.Sipp;
import io.github.camelvoice.testkit.SippScenario;
import io.github.camelvoice.testkit.TestPki;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transfers on the wire: the flows of RFC 5589 with SIPp and baresip in each role. */
@Tag("peer")
class TransferPeersTest {

    private static final String[] FRAGMENT = {"Event: refer", "Subscription-State: active;expires=60", "Content-Type: message/sipfrag;version=2.0"};
    private static final String[] LAST = {"Event: refer", "Subscription-State: terminated;reason=noresource", "Content-Type: message/sipfrag;version=2.0"};

    @TempDir
    Path folder;
    private final List<CamelContext> contexts = new CopyOnWriteArrayList<>();
    private final List<VoiceEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private CamelContext context(String yaml, Consumer<VoiceComponent> options) throws Exception {
        CamelContext context = new DefaultCamelContext();
        contexts.add(context);
        context.getShutdownStrategy().setTimeout(10);
        VoiceComponent component = new VoiceComponent();
        component.setSipPort(0);
        component.setRtpPorts((42_000 + 1_000 * contexts.size()) + "-" + (42_999 + 1_000 * contexts.size()));
        component.setDrainTimeout(100);
        options.accept(component);
        context.addComponent("voice", component);
        context.start();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("voice:events").process(exchange -> events.add(exchange.getMessage().getBody(VoiceEvent.class)));
                from("direct:said").process(exchange -> said.add(exchange.getMessage().getBody(String.class)));
            }
        });
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString("routes.yaml", yaml));
        return context;
    }

    private static int port(CamelContext context) {
        return context.getComponent("voice", VoiceComponent.class).runningEngine().ports().get("udp");
    }

    @AfterEach
    void nothingIsLeft() {
        try {
            await().untilAsserted(() -> contexts.forEach(context -> assertThat(
                    context.getComponent("voice", VoiceComponent.class).runningEngine().calls().count()).isZero()));
        } finally {
            contexts.forEach(CamelContext::stop);
        }
    }

    private List<String> kinds() {
        return events.stream().map(event -> event.kind().label()).filter(kind -> kind.startsWith("transfer")).toList();
    }

    // ---- SIPp is asked to call somebody

    private static final String TRANSFERS = """
            - route:
                from:
                  uri: voice:call?called=hello
                  steps:
                    - to: voice:call?operation=answer
                    - doTry:
                        steps:
                          - to: voice:transfer:carol@127.0.0.1:9?mode=refer&notifyTimeout=@TIME@&username=alice&password=pw
                          - setBody: { simple: "${header.CamelVoiceTransferStatus} ${header.CamelVoiceReferCode} ${header.CamelVoiceNotifyCode}" }
                        doCatch:
                          - exception: [ io.github.camelvoice.voice.VoiceTransferFailedException ]
                            steps:
                              - setBody: { simple: "${exception.status} ${exception.referCode} ${exception.notifyCode}" }
                    - to: direct:said
            """;

    private static SippScenario talks() {
        return SippScenario.start().invite().maybe(100, 180).expect(200).ack()
                .takeRequest("REFER", "Refer-To: <sip:carol@127.0.0.1:9>.*Referred-By: <sip:hello@|Referred-By: <sip:hello@.*Refer-To: <sip:carol@127.0.0.1:9>");
    }

    private static SippScenario notifies(SippScenario scenario, String status, boolean last) {
        return scenario.request("NOTIFY", "SIP/2.0 " + status + "\n", last ? LAST : FRAGMENT).expect(200);
    }

    private void transferred(SippScenario scenario, String time, String result, String... kinds) throws Exception {
        CamelContext context = context(TRANSFERS.replace("@TIME@", time), component -> { });
        try (Sipp sipp = Sipp.in(folder).call("hello", port(context), scenario)) {
            sipp.mustSucceed();
        }
        await().untilAsserted(() -> assertThat(said).containsExactly(result));
        assertThat(kinds()).containsExactly(kinds);
    }

    @Test
    void blind() throws Exception {
        SippScenario scenario = talks().respond("202 Accepted");
        notifies(scenario, "100 Trying", false);
        notifies(scenario, "180 Ringing", false);
        notifies(scenario, "200 OK", true);
        transferred(scenario.takeRequest("BYE").respond("200 OK"), "10s", "completed 202 200", "transfer-requested", "transfer-progress",
                "transfer-progress", "transfer-progress", "transfer-completed");
    }

    @Test
    void theTargetIsBusy() throws Exception {
        SippScenario scenario = talks().respond("202 Accepted");
        notifies(scenario, "100 Trying", false);
        notifies(scenario, "486 Busy Here", true);
        transferred(scenario.pause(300).endCaller(), "10s", "busy 202 486", "transfer-requested", "transfer-progress", "transfer-progress",
                "transfer-failed");
    }

    @Test
    void refused() throws Exception {
        transferred(talks().respond("603 Decline").pause(300).endCaller(), "10s", "failed 603 0", "transfer-requested", "transfer-failed");
    }

    @Test
    void theNotifyIsLost() throws Exception {
        transferred(talks().respond("202 Accepted").pause(1_500).endCaller(), "1s", "unknown 202 0", "transfer-requested", "transfer-progress",
                "transfer-failed");
    }

    @Test
    void aTerminatedNotifyWithoutABody() throws Exception {
        SippScenario scenario = talks().respond("202 Accepted").request("NOTIFY", "", "Event: refer", "Subscription-State: terminated").expect(200);
        transferred(scenario.pause(300).endCaller(), "10s", "unknown 202 0", "transfer-requested", "transfer-progress", "transfer-failed");
    }

    @Test
    void hungUpInTheMiddle() throws Exception {
        transferred(talks().respond("202 Accepted").endCaller(), "10s", "canceled 202 0", "transfer-requested", "transfer-progress", "transfer-failed");
    }

    @Test
    void theResultBehindTheBye() throws Exception {
        SippScenario scenario = talks().respond("202 Accepted").bye().expect(200);
        notifies(scenario, "200 OK", true);
        transferred(scenario, "10s", "completed 202 200", "transfer-requested", "transfer-progress", "transfer-completed");
    }

    @Test
    void theReferIsChallenged() throws Exception {
        SippScenario scenario = talks().respond("407 Proxy Authentication Required",
                        "Proxy-Authenticate: Digest realm=\"sipp\", nonce=\"47ebe028cda119c35d4877b383027d28\", algorithm=MD5, qop=\"auth\"")
                .takeRequest("REFER", "Proxy-Authorization: Digest username=\"alice\"").respond("202 Accepted");
        notifies(scenario, "200 OK", true);
        transferred(scenario.takeRequest("BYE").respond("200 OK"), "10s", "completed 202 200", "transfer-requested", "transfer-progress",
                "transfer-completed");
    }

    @Test
    void withoutASubscription() throws Exception {
        transferred(talks().respond("200 OK", "Refer-Sub: false").takeRequest("BYE").respond("200 OK"), "10s", "accepted 200 ",
                "transfer-requested", "transfer-completed");
    }

    // ---- SIPp asks us to call somebody

    private static final String REQUESTS = """
            - route:
                from:
                  uri: voice:call?called=hello
                  steps: [ { to: "voice:call:bob@127.0.0.1:@BOB@?bridge=true" } ]
            - route:
                from:
                  uri: voice:transfer
                  steps: [ { to: "voice:transfer?operation=accept&ringTimeout=5s" } ]
            """;

    private static SippScenario answers() {
        SippScenario scenario = SippScenario.start();
        scenario.takeInvite();
        return scenario.respondToInvite("200 OK", scenario.sdp("sendrecv")).takeRequest("ACK");
    }

    private static SippScenario asks(int target) {
        return SippScenario.start().invite().maybe(100, 180).expect(200).ack().pause(300)
                .request("REFER", "", "Refer-To: <sip:carol@127.0.0.1:" + target + ">", "Referred-By: <sip:alice@127.0.0.1>").expect(202)
                .takeRequest("NOTIFY", "SIP/2.0 100 Trying").respond("200 OK");
    }

    @Test
    void doneByUs() throws Exception {
        try (Sipp bob = Sipp.in(folder).answer(answers().takeRequest("BYE").respond("200 OK"));
                Sipp carol = Sipp.in(folder).answer(answers().pause(700).bye().expect(200))) {
            CamelContext context = context(REQUESTS.replace("@BOB@", "" + bob.port()), component -> { });
            try (Sipp alice = Sipp.in(folder).call("hello", port(context), asks(carol.port()).takeRequest("NOTIFY", "terminated.*SIP/2.0 200 OK|SIP/2.0 200 OK.*terminated")
                    .respond("200 OK").takeRequest("BYE").respond("200 OK"))) {
                alice.mustSucceed();
                carol.mustSucceed();
                bob.mustSucceed();
                assertThat(carol.messages()).contains("Referred-By: <sip:alice@127.0.0.1>");
            }
        }
        assertThat(kinds()).contains("transfer-completed").doesNotContain("transfer-failed");
    }

    @Test
    void aTargetThatIsBusyChangesNothing() throws Exception {
        SippScenario busy = SippScenario.start().takeInvite().respondToInvite("486 Busy Here", "").takeRequest("ACK");
        try (Sipp bob = Sipp.in(folder).answer(answers().takeRequest("BYE").respond("200 OK")); Sipp carol = Sipp.in(folder).answer(busy)) {
            CamelContext context = context(REQUESTS.replace("@BOB@", "" + bob.port()), component -> { });
            try (Sipp alice = Sipp.in(folder).call("hello", port(context), asks(carol.port()).takeRequest("NOTIFY", "SIP/2.0 486")
                    .respond("200 OK").pause(300).endCaller())) {
                alice.mustSucceed();
                carol.mustSucceed();
                bob.mustSucceed();
            }
        }
        assertThat(events.stream().filter(VoiceEvent.Unbridged.class::isInstance)).as("at the end alone").hasSize(2);
    }

    @Test
    void whoAskedHangsUpAtOnce() throws Exception {
        try (Sipp bob = Sipp.in(folder).answer(answers().takeRequest("BYE").respond("200 OK"));
                Sipp carol = Sipp.in(folder).answer(ringsThenAnswers().pause(700).bye().expect(200))) {
            CamelContext context = context(REQUESTS.replace("@BOB@", "" + bob.port()), component -> { });
            try (Sipp alice = Sipp.in(folder).call("hello", port(context), asks(carol.port()).bye().expect(200)
                    .takeRequest("NOTIFY", "SIP/2.0 200 OK").respond("200 OK"))) {
                alice.mustSucceed();
                carol.mustSucceed();
                bob.mustSucceed();
            }
        }
        assertThat(kinds()).contains("transfer-completed");
    }

    private static SippScenario ringsThenAnswers() {
        SippScenario scenario = SippScenario.start();
        scenario.takeInvite().pause(800);
        return scenario.respondToInvite("200 OK", scenario.sdp("sendrecv")).takeRequest("ACK");
    }

    @Test
    void whatMayNotBeAskedFor() throws Exception {
        CamelContext context = context(REQUESTS.replace("called=hello", "called=other").replace("@BOB@", "9") + """
                - route:
                    from: { uri: voice:call?called=hello, steps: [ { to: voice:call?operation=answer } ] }
                """, component -> { });
        SippScenario scenario = SippScenario.start().invite().maybe(100, 180).expect(200).ack()
                .request("REFER", "", "Refer-To: <tel:+49123>").expect(416)
                .request("REFER", "", "Refer-To: <sip:c@127.0.0.1?Replaces=a%0d%0aVia:%20x>").expect(400)
                .request("REFER", "", "Refer-To: <sip:c@127.0.0.1?Route=%3Csip:evil%3E>").expect(400)
                .request("NOTIFY", "SIP/2.0 200 OK\n", LAST).expect(481)
                .request("REFER", "", "Refer-To: <sip:c@127.0.0.1>").expect(500).endCaller();
        try (Sipp sipp = Sipp.in(folder).call("hello", port(context), scenario)) {
            sipp.mustSucceed();
        }
        assertThat(kinds()).containsExactly("transfer-requested", "transfer-failed");
    }

    // ---- all three roles are ours

    @Test
    void attendedBetweenThreeOfUs() throws Exception {
        try (Sipp bob = Sipp.in(folder).answer(answers().takeRequest("BYE").respond("200 OK"));
                Sipp carol = Sipp.in(folder).answer(answers().pause(2_500).bye().expect(200))) {
            CamelContext transferee = context(REQUESTS.replace("@BOB@", "" + bob.port()), component -> { });
            CamelContext target = context(REQUESTS.replace("@BOB@", "" + carol.port()), component -> component.setTrustedSources("127.0.0.1"));
            CamelContext transferor = context("- route: { from: { uri: direct:none, steps: [ { log: x } ] } }", component -> { });
            String first = place(transferor, "hello@127.0.0.1:" + port(transferee));
            String second = place(transferor, "hello@127.0.0.1:" + port(target));
            Exchange over = transferor.createProducerTemplate().send("voice:transfer?mode=refer&callId=" + first + "&replaces=" + second, exchange -> { });
            assertThat(over.getException()).isNull();
            assertThat(over.getMessage().getHeader(VoiceConstants.TRANSFER_STATUS)).isEqualTo("completed");
            await().untilAsserted(() -> assertThat(transferor.getComponent("voice", VoiceComponent.class).runningEngine().calls().count()).isZero());
            assertThat(talking(transferee)).isEqualTo(2);
            assertThat(talking(target)).isEqualTo(2);
            carol.mustSucceed();
            bob.mustSucceed();
        }
    }

    private static long talking(CamelContext context) {
        return context.getComponent("voice", VoiceComponent.class).runningEngine().calls().live().stream().map(Call::snapshot)
                .filter(call -> call.cause() == null && call.peerCallId() != null).count();
    }

    private String place(CamelContext context, String target) {
        Exchange placed = context.createProducerTemplate().send("voice:call:" + target, exchange -> { });
        assertThat(placed.getException()).isNull();
        return placed.getMessage().getHeader(VoiceConstants.CALL_ID, String.class);
    }

    // ---- baresip

    @Test
    void baresipIsAskedAndCalls() throws Exception {
        CamelContext context = context("""
                - route:
                    from:
                      uri: voice:call?called=hello
                      steps: [ { to: "voice:call?operation=answer" } ]
                """, component -> { });
        try (Sipp carol = Sipp.in(folder).answer(answers().pause(1_000).bye().expect(200));
                Baresip phone = Baresip.start(folder, TestPki.create(folder), "PCMU", "auto")) {
            phone.dial("sip:hello@127.0.0.1:" + port(context));
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            await().until(() -> talkingAlone(context) != null);
            Exchange over = context.createProducerTemplate().send("voice:transfer:carol@127.0.0.1:" + carol.port() + "?mode=refer&callId="
                    + talkingAlone(context), exchange -> { });
            assertThat(over.getException()).as(phone.output()).isNull();
            assertThat(over.getMessage().getHeader(VoiceConstants.TRANSFER_STATUS)).isEqualTo("completed");
            carol.mustSucceed();
        }
    }

    private static String talkingAlone(CamelContext context) {
        return context.getComponent("voice", VoiceComponent.class).runningEngine().calls().live().stream()
                .filter(call -> call.snapshot().state().isAnswered()).map(Call::id).findFirst().orElse(null);
    }

    @Test
    void baresipAsksAndWeCall() throws Exception {
        try (Sipp bob = Sipp.in(folder).answer(answers().takeRequest("BYE").respond("200 OK"));
                Sipp carol = Sipp.in(folder).limit(Duration.ofSeconds(20)).answer(answers().pause(1_000).bye().expect(200));
                Baresip phone = Baresip.start(folder, TestPki.create(folder), "PCMU", "auto")) {
            CamelContext context = context(REQUESTS.replace("@BOB@", "" + bob.port()), component -> { });
            phone.dial("sip:hello@127.0.0.1:" + port(context));
            phone.awaitEvent("CALL_ESTABLISHED", 1);
            await().until(() -> talking(context) == 2);
            phone.transfer("sip:carol@127.0.0.1:" + carol.port());
            carol.mustSucceed();
            bob.mustSucceed();
            phone.awaitEvent("CALL_CLOSED", 1);
        }
        assertThat(kinds()).contains("transfer-completed").doesNotContain("transfer-failed");
    }
}
