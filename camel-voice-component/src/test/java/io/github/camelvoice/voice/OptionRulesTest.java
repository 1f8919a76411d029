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
        "voice:tap?uri=ws://h/ | a consumer of voice:tap has no option uri: it belongs to voice:tap?operation=start",
        "voice:tap?kinds=dtmf | a consumer of voice:tap has no option kinds: it belongs to a consumer of voice:events",
        "voice:tap:x?called=y | a consumer of voice:tap:NAME has no option called",
        "voice:tap?batch=30 | batch must be 20 ms to 60 s in steps of 20 ms: 30 ms",
        "voice:tap?batch=61s | batch must be 20 ms to 60 s in steps of 20 ms: 61000 ms",
        "voice:tap?batch=soon | batch must be milliseconds or a time such as 30s: soon",
        "voice:tap?batch=2s&buffer=1s | buffer must not be less than batch: 1000 ms, 2000 ms",
        "voice:tap?direction=up | direction must be speak, listen (or hear) or both: up",
        "voice:tap?codec=MP3 | codec must be PCMU or PCMA, or L16",
        "voice:tap?rate=16000 | rate must be 8000, or 16000 or 24000 with L16: 16000",
        "voice:tap?layout=quad | layout has no value 'quad'; there are [mixed, stereo, tracks]",
        "voice:tap?calls=some | calls has no value 'some'; there are [inbound, outbound, all]",
        "voice:tap?workers=0 | workers must be 1 or more: 0",
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
        "voice:tap:x | a producer of voice:tap has no target; the option uri says where the audio goes: x",
        "voice:tap?operation=dance | voice:tap has no operation 'dance'; there are [start, stop, change, pause, resume, list, show]",
        "voice:tap?operation=stop&uri=ws://h/ | voice:tap?operation=stop has no option uri: it belongs to voice:tap?operation=start",
        "voice:tap?batch=1s | a producer of voice:tap has no option batch: it belongs to a consumer of voice:tap",
        "voice:tap?uri=http://h/ | uri must be rtp://IP:port, ws://…, wss://… or route:NAME",
        "voice:tap?uri=rtp://h:70000 | uri must be rtp://IP:port",
        "voice:tap?uri=rtp://127.0.0.1:9&protocol=twilio | uri=rtp: has no option protocol: it belongs to ws and wss",
        "voice:tap?uri=rtp://127.0.0.1:9&bidirectional=true | uri=rtp: has no option bidirectional: it belongs to ws and wss",
        "voice:tap?uri=route:x&codec=PCMA | uri=route: has no option codec: the consumer voice:tap:NAME says what it gets",
        "voice:tap?protocol=fax | protocol must be one of [raw, twilio, signalwire, telnyx, vonage, jambonz]: fax",
        "voice:tap?rtpPtime=25 | rtpPtime must be 10 to 120 in steps of 10: 25",
        "voice:tap?channels=3 | channels must be 1 or 2: 3",
        "voice:tap?channels=two | channels must be a whole number: two",
        "voice:tap?reconnect=perhaps | reconnect must be true or false: perhaps",
        "voice:tap?buffer=20s | buffer must be 100 ms to 10 s: 20000 ms",
        "voice:tap?onSinkLoss=explode | onSinkLoss must be continue or hangup, or the URI of an endpoint: explode",
        "voice:tap?controlId=a b | controlId must be 1 to 128 visible characters without blanks",
        "voice:tap?username=u | username and password belong together",
        "voice:tap?username=u&password=p&accessToken=t | give one of accessToken, username with password",
        "voice:tap?upgradeHeaders=x | upgradeHeaders must be name=value pairs, separated by commas, or a JSON object",
        "voice:tap?upgradeHeaders=a b=c | upgradeHeaders has a name that no header can have",
        "voice:tap?customParameters=RAW({x) | customParameters is no JSON object with texts",
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
        "voice:call:bob@x?codecs=PCMU,speex | codecs has no value 'speex'; there are [PCMU, PCMA, G722, OPUS, G729]",
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
