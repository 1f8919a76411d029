package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.Test;

/** Inbound calls: what the route sees, and what becomes of the call. */
class InboundCallTest extends VoiceRouteTest {

    @Test
    void theRouteSeesWhoCallsWhomAndTheSipHeaders() throws Exception {
        inbound("", "- to: \"mock:seen\"", "- to: \"voice:call?operation=answer\"");
        getMockEndpoint("mock:seen").expectedMessageCount(1);
        FakePhone alice = engine.invite("alice", "hello", "Subject", "hi", "X-Two", "a", "X-Two", "b", "CamelFileName", "/etc/passwd",
                "cAMELvoiceTarget", "sip:evil@example.com", "org.apache.camel.x", "y");
        hears(alice, "200");
        getMockEndpoint("mock:seen").assertIsSatisfied();
        Exchange exchange = getMockEndpoint("mock:seen").getExchanges().get(0);
        assertThat(exchange.getPattern()).isEqualTo(ExchangePattern.InOut);
        assertThat(exchange.getMessage().getBody()).isNull();
        assertThat(exchange.getMessage().getHeaders()).containsEntry(VoiceConstants.FROM_USER, "alice")
                .containsEntry(VoiceConstants.FROM_URI, "sip:alice@127.0.0.1").containsEntry(VoiceConstants.FROM_NAME, "Alice A.")
                .containsEntry(VoiceConstants.CALLED_USER, "hello").containsEntry(VoiceConstants.TRANSPORT, "udp")
                .containsEntry(VoiceConstants.REMOTE_ADDRESS, "127.0.0.1:5555").containsEntry(VoiceConstants.SIP_CALL_ID, "sip-call-id")
                .containsEntry("CamelVoiceSipHeader.Subject", "hi").containsEntry("CamelVoiceSipHeader.X-Two", List.of("a", "b"))
                .doesNotContainKeys(VoiceConstants.AUTHENTICATED_USER, VoiceConstants.TARGET, "CamelFileName");
        assertThat(exchange.getMessage().getHeaders().keySet()).noneMatch(name -> name.toLowerCase().contains("file")
                || name.toLowerCase().contains("voicetarget") || name.toLowerCase().contains("org.apache"));
    }

    @Test
    void simpleReadsASipHeader() throws Exception {
        inbound("", "- setBody:\n    simple: \"${header[CamelVoiceSipHeader.Subject]}\"", "- to: \"mock:seen\"");
        getMockEndpoint("mock:seen").expectedBodiesReceived("hi");
        engine.invite("alice", "hello", "Subject", "hi");
        getMockEndpoint("mock:seen").assertIsSatisfied();
    }

    @Test
    void aRouteThatDoesNotDecideRejects() throws Exception {
        inbound("", "- log: \"nothing\"");
        hears(engine.invite("alice", "hello"), "480 Temporarily Unavailable");
    }

    @Test
    void theCodeForUndecidedCallsIsAnOption() throws Exception {
        inbound("?undecidedCode=404", "- to: \"voice:call?operation=ring\"");
        hears(engine.invite("alice", "hello"), "180", "404 Not Found");
    }

    @Test
    void aRouteThatFailsUndecidedRejectsWith500() throws Exception {
        inbound("", "- throwException:\n    exceptionType: java.lang.IllegalStateException\n    message: no");
        hears(engine.invite("alice", "hello"), "500 Server Internal Error");
    }

    @Test
    void rollbackCountsAsFailure() throws Exception {
        inbound("", "- rollback:\n    markRollbackOnly: true");
        hears(engine.invite("alice", "hello"), "500 Server Internal Error");
    }

    @Test
    void aRouteThatFailsAfterTheAnswerHangsUpWithAReason() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"", "- throwException:\n    exceptionType: java.lang.IllegalStateException\n    message: no");
        hears(engine.invite("alice", "hello"), "200", "BYE SIP;cause=500;text=\"Server Internal Error\"");
    }

    @Test
    void onFailureCanKeepTheCall() throws Exception {
        inbound("?onFailure=keep", "- to: \"voice:call?operation=answer\"", "- to: \"mock:answered\"",
                "- throwException:\n    exceptionType: java.lang.IllegalStateException\n    message: no");
        FakePhone alice = engine.invite("alice", "hello");
        eventually(() -> getMockEndpoint("mock:answered").getReceivedCounter() == 1 && inflight() == 0);
        assertThat(alice.heard).containsExactly("200");
    }

    @Test
    void anAnsweredCallOutlivesItsRouteByDefault() throws Exception {
        inbound("", "- to: \"voice:call?operation=answer\"");
        FakePhone alice = engine.invite("alice", "hello");
        hears(alice, "200");
        eventually(() -> inflight() == 0);
        assertThat(engine.registry.count()).isEqualTo(1);
        alice.hangsUp();
        hears(alice, "200", "200 BYE");
        eventually(() -> engine.registry.count() == 0);
    }

    @Test
    void onEndCanHangUp() throws Exception {
        inbound("?onEnd=hangup", "- to: \"voice:call?operation=answer\"");
        hears(engine.invite("alice", "hello"), "200", "BYE");
    }

    @Test
    void aHandledFailureIsNone() throws Exception {
        yaml("""
                - route:
                    from:
                      uri: voice:call
                      steps:
                        - doTry:
                            steps:
                              - throwException:
                                  exceptionType: java.lang.IllegalStateException
                                  message: no
                            doCatch:
                              - exception: [java.lang.IllegalStateException]
                                steps:
                                  - to: "voice:call?operation=reject&code=486"
                """);
        hears(engine.invite("alice", "hello"), "486 Busy Here");
    }

    @Test
    void theCallerGoesAwayBeforeTheRouteIsThrough() throws Exception {
        inbound("", "- to: \"mock:arrived\"", "- to: \"direct:gate\"", "- to: \"voice:call?operation=answer\"");
        java.util.concurrent.CountDownLatch gate = new java.util.concurrent.CountDownLatch(1);
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:gate").process(exchange -> gate.await());
            }
        });
        FakePhone alice = engine.invite("alice", "hello");
        eventually(() -> getMockEndpoint("mock:arrived").getReceivedCounter() == 1);
        alice.cancels();
        eventually(() -> engine.registry.count() == 0);
        gate.countDown();
        eventually(() -> inflight() == 0);
        assertThat(alice.heard).isEmpty();
    }

    @Test
    void theCallerHangsUpDuringThePlaying() throws Exception {
        engine.slowAudio = true;
        inbound("", "- to: \"voice:call?operation=answer\"", "- to: \"voice:call?operation=play&source=classpath:prompts/welcome.wav\"",
                "- to: \"mock:played\"", "- to: \"voice:call?operation=stopRecording\"", "- to: \"voice:call?operation=hangup\"", """
                        - doTry:
                            steps:
                              - to: "voice:call?operation=hold"
                            doCatch:
                              - exception: [io.github.camelvoice.voice.VoiceCallEndedException]
                                steps: [ { to: "mock:ended" } ]
                        """);
        FakePhone alice = engine.invite("alice", "hello");
        eventually(() -> engine.toldKinds().contains("play-started"));
        alice.hangsUp();
        eventually(() -> getMockEndpoint("mock:ended").getReceivedCounter() == 1 && inflight() == 0);
        assertThat(getMockEndpoint("mock:played").getExchanges().get(0).getMessage().getHeader(VoiceConstants.OUTCOME)).isEqualTo("stopped");
    }

    private int inflight() {
        return context.getInflightRepository().size();
    }
}
