package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.SignalEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Placing calls: what is sent, how far it waits, and how it fails. */
class PlacingTest extends VoiceRouteTest {

    private CompletableFuture<Exchange> calls(String uri, Map<String, Object> headers) {
        int before = engine.phones.size();
        CompletableFuture<Exchange> exchange = template.asyncSend(uri, each -> each.getMessage().getHeaders().putAll(headers));
        eventually(() -> engine.phones.size() > before && !engine.lastPhone().heard.isEmpty() || exchange.isDone());
        return exchange;
    }

    private static Exchange done(CompletableFuture<Exchange> exchange) throws Exception {
        return exchange.get(5, TimeUnit.SECONDS);
    }

    @Test
    void theExchangeGoesOnWhenTheCallIsAnswered() throws Exception {
        CompletableFuture<Exchange> exchange = calls("voice:call:bob@127.0.0.1?from=alice&fromDisplay=Alice&username=u&password=RAW(p&+%25)"
                + "&outboundProxy=sip:proxy@127.0.0.1&codecs=PCMA", Map.of("CamelVoiceSetSipHeader.Subject", "hi"));
        FakePhone bob = engine.lastPhone();
        bob.rings();
        assertThat(exchange).isNotDone();
        bob.answers();
        Exchange result = done(exchange);
        assertThat(result.getException()).isNull();
        assertThat(bob.spec.target()).isEqualTo("sip:bob@127.0.0.1");
        assertThat(bob.spec.from()).isEqualTo("sip:alice@127.0.0.1:5060");
        assertThat(bob.spec.fromDisplay()).isEqualTo("Alice");
        assertThat(bob.spec.username()).isEqualTo("u");
        assertThat(bob.spec.password()).isEqualTo("p&+%");
        assertThat(bob.spec.outboundProxy()).isEqualTo("sip:proxy@127.0.0.1");
        assertThat(bob.spec.headers().first("Subject")).contains("hi");
        assertThat(result.getMessage().getHeaders()).containsEntry(VoiceConstants.CALL_STATE, "ACTIVE")
                .containsEntry(VoiceConstants.DIRECTION, "OUTBOUND").containsEntry(VoiceConstants.CODEC, "PCMA")
                .containsEntry("CamelVoiceSipHeader.X-Answered-By", "bob");
        String callId = result.getMessage().getHeader(VoiceConstants.CALL_ID, String.class);
        assertThat(engine.registry.find(callId).snapshot().callId()).isEqualTo(callId);
    }

    @Test
    void waitsForInitiatedRingingAndCompleted() throws Exception {
        assertThat(done(calls("voice:call:bob@127.0.0.1?waitFor=initiated", Map.of())).getMessage().getHeader(VoiceConstants.CALL_STATE))
                .isEqualTo("CALLING");
        CompletableFuture<Exchange> ringing = calls("voice:call:bob@127.0.0.1?waitFor=ringing", Map.of());
        engine.lastPhone().rings();
        assertThat(done(ringing).getMessage().getHeader(VoiceConstants.CALL_STATE)).isEqualTo("ALERTING");
        CompletableFuture<Exchange> completed = calls("voice:call:bob@127.0.0.1", Map.of(VoiceConstants.WAIT_FOR, "completed"));
        FakePhone bob = engine.lastPhone();
        bob.answers();
        bob.hangsUp();
        Exchange over = done(completed);
        assertThat(over.getException()).isNull();
        assertThat(over.getMessage().getHeaders()).containsEntry(VoiceConstants.CAUSE, "normal")
                .containsEntry(VoiceConstants.ENDED_BY, "REMOTE").containsKey(VoiceConstants.DURATION);
    }

    @ParameterizedTest
    @CsvSource({"486,Busy Here,VoiceBusyException,busy", "600,Busy Everywhere,VoiceBusyException,busy", "603,Decline,VoiceDeclinedException,declined",
        "408,Request Timeout,VoiceNoAnswerException,no_answer", "404,Not Found,VoiceRejectedException,not_found",
        "403,Forbidden,VoiceAuthenticationException,unauthorized", "302,Moved,VoiceRedirectedException,redirected",
        "487,Request Terminated,VoiceCancelledException,cancelled", "500,Oops,VoiceRejectedException,server_error"})
    void aFailureSaysWhy(int code, String phrase, String exception, String cause) throws Exception {
        CompletableFuture<Exchange> exchange = calls("voice:call:bob@127.0.0.1", Map.of());
        engine.lastPhone().rejects(code, phrase, "Reason", "Q.850;cause=17", "Contact", "<sip:carol@127.0.0.1>");
        Exchange failed = done(exchange);
        assertThat(failed.getException().getClass().getSimpleName()).isEqualTo(exception);
        assertThat(failed.getException()).isInstanceOf(VoiceCallFailedException.class).hasMessageContaining(String.valueOf(code));
        assertThat(failed.getMessage().getHeaders()).containsEntry(VoiceConstants.SIP_CODE, code).containsEntry(VoiceConstants.SIP_PHRASE, phrase)
                .containsEntry(VoiceConstants.SIP_REASON, "Q.850;cause=17").containsEntry(VoiceConstants.ENDED_BY, "REMOTE")
                .containsEntry(VoiceConstants.CAUSE, cause).containsEntry("CamelVoiceSipHeader.Contact", "<sip:carol@127.0.0.1>");
    }

    @Test
    void theNetworkFails() throws Exception {
        CompletableFuture<Exchange> exchange = calls("voice:call:bob@127.0.0.1", Map.of());
        FakePhone bob = engine.lastPhone();
        bob.says(new SignalEvent.Lost(EndCause.of(EndCause.Kind.TRANSPORT, EndCause.Origin.TRANSPORT, "connection refused")));
        bob.says(new SignalEvent.Closed());
        Exchange failed = done(exchange);
        assertThat(failed.getException()).isInstanceOf(VoiceTransportException.class);
        assertThat(((VoiceTransportException) failed.getException()).isRetryable()).isTrue();
        assertThat(failed.getMessage().getHeader(VoiceConstants.ENDED_BY)).isEqualTo("TRANSPORT");
    }

    @Test
    void nobodyAnswersInTime() throws Exception {
        CompletableFuture<Exchange> exchange = calls("voice:call:bob@127.0.0.1?ringTimeout=20s", Map.of());
        engine.lastPhone().rings();
        eventually(() -> engine.toldKinds().contains("call-ringing"));
        engine.timers.advance(Duration.ofSeconds(21));
        Exchange failed = done(exchange);
        assertThat(failed.getException()).isInstanceOf(VoiceNoAnswerException.class);
        assertThat(failed.getMessage().getHeader(VoiceConstants.ENDED_BY)).isEqualTo("TIMEOUT");
        hears(engine.lastPhone(), "INVITE", "CANCEL");
    }

    @ParameterizedTest
    @CsvSource({"sip:bob@127.0.0.1;transport=tcp,,sip:bob@127.0.0.1;transport=tcp", "bob@127.0.0.1,,sip:bob@127.0.0.1",
        "127.0.0.1:5070,,sip:127.0.0.1:5070", "tel:+4930123,sip:trunk@10.1.1.1:5080;lr,sip:+4930123@10.1.1.1:5080;user=phone"})
    void targetsInAllTheirForms(String target, String proxy, String uri) throws Exception {
        Map<String, Object> headers = new java.util.HashMap<>(Map.of(VoiceConstants.TARGET, target));
        if (proxy != null) {
            headers.put(VoiceConstants.OUTBOUND_PROXY, proxy);
        }
        done(calls("voice:call?waitFor=initiated", headers));
        assertThat(engine.lastPhone().spec.target()).isEqualTo(uri);
    }

    @ParameterizedTest
    @CsvSource({"tel:+4930123,outboundProxy", "http://example.com,must be a sip", "mailto:bob@example.com,must be a sip"})
    void targetsThatAreNone(String target, String named) throws Exception {
        if (target.startsWith("mailto")) {
            target = "mailto:bob";
        }
        Exchange failed = done(calls("voice:call", Map.of(VoiceConstants.TARGET, target)));
        assertThat(failed.getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining(named);
    }

    @Test
    void wrongOptionsFailAtTheStartAndWrongHeadersTheExchange() throws Exception {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> template.sendBody("voice:call:bob@127.0.0.1?waitFor=christmas", null)))
                .hasStackTraceContaining("christmas").hasStackTraceContaining("[initiated, ringing, answered, completed]");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> template.sendBody("voice:call?operation=dance", null)))
                .hasStackTraceContaining("there are [place, answer");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> template.sendBody("voice:nothing?x=y", null)))
                .hasStackTraceContaining("there are [call, events, sipinfo, tap, document, callbacks, transfer, subscribe, session]");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> template.sendBody("voice:call?ringTimeot=3s", null)))
                .hasStackTraceContaining("ringTimeot");
        assertThat(done(calls("voice:call:bob@127.0.0.1", Map.of(VoiceConstants.RING_TIMEOUT, "soon"))).getException())
                .isInstanceOf(VoiceRequestException.class).hasMessageContaining("CamelVoiceRingTimeout");
        assertThat(done(calls("voice:call", Map.of())).getException()).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining("CamelVoiceTarget");
    }

    @Test
    void noNewCallsWhileTheEngineDrains() throws Exception {
        engine.registry.drain();
        assertThat(done(calls("voice:call:bob@127.0.0.1", Map.of())).getException()).isInstanceOf(VoiceUnavailableException.class);
    }

    @Test
    void routesTellFailuresApart() throws Exception {
        yaml("""
                - onException:
                    exception: [io.github.camelvoice.voice.VoiceBusyException]
                    handled: { constant: true }
                    steps: [ { to: "mock:busy" } ]
                - onException:
                    exception: [io.github.camelvoice.voice.VoiceException]
                    handled: { constant: true }
                    steps: [ { to: "mock:other" } ]
                - route:
                    from: { uri: "direct:dial", steps: [ { to: "voice:call:bob@127.0.0.1" } ] }
                """);
        getMockEndpoint("mock:busy").expectedMessageCount(1);
        getMockEndpoint("mock:other").expectedMessageCount(1);
        CompletableFuture<Exchange> busy = calls("direct:dial", Map.of());
        engine.lastPhone().rejects(486, "Busy Here");
        done(busy);
        CompletableFuture<Exchange> declined = calls("direct:dial", Map.of());
        engine.lastPhone().rejects(603, "Decline");
        done(declined);
        getMockEndpoint("mock:busy").assertIsSatisfied();
        getMockEndpoint("mock:other").assertIsSatisfied();
    }

    @Test
    void hangingUpACallOfTheExchangeThatIsOverIsNoError() throws Exception {
        yaml("""
                - route:
                    from:
                      uri: "direct:dial"
                      steps:
                        - to: "voice:call:bob@127.0.0.1"
                        - to: "direct:wait"
                        - to: "voice:call?operation=hangup"
                """);
        context.addRoutes(new org.apache.camel.builder.RouteBuilder() {
            @Override
            public void configure() {
                from("direct:wait").to("mock:answered").process(each -> eventually(() -> engine.registry.count() == 0));
            }
        });
        CompletableFuture<Exchange> exchange = calls("direct:dial", Map.of());
        FakePhone bob = engine.lastPhone();
        bob.answers();
        eventually(() -> getMockEndpoint("mock:answered").getReceivedCounter() == 1);
        bob.hangsUp();
        Exchange result = done(exchange);
        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getHeader(VoiceConstants.CALL_STATE)).isEqualTo("ENDED");
        assertThat(bob.headers).hasSize(2).contains(SipHeaders.none());
    }
}
