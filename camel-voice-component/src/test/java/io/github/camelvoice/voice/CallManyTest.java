package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;

/** voice:call to several targets, with whispering and redirections, alone and for a caller. */
class CallManyTest extends VoiceRouteTest {

    private FakePhone phone(String user) {
        eventually(() -> engine.phones.stream().anyMatch(phone -> phone.spec != null && phone.spec.target().contains(user + "@") && !phone.heard.isEmpty()));
        return engine.phones.stream().filter(phone -> phone.spec != null && phone.spec.target().contains(user + "@")).findFirst().orElseThrow();
    }

    private Map<String, Object> after(String mock) {
        eventually(() -> getMockEndpoint(mock).getReceivedCounter() == 1);
        return getMockEndpoint(mock).getExchanges().get(0).getMessage().getHeaders();
    }

    private void catching(String options) throws Exception {
        yaml("""
                - route:
                    from:
                      uri: direct:dial
                      steps:
                        - doTry:
                            steps:
                              - to: "voice:call%s"
                              - to: mock:after
                            doCatch:
                              - exception: [io.github.camelvoice.voice.VoiceException]
                                steps: [ { to: mock:failed } ]
                """.formatted(options));
    }

    private VoiceException failure() {
        eventually(() -> getMockEndpoint("mock:failed").getReceivedCounter() == 1);
        return getMockEndpoint("mock:failed").getExchanges().get(0).getProperty(Exchange.EXCEPTION_CAUGHT, VoiceException.class);
    }

    @Test
    void theFirstToAnswerHasTheCallAndTheResultSaysWhatBecameOfAll() throws Exception {
        inbound("", "- to: \"voice:call:bob@127.0.0.1,carol@127.0.0.1,dave@127.0.0.1?bridge=true\"", "- to: \"mock:after\"");
        FakePhone alice = engine.invite("alice", "hello");
        phone("bob").rejects(486, "Busy Here");
        phone("dave").rings();
        hears(alice, "180");
        phone("carol").answers();
        Map<String, Object> headers = after("mock:after");
        assertThat(headers).containsEntry(VoiceConstants.TARGET_INDEX, 1).containsEntry(VoiceConstants.DIAL_STATUS, "completed");
        List<?> legs = (List<?>) headers.get(VoiceConstants.DIAL_LEGS);
        assertThat(legs).hasSize(3);
        assertThat(legs.toString()).contains("sipCode=486, cause=busy", "winner=true, answered=true", "cause=cancelled");
        String caller = (String) headers.get(VoiceConstants.CALL_ID);
        assertThat(engine.registry.find((String) headers.get(VoiceConstants.BRIDGED_CALL_ID)).snapshot().parentCallId()).isEqualTo(caller);
        hears(alice, "180", "200");
        hears(phone("dave"), "INVITE", "CANCEL SIP;cause=200;text=\"Call completed elsewhere\"");
        alice.hangsUp();
        eventually(() -> engine.registry.count() == 0);
    }

    @Test
    void targetsOfAHeaderHaveTheirOwnTransportCredentialsCodecsAndHeaders() throws Exception {
        yaml("- route: { from: { uri: \"direct:dial\", steps: [ { to: \"voice:call?sequential=true&username=u&password=p\" }, { to: \"mock:after\" } ] } }");
        template().asyncSend("direct:dial", exchange -> {
            exchange.getMessage().setHeader(VoiceConstants.SET_SIP_HEADER + "X-All", "1");
            exchange.getMessage().setHeader(VoiceConstants.TARGETS, List.of("bob@127.0.0.1",
                    Map.of("target", "sip:carol@127.0.0.1?X-Uri=2", "transport", "TCP", "username", "carol", "password", "secret", "codecs", "PCMU",
                            "headers", Map.of("X-Own", List.of("a", "b")), "from", "sip:me@127.0.0.1")));
        });
        assertThat(phone("bob").spec.username()).isEqualTo("u");
        phone("bob").rejects(404, "Not Found");
        FakePhone carol = phone("carol");
        assertThat(carol.spec.target()).isEqualTo("sip:carol@127.0.0.1;transport=tcp?X-Uri=2");
        assertThat(carol.spec.username()).isEqualTo("carol");
        assertThat(carol.spec.headers().all("X-Own")).containsExactly("a", "b");
        assertThat(carol.spec.headers().first("X-All")).contains("1");
        assertThat(phone("bob").spec.headers().first("X-Own")).isEmpty();
        carol.answers();
        Map<String, Object> headers = after("mock:after");
        assertThat(headers).containsEntry(VoiceConstants.TARGET_INDEX, 1).containsEntry(VoiceConstants.SIP_HEADER + "X-Answered-By", "bob");
        assertThat(engine.registry.find((String) headers.get(VoiceConstants.CALL_ID)).snapshot().answeredAt()).isNotNull();
    }

    @Test
    void jsonWillDoAndTheBestFailureIsTheException() throws Exception {
        catching("");
        template().asyncSend("direct:dial", exchange -> exchange.getMessage().setHeader(VoiceConstants.TARGETS,
                "[\"bob@127.0.0.1\", {\"target\": \"carol@127.0.0.1\", \"ringTimeout\": \"20s\"}]"));
        phone("bob").rejects(503, "Service Unavailable");
        phone("carol").rejects(486, "Busy Here");
        assertThat(failure()).isInstanceOf(VoiceBusyException.class);
        assertThat(after("mock:failed")).containsEntry(VoiceConstants.DIAL_STATUS, "busy").containsEntry(VoiceConstants.TARGET_INDEX, 1)
                .containsEntry(VoiceConstants.SIP_CODE, 486);
    }

    @Test
    void whatIsNoTargetIsSaidAndNoPasswordIsTold() throws Exception {
        catching("?whisper=direct:none");
        yaml("- route: { from: { uri: \"direct:none\", steps: [ { to: \"mock:none\" } ] } }");
        for (Object wrong : new Object[]{"no json", "[1]", "[{\"user\": \"x\"}]", List.of(Map.of("transport", "tcp")), List.of(),
            List.of(Map.of("target", "b@127.0.0.1", "password", "hush")), List.of(Map.of("target", "b@127.0.0.1", "transport", "pigeon")),
            java.util.Collections.nCopies(11, "b@127.0.0.1"), List.of(Map.of("target", "b@127.0.0.1", "whisper", "file:x"))}) {
            MockEndpoint failed = getMockEndpoint("mock:failed");
            failed.reset();
            template().sendBodyAndHeader("direct:dial", null, VoiceConstants.TARGETS, wrong);
            assertThat(failure()).as(wrong.toString()).isInstanceOf(VoiceRequestException.class).hasMessageNotContaining("hush");
        }
        assertThat(engine.phones).isEmpty();
    }

    @Test
    void aRouteWhispersAndDeclines() throws Exception {
        yaml("""
                - route:
                    from:
                      uri: direct:ask
                      steps:
                        - to: mock:asked
                        - filter:
                            simple: "${header.CamelVoiceCalledUri} contains 'bob'"
                            steps: [ { setHeader: { name: CamelVoiceAccept, constant: "false" } } ]
                """);
        inbound("", "- to: \"voice:call:bob@127.0.0.1,carol@127.0.0.1?bridge=true&whisper=direct:ask\"", "- to: \"mock:after\"");
        FakePhone alice = engine.invite("alice", "hello");
        phone("bob").answers();
        hears(phone("bob"), "INVITE", "BYE");
        assertThat(alice.heard).isEmpty();
        phone("carol").answers();
        assertThat(after("mock:after")).containsEntry(VoiceConstants.TARGET_INDEX, 1);
        assertThat(getMockEndpoint("mock:asked").getExchanges()).hasSize(2).allSatisfy(asked ->
                assertThat(asked.getMessage().getHeader(VoiceConstants.PARENT_CALL_ID)).isEqualTo(after("mock:after").get(VoiceConstants.CALL_ID)));
    }

    @Test
    void whoHangsUpOrFailsInTheWhisperDoesNotGetTheCall() throws Exception {
        yaml("- route: { from: { uri: \"direct:hangup\", steps: [ { to: \"voice:call?operation=hangup\" } ] } }");
        catching(":bob@127.0.0.1?whisper=direct:hangup");
        template().asyncSend("direct:dial", exchange -> { });
        phone("bob").answers();
        assertThat(failure()).isInstanceOf(VoiceDeclinedException.class);
        assertThat(after("mock:failed")).containsEntry(VoiceConstants.DIAL_STATUS, "completed");
    }

    @Test
    void redirectionsAreFollowedWhereAsked() throws Exception {
        catching(":bob@127.0.0.1?maxRedirects=2");
        template().asyncSend("direct:dial", exchange -> { });
        phone("bob").redirects("sip:carol@127.0.0.1");
        phone("carol").answers();
        assertThat(after("mock:after")).containsEntry(VoiceConstants.TARGET_INDEX, 0);
        assertThat((List<?>) getMockEndpoint("mock:after").getExchanges().get(0).getMessage().getHeader(VoiceConstants.DIAL_LEGS)).hasSize(2);
    }

    @Test
    void theCallerHearsARingToneAndGoesOnAfterwards() throws Exception {
        inbound("", "- to: \"voice:call:bob@127.0.0.1?bridge=true&ringTone=uk&keepCaller=true&waitFor=completed\"", "- to: \"mock:after\"");
        FakePhone alice = engine.invite("alice", "hello");
        phone("bob").rings();
        hears(alice, "183 sdp");
        phone("bob").answers();
        hears(alice, "183 sdp", "200");
        eventually(() -> engine.registry.live().stream().allMatch(call -> call.snapshot().peerCallId() != null));
        phone("bob").hangsUp();
        assertThat(after("mock:after")).containsEntry(VoiceConstants.CAUSE, "normal");
        assertThat(alice.heard).containsExactly("183 sdp", "200");
        alice.hangsUp();
    }

    @Test
    void wrongOptionsAreRefusedAtStart() {
        assertThatThrownBy(() -> inbound("", "- to: \"voice:call:b@h?ringTone=gb\"")).hasStackTraceContaining("no ringing tone of gb");
        assertThatThrownBy(() -> inbound("", "- to: \"voice:call:b@h?maxRedirects=21\"")).hasStackTraceContaining("0 to 20");
        assertThatThrownBy(() -> inbound("", "- to: \"voice:call?operation=play&sequential=true\"")).hasStackTraceContaining("has no option sequential");
    }

    @Test
    void severalTargetsAreNotWaitedForHalfWay() throws Exception {
        catching(":bob@127.0.0.1,carol@127.0.0.1?waitFor=ringing");
        template().send("direct:dial", exchange -> { });
        assertThat(failure()).hasMessageContaining("waits for answered or completed");
    }
}
