package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.Call;
import io.github.camelvoice.call.IncomingTransfer;
import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.SignalEvent;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** voice:transfer: transfers of ours, and those that far ends ask for. */
class TransferRouteTest extends VoiceRouteTest {

    private FakePhone alice;
    private FakePhone bob;

    /** Alice is answered. @return the id of her call */
    private String answered() throws Exception {
        if (context.getRoute("r") == null) {
            inbound("?called=hello", "- to: \"voice:call?operation=answer\"");
        }
        alice = engine.invite("alice", "hello");
        hears(alice, "200");
        return live("alice").id();
    }

    private Call live(String user) {
        return engine.registry.live().stream().filter(call -> call.snapshot().cause() == null
                && (call.snapshot().from().user().equals(user) || call.snapshot().to().uri().contains(user))).findFirst().orElseThrow();
    }

    /** Alice talks with Bob. @return the id of Alice's call */
    private String bridged() throws Exception {
        inbound("?called=hello", "- to: \"voice:call:bob@127.0.0.1?bridge=true\"");
        alice = engine.invite("alice", "hello");
        eventually(() -> engine.phones.size() == 2 && !engine.lastPhone().heard.isEmpty());
        bob = engine.lastPhone();
        bob.answers();
        eventually(() -> engine.registry.live().stream().allMatch(call -> call.snapshot().peerCallId() != null));
        return live("alice").id();
    }

    private CompletableFuture<Exchange> send(String uri, String callId) {
        return send(uri, Map.of(VoiceConstants.CALL_ID, callId));
    }

    private CompletableFuture<Exchange> send(String uri, Map<String, Object> headers) {
        return template.asyncSend(uri, exchange -> exchange.getMessage().setHeaders(new java.util.HashMap<>(headers)));
    }

    private static Exchange done(CompletableFuture<Exchange> sent) throws Exception {
        return sent.get(5, TimeUnit.SECONDS);
    }

    private static Object header(Exchange exchange, String name) {
        return exchange.getMessage().getHeader(name);
    }

    private void hear(FakePhone phone, String what) {
        eventually(() -> phone.heard.contains(what));
    }

    @Test
    void blind() throws Exception {
        String id = answered();
        CompletableFuture<Exchange> sent = send("voice:transfer:carol@127.0.0.1?mode=refer", Map.of(VoiceConstants.CALL_ID, id,
                VoiceConstants.SET_SIP_HEADER + "X-Why", "lunch"));
        hear(alice, "REFER sip:carol@127.0.0.1");
        assertThat(alice.headers.get(alice.headers.size() - 1)).isEqualTo(SipHeaders.of("X-Why", "lunch"));
        alice.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
        alice.says(new SignalEvent.ReferProgress(200, "OK"));
        Exchange over = done(sent);
        assertThat(over.getException()).isNull();
        assertThat(header(over, VoiceConstants.TRANSFER_STATUS)).isEqualTo("completed");
        assertThat(header(over, VoiceConstants.REFER_CODE)).isEqualTo(202);
        assertThat(header(over, VoiceConstants.NOTIFY_CODE)).isEqualTo(200);
        assertThat(header(over, VoiceConstants.TRANSFER_MODE)).isEqualTo("refer");
        hear(alice, "BYE");
    }

    @Test
    void aRefusalIsAnExceptionAndTheCallGoesOn() throws Exception {
        String id = answered();
        CompletableFuture<Exchange> sent = send("voice:transfer:carol@127.0.0.1?mode=refer&hangup=false", id);
        hear(alice, "REFER sip:carol@127.0.0.1");
        alice.says(new SignalEvent.ReferAnswered(603, "Decline", false));
        Exchange over = done(sent);
        assertThat(over.getException()).isInstanceOfSatisfying(VoiceTransferFailedException.class, failed -> {
            assertThat(failed.getStatus()).isEqualTo("failed");
            assertThat(failed.getReferCode()).isEqualTo(603);
            assertThat(failed.getNotifyCode()).isZero();
            assertThat(failed.getCallId()).isEqualTo(id);
        });
        assertThat(header(over, VoiceConstants.REFER_CODE)).isEqualTo(603);
        assertThat(live("alice").snapshot().state().isAnswered()).isTrue();
    }

    @Test
    void acceptedIsEnoughWhereTheRouteSaysSo() throws Exception {
        CompletableFuture<Exchange> sent = send("voice:transfer:carol@127.0.0.1?mode=refer&until=accepted", answered());
        hear(alice, "REFER sip:carol@127.0.0.1");
        alice.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
        assertThat(header(done(sent), VoiceConstants.TRANSFER_STATUS)).isEqualTo("accepted");
    }

    @Test
    void attended() throws Exception {
        String first = answered();
        FakePhone one = alice;
        String second = engine.registry.live().iterator().next().id();
        answered();
        FakePhone other = alice;
        second = engine.registry.live().stream().map(Call::id).filter(id -> !id.equals(first)).findFirst().orElseThrow();
        CompletableFuture<Exchange> sent = send("voice:transfer?replaces=" + second, first);
        hear(one, "REFER sip:bob@127.0.0.1:5099?Replaces=sip-call-id%3Bto-tag%3Dtheirs%3Bfrom-tag%3D" + other.dialog().localTag());
        one.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
        one.says(new SignalEvent.ReferProgress(200, "OK"));
        assertThat(header(done(sent), VoiceConstants.TRANSFER_STATUS)).isEqualTo("completed");
        hear(one, "BYE");
        hear(other, "BYE");
    }

    @Test
    void whoDoesNotTakeReferIsTransferredByUs() throws Exception {
        String id = bridged();
        alice.takesRefer = false;
        CompletableFuture<Exchange> sent = send("voice:transfer:carol@127.0.0.1", id);
        eventually(() -> engine.phones.size() == 3 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().answers();
        Exchange over = done(sent);
        assertThat(over.getException()).isNull();
        assertThat(header(over, VoiceConstants.TRANSFER_MODE)).isEqualTo("local");
        hear(bob, "BYE");
        assertThat(alice.heard).doesNotContain("BYE");
    }

    @Test
    void whoRefusesReferAsUnknownIsTransferredByUs() throws Exception {
        CompletableFuture<Exchange> sent = send("voice:transfer:carol@127.0.0.1", answered());
        hear(alice, "REFER sip:carol@127.0.0.1");
        alice.says(new SignalEvent.ReferAnswered(501, "Not Implemented", false));
        eventually(() -> engine.phones.size() == 2 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().rejects(486, "Busy Here");
        Exchange over = done(sent);
        assertThat(over.getException()).isInstanceOf(VoiceTransferFailedException.class).hasMessageContaining("busy").hasMessageContaining("486");
        assertThat(live("alice").snapshot().state().isAnswered()).isTrue();
    }

    @Test
    void callsOfOursAreJoinedByUs() throws Exception {
        String id = bridged();
        yaml(route("voice:call?called=desk", "- to: \"voice:call?operation=answer\"").replace("id: r", "id: desk"));
        FakePhone desk = engine.invite("dora", "desk");
        hears(desk, "200");
        String target = live("dora").id();
        CompletableFuture<Exchange> sent = send("voice:transfer?mode=local&replaces=" + target, id);
        assertThat(header(done(sent), VoiceConstants.TRANSFER_STATUS)).isEqualTo("completed");
        assertThat(live("alice").snapshot().peerCallId()).isEqualTo(target);
        hear(bob, "BYE");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "voice:transfer | nobody to transfer to",
        "voice:transfer:carol@127.0.0.1?mode=relay | operation=accept",
        "voice:transfer:http://evil?mode=refer | must be a sip",
        "voice:transfer:carol@127.0.0.1?operation=accept | no transfer waits",
        "voice:transfer?operation=refuse | no transfer waits",
        "voice:transfer:tel:+49123?mode=refer | outboundProxy"})
    void wrongUse(String uri, String message) throws Exception {
        assertThat(done(send(uri, answered())).getException()).isInstanceOf(VoiceException.class).hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"voice:transfer:a@b?notifyTimeout=0", "voice:transfer:a@b?mode=else", "voice:transfer:a@b?operation=refuse",
        "voice:transfer:a@b?url=x", "voice:transfer?operation=accept&hold=true", "voice:transfer:a@b?until=later"})
    void wrongOptions(String uri) {
        assertThatThrownBy(() -> context.getEndpoint(uri).createProducer().start()).isInstanceOf(Exception.class);
    }

    @Test
    void whatHasNoTarget() {
        assertThatThrownBy(() -> context.getEndpoint("voice:transfer?refuseCode=200").createConsumer(e -> { })).hasMessageContaining("refuseCode");
        assertThatThrownBy(() -> context.getEndpoint("voice:transfer?hold=true").createConsumer(e -> { })).hasMessageContaining("hold");
    }

    // ---- asked for by the far end

    private void refer(FakePhone phone, Replaces replaces) {
        phone.says(new SignalEvent.ReferReceived("sip:carol@127.0.0.1", replaces, "\"Alice\" <sip:alice@127.0.0.1>;x=y",
                SipHeaders.of("x-account", "7"), SipHeaders.of("X-Ticket", "12")));
    }

    private void transfers(String options, String... steps) throws Exception {
        yaml(route("voice:transfer" + options, steps).replace("id: r", "id: transfers"));
    }

    @Test
    void withoutARouteItIsRefused() throws Exception {
        answered();
        refer(alice, null);
        hear(alice, "603 REFER");
    }

    @Test
    void theRouteSeesWhatIsAskedForAndRefuses() throws Exception {
        String id = bridged();
        transfers("?called=hello", "- to: \"mock:wish\"", "- to: \"voice:transfer?operation=refuse&code=403\"");
        refer(alice, null);
        hear(alice, "403 REFER");
        Exchange wish = getMockEndpoint("mock:wish").getExchanges().get(0);
        assertThat(wish.getMessage().getBody()).isInstanceOf(IncomingTransfer.class);
        assertThat(header(wish, VoiceConstants.CALL_ID)).isEqualTo(id);
        assertThat(header(wish, VoiceConstants.TARGET)).isEqualTo("sip:carol@127.0.0.1");
        assertThat(header(wish, VoiceConstants.BRIDGED_CALL_ID)).isEqualTo(live("bob").id());
        assertThat(header(wish, VoiceConstants.REFERRED_BY)).isEqualTo("sip:alice@127.0.0.1");
        assertThat(header(wish, VoiceConstants.REPLACES)).isNull();
        assertThat(header(wish, VoiceConstants.SIP_HEADER + "X-Ticket")).isEqualTo("12");
    }

    @ParameterizedTest
    @CsvSource({"?called=hello,603", "?called=hello&refuseCode=480,480"})
    void whatTheRouteDoesNotDecideIsRefused(String options, int code) throws Exception {
        answered();
        transfers(options, "- to: \"mock:wish\"");
        refer(alice, null);
        hear(alice, code + " REFER");
    }

    @Test
    void aRouteThatFailsRefuses() throws Exception {
        answered();
        transfers("", "- throwException: { exceptionType: java.lang.IllegalStateException, message: \"no\" }");
        refer(alice, null);
        hear(alice, "500 REFER");
    }

    @Test
    void acceptedAndDoneByUs() throws Exception {
        bridged();
        transfers("", "- to: \"voice:transfer?operation=accept\"", "- to: \"mock:after\"");
        refer(alice, null);
        hear(alice, "202 REFER");
        eventually(() -> engine.phones.size() == 3 && !engine.lastPhone().heard.isEmpty());
        FakePhone carol = engine.lastPhone();
        assertThat(carol.spec.target()).isEqualTo("sip:carol@127.0.0.1");
        assertThat(carol.spec.headers()).isEqualTo(SipHeaders.of("Referred-By", "<sip:alice@127.0.0.1>", "x-account", "7"));
        carol.rings();
        hear(alice, "NOTIFY 180");
        carol.answers();
        hear(alice, "NOTIFY 200");
        hear(alice, "BYE");
        assertThat(bob.heard).doesNotContain("BYE");
        eventually(() -> getMockEndpoint("mock:after").getReceivedCounter() == 1);
        assertThat(live("bob").snapshot().peerCallId()).isEqualTo(live("carol").id());
        carol.hangsUp();
        hear(bob, "BYE");
        eventually(() -> engine.registry.count() == 0);
    }

    @Test
    void aTargetThatRefusesLeavesTheBridge() throws Exception {
        bridged();
        transfers("", "- to: \"voice:transfer?operation=accept\"");
        refer(alice, null);
        eventually(() -> engine.phones.size() == 3 && !engine.lastPhone().heard.isEmpty());
        engine.lastPhone().rejects(486, "Busy Here");
        hear(alice, "NOTIFY 486");
        assertThat(live("alice").snapshot().peerCallId()).isEqualTo(live("bob").id());
    }

    @Test
    void theReplacesOfOthersGoesWithTheInvite() throws Exception {
        bridged();
        transfers("", "- to: \"voice:transfer?operation=accept\"");
        refer(alice, new Replaces("theirs@h", "t", "f", false));
        eventually(() -> engine.phones.size() == 3 && !engine.lastPhone().heard.isEmpty());
        assertThat(engine.lastPhone().spec.headers().first("Replaces")).contains("theirs@h;to-tag=t;from-tag=f");
    }

    @Test
    void twoCallsOfOnePhoneAreJoined() throws Exception {
        String first = bridged();
        FakePhone one = alice;
        FakePhone other = engine.invite("alice", "hello");
        eventually(() -> engine.phones.size() == 4 && !engine.lastPhone().heard.isEmpty());
        FakePhone dora = engine.lastPhone();
        dora.answers();
        eventually(() -> engine.registry.live().stream().allMatch(call -> call.snapshot().peerCallId() != null));
        transfers("", "- to: \"mock:wish\"", "- to: \"voice:transfer?operation=accept\"", "- to: \"mock:after\"");
        refer(one, other.dialog().forUs());
        hear(one, "NOTIFY 200");
        hear(one, "BYE");
        hear(other, "BYE");
        eventually(() -> getMockEndpoint("mock:after").getReceivedCounter() == 1);
        assertThat(header(getMockEndpoint("mock:wish").getExchanges().get(0), VoiceConstants.REPLACES)).isNotNull().isNotEqualTo(first);
        assertThat(bob.heard).doesNotContain("BYE");
        assertThat(dora.heard).doesNotContain("BYE");
        eventually(() -> engine.registry.count() == 2);
    }

    @Test
    void anAcceptedOneIsRelayed() throws Exception {
        bridged();
        transfers("", "- to: \"voice:transfer?operation=accept&mode=relay\"", "- to: \"mock:after\"");
        refer(alice, null);
        hear(bob, "REFER sip:carol@127.0.0.1");
        bob.says(new SignalEvent.ReferAnswered(202, "Accepted", true));
        hear(alice, "202 REFER");
        bob.says(new SignalEvent.ReferProgress(200, "OK"));
        hear(alice, "NOTIFY 200");
        hear(bob, "BYE");
        hear(alice, "BYE");
        eventually(() -> getMockEndpoint("mock:after").getReceivedCounter() == 1);
    }

    @Test
    void withoutABridgeThereIsNobodyToTransfer() throws Exception {
        answered();
        transfers("", "- to: \"voice:transfer?operation=accept\"");
        refer(alice, null);
        hear(alice, "500 REFER");
        assertThat(live("alice").snapshot().state().isAnswered()).isTrue();
    }
}
