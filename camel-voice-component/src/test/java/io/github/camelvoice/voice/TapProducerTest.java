package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camelvoice.tap.SinkLoss;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapInfo;
import io.github.camelvoice.tap.TapProtocol;
import io.github.camelvoice.tap.TapSpec;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.support.jsse.TrustManagersParameters;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The producer of voice:tap: every option, every header, every way to fail. */
class TapProducerTest extends VoiceRouteTest {

    private String callId;

    private void answered() throws Exception {
        if (context.getRoute("r") == null) {
            inbound("", "- to: \"voice:call?operation=answer\"");
        }
        hears(engine.invite("alice", "hello"), "200");
        callId = engine.registry.live().iterator().next().id();
    }

    /** A context that stops gives live calls time to end. */
    @AfterEach
    void hangUp() {
        engine.phones.forEach(FakePhone::hangsUp);
        eventually(() -> engine.registry.count() == 0);
    }

    private Exchange send(String uri, Object... headers) {
        return template.send("voice:tap" + uri, exchange -> {
            exchange.getMessage().setBody("untouched");
            if (callId != null) {
                exchange.getMessage().setHeader(VoiceConstants.CALL_ID, callId);
            }
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getMessage().setHeader((String) headers[i], headers[i + 1]);
            }
        });
    }

    private TapSpec spec(String uri, Object... headers) {
        Exchange done = send(uri, headers);
        assertThat(done.getException()).isNull();
        return engine.taps.last().spec;
    }

    @Test
    void theVariablesOfTheDocument() throws Exception {
        answered();
        Exchange done = send("?uri=rtp://127.0.0.1:9000&codec=PCMA&rtpPtime=40&direction=both&controlId=one");
        assertThat(done.getException()).isNull();
        assertThat(done.getMessage().getBody()).isEqualTo("untouched");
        assertThat(done.getMessage().getHeaders()).containsEntry("CamelVoiceTapUri", "rtp://127.0.0.1:9000")
                .containsEntry("CamelVoiceTapResult", "success").containsEntry("CamelVoiceTapControlId", "one")
                .containsEntry("CamelVoiceTapRtpSrcAddr", "127.0.0.1").containsEntry("CamelVoiceTapRtpSrcPort", 10_002)
                .containsEntry("CamelVoiceTapPtime", 40).containsEntry("CamelVoiceTapCodec", "PCMA").containsEntry("CamelVoiceTapRate", 8000)
                .doesNotContainKey("CamelVoiceTapReason");
        assertThat(done.getMessage().getHeader(VoiceConstants.TAP_INFO, String.class)).contains("\"controlId\":\"one\"");
        Exchange stopped = send("?operation=stop");
        assertThat(stopped.getMessage().getHeaders()).containsEntry("CamelVoiceStopTapResult", "success")
                .containsEntry("CamelVoiceTapReason", "stopped");
        assertThat(stopped.getMessage().getBody()).isEqualTo("untouched");
    }

    @Test
    void defaultsAreThoseOfTheDocument() throws Exception {
        answered();
        TapSpec spec = spec("?uri=ws://127.0.0.1:9/x");
        assertThat(spec).usingRecursiveComparison().isEqualTo(TapSpec.to("ws://127.0.0.1:9/x").build());
        assertThat(spec.direction()).isEqualTo(TapDirection.SPEAK);
        assertThat(spec.codec()).isEqualTo("PCMU");
        assertThat(spec.ptimeMillis()).isEqualTo(20);
        assertThat(spec.protocol()).isEqualTo(TapProtocol.RAW);
    }

    @Test
    void everyOptionIsHonoured() throws Exception {
        answered();
        TapSpec spec = spec("?uri=RAW(wss://bot.example/x?a=1&b=2)&protocol=jambonz&direction=hear&codec=l16&rate=24000&rtpPtime=60&channels=2"
                + "&bidirectional=true&statusUrl=https://s.example/x&upgradeHeaders=X-A=1, X-B=2&customParameters=RAW({\"lang\":\"de,at\"})"
                + "&subProtocol=a.b&onSinkLoss=hangup&reconnect=false&buffer=2s&tag=t 1&accessToken=RAW(a+b)");
        assertThat(spec.uri()).isEqualTo("wss://bot.example/x?a=1&b=2");
        assertThat(spec.protocol()).isEqualTo(TapProtocol.JAMBONZ);
        assertThat(spec.direction()).isEqualTo(TapDirection.LISTEN);
        assertThat(spec.codec() + spec.rate()).isEqualTo("L1624000");
        assertThat(spec.ptimeMillis()).isEqualTo(60);
        assertThat(spec.channels()).isEqualTo(2);
        assertThat(spec.speaks()).isTrue();
        assertThat(spec.statusUrl()).isEqualTo("https://s.example/x");
        assertThat(spec.headers()).isEqualTo(Map.of("X-A", "1", "X-B", "2"));
        assertThat(spec.parameters()).isEqualTo(Map.of("lang", "de,at"));
        assertThat(spec.subProtocol()).isEqualTo("a.b");
        assertThat(spec.onSinkLoss()).isEqualTo(SinkLoss.HANGUP);
        assertThat(spec.reconnect()).isFalse();
        assertThat(spec.bufferMillis()).isEqualTo(2000);
        assertThat(spec.tag()).isEqualTo("t 1");
        assertThat(spec.authorization()).isEqualTo("Bearer a+b");
        assertThat(spec.tls()).isNull();
        assertThat(context.getEndpoints().toString()).contains("accessToken=xxxxxx").doesNotContain("a+b");
        assertThat(spec("?uri=ws://h/&username=u&password=RAW(p:1)").authorization()).isEqualTo("Basic dTpwOjE=");
        assertThat(spec("?uri=ws://h/&protocol=vonage").toString()).contains("L16/16000");
        assertThat(spec("?uri=ws://h/&protocol=jambonz").toString()).contains("L16/8000");
    }

    @Test
    void everyOptionByHeader() throws Exception {
        answered();
        TapSpec spec = spec("", "CamelVoiceTapUri", "ws://h/", "CamelVoiceTapProtocol", "twilio", "CamelVoiceTapDirection", "both",
                "CamelVoiceTapCodec", "PCMA", "CamelVoiceTapRate", "8000", "CamelVoiceTapRtpPtime", 30, "CamelVoiceTapChannels", 2,
                "CamelVoiceTapBidirectional", "true", "CamelVoiceTapStatusUrl", "crm", "CamelVoiceTapUsername", "u", "CamelVoiceTapPassword", "p",
                "CamelVoiceTapSubProtocol", "s", "CamelVoiceTapOnSinkLoss", "hangup", "CamelVoiceTapReconnect", false, "CamelVoiceTapBuffer", "3s",
                "CamelVoiceTapTag", "t", "CamelVoiceTapControlId", "mine", "CamelVoiceTapHeader.X-Key", 7, "CamelVoiceTapParameter.a", "b");
        assertThat(spec).usingRecursiveComparison().isEqualTo(TapSpec.to("ws://h/").protocol(TapProtocol.TWILIO).direction(TapDirection.BOTH)
                .codec("PCMA").ptimeMillis(30).channels(2).speaks(true).statusUrl("crm").authorization("Basic dTpw").subProtocol("s").onSinkLoss(SinkLoss.HANGUP)
                .reconnect(false).bufferMillis(3000).tag("t").controlId("mine").headers(Map.of("X-Key", "7")).parameters(Map.of("a", "b")).build());
        assertThat(spec("", "CamelVoiceTapUri", "ws://h/", "CamelVoiceTapAuthorization", "x").authorization()).isEqualTo("x");
        assertThat(spec("?uri=ws://h/", "CamelVoiceTapAccessToken", "y").authorization()).isEqualTo("Bearer y");
        assertThat(spec("?uri=ws://h/", "CamelVoiceTapUri", "ws://other/").uri()).isEqualTo("ws://other/");
    }

    @Test
    void oneTapsResultsAreNoOrdersForTheNext() throws Exception {
        answered();
        yaml("""
                - route:
                    from:
                      uri: direct:two
                      steps:
                        - to: "voice:tap?uri=rtp://127.0.0.1:9000&codec=PCMA&controlId=one"
                        - to: "voice:tap?uri=ws://127.0.0.1:9001/"
                        - setHeader: { name: CamelVoiceTapCodec, constant: PCMA }
                        - to: "voice:tap?uri=ws://127.0.0.1:9002/"
                        - to: "voice:tap?operation=stop"
                """);
        assertThat(template.send("direct:two", exchange -> exchange.getMessage().setHeader(VoiceConstants.CALL_ID, callId)).getException()).isNull();
        assertThat(engine.taps.started).extracting(tap -> tap.spec.uri()).containsExactly("rtp://127.0.0.1:9000", "ws://127.0.0.1:9001/",
                "ws://127.0.0.1:9002/");
        assertThat(engine.taps.started).extracting(tap -> tap.spec.codec()).containsExactly("PCMA", "PCMU", "PCMA");
        assertThat(engine.taps.started).extracting(tap -> tap.spec.controlId()).containsExactly("one", null, null);
        assertThat(engine.taps.started).extracting(FakeTaps.Tap::runs).containsExactly(true, true, false);
    }

    @Test
    void toDWithAnAddressThatSomebodyGave() throws Exception {
        answered();
        yaml("""
                - route:
                    from:
                      uri: direct:tap
                      steps:
                        - toD: "voice:tap?uri=RAW(${header.where})&controlId=${header.name}&protocol=twilio"
                        - toD: "voice:tap?operation=stop&controlId=${header.name}"
                """);
        for (int i = 0; i < 3; i++) {
            String where = "wss://bot" + i + ".example/?a=1&b=" + i;
            String name = "n" + i;
            assertThat(template.send("direct:tap", exchange -> exchange.getMessage().setHeaders(new java.util.HashMap<>(Map.of(VoiceConstants.CALL_ID,
                    callId, "where", where, "name", name)))).getException()).isNull();
            assertThat(engine.taps.last().spec.uri()).isEqualTo(where);
            assertThat(engine.taps.last().spec.controlId()).isEqualTo(name);
            assertThat(engine.taps.last().runs()).isFalse();
        }
        assertThat(context.getEndpoints().stream().filter(each -> each.getEndpointUri().contains("tap")).count()).isEqualTo(3);
    }

    @Test
    void changePauseResumeShowAndList() throws Exception {
        answered();
        send("?uri=ws://127.0.0.1:9/&controlId=a");
        send("?uri=ws://127.0.0.1:9/&controlId=b");
        assertThat(send("?operation=change&direction=both").getException()).isNull();
        assertThat(send("?operation=change", "CamelVoiceTapDirection", "listen", "CamelVoiceTapControlId", "a").getException()).isNull();
        assertThat(engine.taps.list()).extracting(TapInfo::direction).containsExactly(TapDirection.LISTEN, TapDirection.BOTH);
        assertThat(send("?operation=pause&controlId=a").getException()).isNull();
        assertThat(engine.taps.list()).extracting(TapInfo::paused).containsExactly(true, false);
        assertThat(send("?operation=resume&controlId=a").getMessage().getHeader(VoiceConstants.TAP_INFO, TapInfo.class).paused()).isFalse();
        assertThat(send("?operation=show&controlId=a").getMessage().getBody(String.class)).contains("\"controlId\":\"a\"");
        assertThat(send("?operation=show").getMessage().getBody(TapInfo.class).controlId()).isEqualTo("b");
        assertThat(send("", "CamelVoiceOperation", "list").getMessage().getBody(String.class)).startsWith("[{").contains("\"a\"", "\"b\"");
        callId = null;
        assertThat(send("?operation=list").getMessage().getBody(List.class)).hasSize(2);
        assertThat(send("?operation=list&callId=nobody").getMessage().getBody(String.class)).isEqualTo("[]");
    }

    @Test
    void theFarEndCannotBeReached() throws Exception {
        answered();
        engine.taps.unreachable = "connection refused";
        Exchange failed = send("?uri=ws://127.0.0.1:9/");
        assertThat(failed.getException()).isNull();
        assertThat(failed.getMessage().getHeaders()).containsEntry("CamelVoiceTapResult", "failed")
                .containsEntry("CamelVoiceTapReason", "connection refused");
        Exchange strict = send("?uri=ws://127.0.0.1:9/&failOnError=true");
        assertThat(strict.getException()).isInstanceOf(VoiceTapFailedException.class).hasMessageContaining("connection refused");
        assertThat(strict.getMessage().getHeaders()).containsEntry("CamelVoiceTapResult", "failed");
    }

    @ParameterizedTest
    @CsvSource({"BAD_REQUEST, VoiceRequestException", "FORBIDDEN, VoiceForbiddenException", "NO_SUCH_TAP, VoiceTapNotFoundException",
        "CONFLICT, VoiceCallStateException", "BUSY, VoiceUnavailableException"})
    void refusals(TapException.Kind kind, String type) throws Exception {
        answered();
        engine.taps.refusal = new TapException(kind, "because");
        Exception failure = send("?uri=ws://127.0.0.1:9/").getException();
        assertThat(failure.getClass().getSimpleName()).isEqualTo(type);
        assertThat(failure).hasMessageContaining(callId).hasMessageContaining("because");
    }

    @Test
    void noSuchTap() throws Exception {
        answered();
        Exchange stop = send("?operation=stop&controlId=x");
        assertThat(stop.getException()).isNull();
        assertThat(stop.getMessage().getHeaders()).containsEntry("CamelVoiceStopTapResult", "failed").containsKey("CamelVoiceTapReason");
        assertThat(send("?operation=stop&failOnError=true").getException()).isInstanceOf(VoiceTapNotFoundException.class);
        assertThat(send("?operation=pause").getException()).isInstanceOf(VoiceTapNotFoundException.class);
        assertThat(send("?operation=show").getException()).isInstanceOf(VoiceTapNotFoundException.class);
    }

    @Test
    void wrongRequests() throws Exception {
        assertThat(send("?uri=ws://127.0.0.1:9/").getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining("callId");
        callId = "nobody";
        assertThat(send("?uri=ws://127.0.0.1:9/").getException()).isInstanceOf(VoiceCallNotFoundException.class);
        answered();
        assertThat(send("").getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining("uri");
        assertThat(send("", "CamelVoiceTapUri", "http://x/").getException()).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining("uri must be");
        assertThat(send("", "CamelVoiceTapUri", "route:nobody").getException()).hasMessageContaining("there is no consumer voice:tap:nobody");
        assertThat(send("", "CamelVoiceTapUri", "rtp://127.0.0.1:9", "CamelVoiceTapProtocol", "twilio").getException())
                .hasMessageContaining("protocol");
        assertThat(send("?uri=ws://h/", "CamelVoiceTapOnSinkLoss", "direct:evil").getException()).isInstanceOf(VoiceRequestException.class)
                .hasMessageContaining("onSinkLoss must be continue or hangup in a header");
        assertThat(send("?uri=ws://h/&accessToken=x", "CamelVoiceTapAuthorization", "y").getException()).hasMessageContaining("give one of");
        assertThat(send("?uri=ws://h/", "CamelVoiceTapHeader.X Y", "1").getException()).hasMessageContaining("upgradeHeaders");
        assertThat(send("?uri=ws://h/", "CamelVoiceTapHeader.X", "a\r\nb").getException()).hasMessageContaining("one line");
        assertThat(send("?operation=change").getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining("direction");
        assertThat(send("", "CamelVoiceOperation", "dance").getException()).hasMessageContaining("there are [start, stop");
    }

    @Test
    void theExchangeGoesOnWhenTheAudioFlows() throws Exception {
        answered();
        engine.taps.slow = true;
        CompletableFuture<Exchange> pending = template.asyncSend("voice:tap?uri=ws://127.0.0.1:9/",
                exchange -> exchange.getMessage().setHeader(VoiceConstants.CALL_ID, callId));
        eventually(() -> engine.taps.started.size() == 1);
        assertThat(pending.isDone()).isFalse();
        engine.taps.last().start.complete(engine.taps.last().info);
        assertThat(pending.get(5, TimeUnit.SECONDS).getMessage().getHeader("CamelVoiceTapResult")).isEqualTo("success");
    }

    @Test
    void certificates() throws Exception {
        answered();
        SSLContextParameters trust = new SSLContextParameters();
        trust.setTrustManagers(new TrustManagersParameters());
        trust.getTrustManagers().setTrustManager(new javax.net.ssl.X509TrustManager() {
            @Override
            public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {
            }

            @Override
            public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {
            }

            @Override
            public java.security.cert.X509Certificate[] getAcceptedIssuers() {
                return new java.security.cert.X509Certificate[0];
            }
        });
        context.getRegistry().bind("trust", trust);
        assertThat(spec("?uri=wss://h/&sslContextParameters=#trust").tls()).isNotNull();
        context.setSSLContextParameters(trust);
        assertThat(spec("?uri=wss://h/&tag=without").tls()).isNull();
        component.setUseGlobalSslContextParameters(true);
        assertThat(spec("?uri=wss://h/&tag=global").tls()).isNotNull();
    }

    @Test
    void aLostFarEndIsToldToARouteOfTheAuthor() throws Exception {
        answered();
        MockEndpoint lost = getMockEndpoint("mock:lost");
        lost.expectedMessageCount(1);
        assertThat(spec("?uri=ws://h/&onSinkLoss=mock:lost").onSinkLoss()).isEqualTo(SinkLoss.CONTINUE);
        FakeTaps.Tap tap = engine.taps.last();
        send("?uri=ws://h/&onSinkLoss=mock:lost");
        engine.taps.ends(engine.taps.last(), "stopped");
        send("?uri=ws://h/&onSinkLoss=mock:lost", "CamelVoiceTapOnSinkLoss", "continue");
        engine.taps.ends(engine.taps.last(), "connection lost");
        engine.taps.ends(tap, "connection lost");
        lost.assertIsSatisfied();
        assertThat(lost.getExchanges().get(0).getMessage().getHeaders()).containsEntry(VoiceConstants.CALL_ID, callId)
                .containsEntry(VoiceConstants.TAP_CONTROL_ID, tap.info.controlId()).containsEntry(VoiceConstants.TAP_REASON, "connection lost");
    }
}
