package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import io.github.camelvoice.voice.VoiceCallNotFoundException;
import io.github.camelvoice.voice.VoiceConstants;
import io.github.camelvoice.voice.VoiceException;
import io.github.camelvoice.voice.VoiceUnavailableException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which calls sipInfo tells of, and what it says of failures. */
class SipInfoRulesTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String SECRET = "Authorization: Digest username=\"a\", response=\"0123456789abcdef0123456789abcdef\"";
    private final RecordsGate gate = new RecordsGate(50, EngineClock.SYSTEM, 150_000);
    private final SipInfoApi api = new SipInfoApi("default", new EngineClock() {
        @Override
        public long nanos() {
            return 0;
        }

        @Override
        public Instant now() {
            return NOW;
        }
    }, gate);
    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private static SipInfo call(Instant created, Instant ended, int messages, int size) {
        EndCause cause = ended == null ? null : EndCause.of(EndCause.Kind.NORMAL, EndCause.Origin.REMOTE, "");
        CallRecord record = new CallRecord("n1-a", "a@b", "default", CallDirection.INBOUND, "sip:a@b", "sip:c@d", "sip:c@d", "udp", "", "", null,
                created,
                null, null, ended, null, cause, null, null);
        byte[] data = ("INVITE sip:c@d SIP/2.0\r\nCall-ID: a@b\r\n" + SECRET + "\r\nSubject: " + "x".repeat(size) + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8);
        SipMessage message = new SipMessage(created, "udp", false, new InetSocketAddress("192.0.2.1", 5060),
                new InetSocketAddress("192.0.2.2", 5060), data);
        return new SipInfo(record, Collections.nCopies(messages, message), 0);
    }

    /** Runs the steps of the route. */
    private JsonNode answer(Object body) throws Exception {
        exchange.getMessage().setBody(body);
        try {
            api.answer(exchange);
        } catch (RuntimeException refused) {
            fail(refused);
        }
        return Running.JSON.readTree(exchange.getMessage().getBody(byte[].class));
    }

    private void fail(Exception failure) {
        exchange.setProperty(Exchange.EXCEPTION_CAUGHT, failure);
        api.error(exchange);
    }

    private JsonNode error(Exception failure) throws Exception {
        fail(failure);
        return Running.JSON.readTree(exchange.getMessage().getBody(byte[].class)).get("error");
    }

    @ParameterizedTest
    @CsvSource({"P29DT23H59M59S,true,200", "P30D,true,200", "P30DT0.000001S,true,404", "P300D,true,404", "PT1M,false,400", "P31D,false,404"})
    void theAgeCountsFromTheBeginningAndWins(Duration age, boolean over, int code) throws Exception {
        Instant created = NOW.minus(age);
        JsonNode body = answer(call(created, over ? created.plusSeconds(60) : null, 1, 0));
        if (code == 200) {
            assertThat(body.get("name").asText()).isEqualTo("projects/default/calls/n1-a/sipInfo");
        } else {
            assertThat(body.at("/error/code").asInt()).isEqualTo(code);
            assertThat(body.at("/error/status").asText()).isEqualTo(code == 404 ? "NOT_FOUND" : "FAILED_PRECONDITION");
            assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(code);
        }
    }

    @Test
    void secretsAreMaskedUnlessRawIsAskedFor() throws Exception {
        exchange.getMessage().setHeader("call", "a@b");
        exchange.getMessage().setHeader("project", "default");
        api.named(exchange);
        assertThat(exchange.getMessage().getHeader(VoiceConstants.RAW)).isEqualTo(false);
        assertThat(answer(call(NOW, NOW, 1, 0)).toString()).doesNotContain("0123456789abcdef");
        exchange.getMessage().setHeader("raw", "true");
        api.named(exchange);
        assertThat(exchange.getMessage().getHeader(VoiceConstants.RAW)).isEqualTo(true);
        assertThat(answer(call(NOW, NOW, 1, 0)).toString()).contains("0123456789abcdef");
    }

    @Test
    void aMegabyteOfMessagesIsAnAnswer() throws Exception {
        JsonNode info = answer(call(NOW, NOW, 200, 6_000));
        assertThat(info.get("messages")).hasSize(200);
        assertThat(info.get("pcap").asText().length()).isGreaterThan(1_600_000);
    }

    @Test
    void failuresShowNothingOfOurInsides() throws Exception {
        JsonNode down = error(new VoiceUnavailableException("x", "Connection to db.internal:5432 refused", null));
        assertThat(down.get("status").asText()).isEqualTo("UNAVAILABLE");
        assertThat(down.get("code").asInt()).isEqualTo(503);
        assertThat(exchange.getMessage().getHeader("Retry-After")).isNotNull();
        JsonNode bug = error(new IllegalStateException("java.lang.secret"));
        assertThat(bug.get("status").asText()).isEqualTo("INTERNAL");
        assertThat(bug.get("code").asInt()).isEqualTo(500);
        VoiceException missing = new VoiceCallNotFoundException("x", "no call that is kept has this id", null);
        assertThat(error(missing).get("status").asText()).isEqualTo("NOT_FOUND");
        assertThat(List.of(down.toString(), bug.toString())).noneMatch(text -> text.contains("db.internal") || text.contains("secret"));
    }

    @Test
    void largeRecordsAtTheSameTimeAreTooMany() throws Exception {
        SipInfo large = call(NOW.minusSeconds(60), NOW.minusSeconds(50), 10, 2_000);
        gate.enter("a");
        gate.enter("a");
        String first = gate.ticket();
        String second = gate.ticket();
        exchange.getMessage().setHeader(RecordsGate.TICKET, first);
        assertThat(answer(large).has("pcap")).isTrue();
        exchange.getMessage().setHeader(RecordsGate.TICKET, second);
        assertThat(answer(large).at("/error/status").asText()).isEqualTo("RESOURCE_EXHAUSTED");
        assertThat(exchange.getMessage().getHeader("Retry-After")).isEqualTo(1);
        exchange.getMessage().removeHeaders("*");
        exchange.getMessage().setHeader(RecordsGate.TICKET, second);
        assertThat(answer(call(NOW.minusSeconds(60), NOW.minusSeconds(50), 1, 1)).has("pcap")).isTrue();
        gate.leave("a", first);
        exchange.getMessage().setHeader(RecordsGate.TICKET, second);
        assertThat(answer(large).has("pcap")).isTrue();
        gate.leave("a", second);
        // A client that is gone gets nothing, and takes no room.
        assertThat(answer(large).at("/error/code").asInt()).isEqualTo(429);
        gate.enter("a");
        exchange.getMessage().setHeader(RecordsGate.TICKET, gate.ticket());
        assertThat(answer(large).has("pcap")).isTrue();
    }
}
