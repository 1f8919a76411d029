package io.github.camelvoice.voice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.util.Arrays;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes in a URI: each stops the route with a message that names the option. */
class OptionRulesTest extends VoiceRouteTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "voice:events?called=x | a consumer of voice:events has no option called: it belongs to a consumer of voice:call",
        "voice:call?kinds=dtmf | a consumer of voice:call has no option kinds: it belongs to a consumer of voice:events",
        "voice:call?source=x.wav | has no option source: it belongs to operation=play",
        "voice:call?waitFor=ringing | has no option waitFor: it belongs to operation=place",
        "voice:call?workers=many | workers must be a whole number: many",
        "voice:sipinfo?kinds=dtmf | a consumer of voice:sipinfo has no option kinds: it belongs to a consumer of voice:events",
        "voice:sipinfo?live=true | has no option live: it belongs to a producer of voice:sipinfo",
        "voice:sipinfo?settleTime=soon | settleTime must be milliseconds or a time such as 30s: soon",
        "voice:sipinfo?settleTime=-1 | settleTime must be 0 or more: -1 ms",
        "voice:sipinfo?retryDelay=2m | retryDelay must be more than 0, and retryMaxDelay not less than it: 120000 ms, 60000 ms",
        "voice:sipinfo?maxRetries=-2 | maxRetries must be -1 or more: -2",
        "voice:sipinfo?startAt=noon | startAt has no value 'noon'; there are [latest, earliest]",
        "voice:sipinfo?format=xml | format has no value 'xml'; there are [object, json, pcap, text, svg, mermaid]",
        "voice:sipinfo:x | a consumer has no target",
        "voice:events?queueSize=x | queueSize must be a whole number: x",
    })
    void aConsumer(String uri, String message) {
        assertThatThrownBy(() -> context.addRoutes(route(uri, "log:x"))).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "voice:call?operation=play&called=x | voice:call?operation=play has no option called",
        "voice:call?operation=show&ringTimeout=5s | has no option ringTimeout: it belongs to operation=place",
        "voice:call:bob@x?digits=12 | voice:call?operation=place has no option digits: it belongs to operation=sendDtmf",
        "voice:call?format=json | a producer of voice:call has no option format: it belongs to a consumer of voice:sipinfo or a producer",
        "voice:sipinfo?consumerName=x | a producer of voice:sipinfo has no option consumerName: it belongs to a consumer of voice:sipinfo",
        "voice:sipinfo?raw=perhaps | raw must be true or false: perhaps",
        "voice:call?kinds=dtmf | a producer of voice:call has no option kinds: it belongs to a consumer of voice:events",
        "voice:call:bob@x?ringTimeout=abc | ringTimeout must be milliseconds or a time such as 30s: abc",
        "voice:call:bob@x?ringTimeout=-1 | ringTimeout must be more than 0: -1 ms",
        "voice:call:bob@x?bridge=maybe | bridge must be true or false: maybe",
        "voice:call:bob@x?codecs=PCMU,opus | codecs has no value 'opus'; there are [PCMU, PCMA, G722]",
        "voice:call?operation=startRecording&file=${header.x}.wav | the option file has an expression",
        "voice:call:${header.x} | the target has an expression",
    })
    void aProducer(String uri, String message) {
        assertThatThrownBy(() -> context.addRoutes(route("direct:x", uri))).hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"voice:call?source=a.wav&wait=false", "voice:sipinfo?callId=x&format=PCAP&raw=true&live=false",
        "voice:call?operation=play&repeat=0&callId=x", "voice:call:bob@x?ringTimeout=1m30s",
        "voice:call:bob@x?ringTimeout=PT5S", "voice:call:bob@x?ringTimeout=2000&codecs=pcmu", "voice:call:bob@x?username=a&password=RAW(${x})",
        "voice:call:bob@x?bridge=true&callId=y", "voice:call?operation=answer&codecs=PCMA", "voice:call?operation=hangup&reason=RAW(Q.850;cause=16)"})
    void whatIsRight(String uri) {
        assertThatCode(() -> context.addRoutes(route("direct:x", uri))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "CamelVoiceRingTimeout | abc | header CamelVoiceRingTimeout must be milliseconds or a time such as 30s: abc",
        "CamelVoiceTarget | sip:b b@x | target is not a SIP URI, it has blanks",
        "CamelVoiceFrom | sip:x y@z | from is not a SIP URI, it has blanks",
        "CamelVoiceSetSipHeader. | a | header CamelVoiceSetSipHeader. names no SIP header",
    })
    void aHeader(String name, String value, String message) {
        Exchange exchange = template.send("voice:call:bob@127.0.0.1", each -> each.getMessage().setHeader(name, value));
        assertThat(exchange.getException()).isInstanceOf(VoiceRequestException.class).hasMessageContaining(message);
    }

    @Test
    void aBodyThatNeverEnds() throws Exception {
        try (CamelContext none = new DefaultCamelContext()) {
            Exchange exchange = none.getEndpoint("mock:x").createExchange();
            exchange.getMessage().setBody(new Endless());
            assertThatThrownBy(() -> AudioSources.of(null, 1, exchange)).isInstanceOf(VoiceRequestException.class)
                    .hasMessageContaining("more than 64 MB").hasMessageContaining("option source");
        }
    }

    private static RouteBuilder route(String from, String to) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from(from).to(to);
            }
        };
    }

    /** Silence for ever. */
    private static final class Endless extends InputStream {
        @Override
        public int read() {
            return 0;
        }

        @Override
        public int read(byte[] into, int from, int length) {
            Arrays.fill(into, from, from + length, (byte) 0);
            return length;
        }
    }
}
