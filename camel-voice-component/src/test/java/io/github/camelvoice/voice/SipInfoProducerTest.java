package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.trace.SipInfo;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** voice:sipinfo as a producer: one record, in all its forms. */
class SipInfoProducerTest extends VoiceRouteTest {

    private FakeTrace trace;

    @BeforeEach
    void aCall() throws Exception {
        context.getEndpoint("voice:sipinfo").start();
        trace = new FakeTrace(engine.archive, engine.timers, "t-1").ends().answersBye();
    }

    private Exchange fetch(String options, Map<String, Object> headers) {
        return template.send("voice:sipinfo" + options, exchange -> exchange.getMessage().getHeaders().putAll(headers));
    }

    @Test
    void byCallIdOrSipCallId() {
        for (Exchange exchange : new Exchange[]{fetch("?callId=t-1", Map.of()), fetch("", Map.of(VoiceConstants.CALL_ID, "t-1")),
            fetch("", Map.of(VoiceConstants.SIP_CALL_ID, trace.sipCallId())), fetch("", Map.of(VoiceConstants.CALL_ID, trace.sipCallId()))}) {
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody(SipInfo.class).call().callId()).isEqualTo("t-1");
            assertThat(exchange.getMessage().getHeaders()).containsEntry(VoiceConstants.CALL_ID, "t-1")
                    .containsEntry(VoiceConstants.SIP_CALL_ID, "t-1@sip").containsEntry(VoiceConstants.CAUSE, "normal");
        }
        assertThat(fetch("", Map.of()).getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining("CamelVoiceCallId");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "json | java.lang.String | application/json | {",
        "pcap | [B | application/vnd.tcpdump.pcap | \u00d4\u00c3\u00b2\u00a1",
        "text | java.lang.String | text/plain; charset=utf-8 |",
        "svg | java.lang.String | image/svg+xml | <svg",
        "mermaid | java.lang.String | text/vnd.mermaid; charset=utf-8 | sequenceDiagram",
    })
    void inAllForms(String format, String type, String contentType, String begins) {
        Exchange byOption = fetch("?format=" + format, Map.of(VoiceConstants.CALL_ID, "t-1"));
        Exchange byHeader = fetch("", Map.of(VoiceConstants.CALL_ID, "t-1", VoiceConstants.FORMAT, format));
        for (Exchange exchange : new Exchange[]{byOption, byHeader}) {
            assertThat(exchange.getException()).isNull();
            Object body = exchange.getMessage().getBody();
            assertThat(body.getClass().getName()).isEqualTo(type);
            assertThat(exchange.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo(contentType);
            String text = body instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : (String) body;
            assertThat(text).contains(begins == null ? "" : begins).doesNotContain(FakeTrace.SECRET);
        }
    }

    @Test
    void secretsAreMaskedUnlessTheyAreWanted() {
        assertThat(first(fetch("?callId=t-1", Map.of()))).doesNotContain(FakeTrace.SECRET).contains("username=\"alice\"");
        assertThat(first(fetch("?callId=t-1&raw=true", Map.of()))).contains(FakeTrace.SECRET);
        assertThat(first(fetch("?callId=t-1", Map.of(VoiceConstants.RAW, true)))).contains(FakeTrace.SECRET);
        assertThat(json(fetch("?callId=t-1&format=json&raw=true", Map.of()))).contains(FakeTrace.SECRET);
        assertThat(json(fetch("?callId=t-1", Map.of()))).doesNotContain(FakeTrace.SECRET);
        assertThat(json(fetch("?callId=t-1&raw=true", Map.of()))).contains(FakeTrace.SECRET);
    }

    private static String first(Exchange exchange) {
        return new String(exchange.getMessage().getBody(SipInfo.class).messages().get(0).data(), StandardCharsets.UTF_8);
    }

    private static String json(Exchange exchange) {
        return exchange.getMessage().getBody(String.class);
    }

    @Test
    void theTypedObjectIsJsonWhereTextOrBytesAreNeeded() throws Exception {
        Exchange exchange = fetch("?callId=t-1", Map.of());
        String json = json(exchange);
        assertThat(json).startsWith("{").contains("projects/default/calls/t-1/sipInfo");
        assertThat(exchange.getMessage().getBody(byte[].class)).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(exchange.getMessage().getBody(InputStream.class).readAllBytes()).isEqualTo(json.getBytes(StandardCharsets.UTF_8));
        assertThat(json).isEqualTo(json(fetch("?callId=t-1&format=json", Map.of())));
    }

    @Test
    void whatThereIsNot() {
        assertThat(fetch("?callId=t-2", Map.of()).getException()).isInstanceOf(VoiceCallNotFoundException.class)
                .hasMessage("[t-2] no call that is kept has this id");
        new FakeTrace(engine.archive, engine.timers, "t-3");
        assertThat(fetch("?callId=t-3", Map.of()).getException()).isInstanceOf(VoiceCallStateException.class).hasMessageContaining("live=true");
        Exchange live = fetch("?callId=t-3&live=true", Map.of());
        assertThat(live.getMessage().getBody(SipInfo.class).messages()).hasSize(1);
        assertThat(live.getMessage().getHeaders()).doesNotContainKeys(VoiceConstants.CAUSE, VoiceConstants.DURATION);
        engine.storeTrouble = "the database is down";
        assertThat(fetch("?callId=t-1", Map.of()).getException()).isInstanceOf(VoiceUnavailableException.class)
                .hasMessageContaining("the database is down");
    }

    @Test
    void mistakesAreSaidAtTheStart() {
        assertThatThrownBy(() -> template.sendBody("voice:sipinfo?format=xml", null))
                .hasStackTraceContaining("format has no value 'xml'; there are [object, json, pcap, text, svg, mermaid]");
        assertThatThrownBy(() -> template.sendBody("voice:sipinfo:t-1", null)).hasStackTraceContaining("the option callId names the call");
        assertThatThrownBy(() -> template.sendBody("voice:sipinfo?operation=show", null)).hasStackTraceContaining("no operation");
        assertThat(fetch("", Map.of(VoiceConstants.CALL_ID, "t-1", VoiceConstants.FORMAT, "xml")).getException())
                .isInstanceOf(VoiceRequestException.class).hasMessageContaining("xml");
    }

    @Test
    void oneEndpointServesAllCalls() throws Exception {
        new FakeTrace(engine.archive, engine.timers, "t-2").ends();
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:x").toD("voice:sipinfo?format=text&callId=${body}");
            }
        });
        int before = context.getEndpoints().size();
        for (String id : new String[]{"t-1", "t-2"}) {
            Exchange exchange = template.send("direct:x", each -> each.getMessage().setBody(id));
            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getHeader(VoiceConstants.CALL_ID)).isEqualTo(id);
        }
        assertThat(context.getEndpoints().stream().filter(VoiceEndpoint.class::isInstance)
                .filter(endpoint -> endpoint.getEndpointUri().contains("text"))).hasSize(1);
        assertThat(context.getEndpoints().size()).isEqualTo(before + 1);
    }
}
