package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.util.JsonFormat;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.testkit.SipInfoProto;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protobuf's own JSON parser reads what we write, knows every name, and prints the same again. */
class SipInfoJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static void isTheSameForProtobuf(SipInfo info, boolean raw) throws Exception {
        String ours = new String(SipInfoJson.write(info, raw), StandardCharsets.UTF_8);
        String theirs = JsonFormat.printer().includingDefaultValueFields().print(SipInfoProto.parse(ours));
        assertThat(MAPPER.readTree(ours)).isEqualTo(MAPPER.readTree(theirs));
    }

    @Test
    void hasTheDocumentsShape() throws Exception {
        SipInfo info = Traces.of(Traces.request(false, 0, "INVITE"), Traces.response(true, 150, "100 Trying", "INVITE"));
        JsonNode json = MAPPER.readTree(SipInfoJson.write(info));

        assertThat(json.fieldNames()).toIterable().containsExactly("name", "startTime", "endTime", "messages", "sipCallId", "pcap");
        assertThat(json.get("name").textValue()).isEqualTo("projects/default/calls/c-1/sipInfo");
        assertThat(json.get("startTime").textValue()).isEqualTo("2026-11-21T10:00:00.000250Z");
        assertThat(json.get("endTime").textValue()).isEqualTo("2026-11-21T10:00:43.000250Z");
        assertThat(json.get("sipCallId").textValue()).isEqualTo("abc@host");
        assertThat(json.get("pcap").binaryValue()).isEqualTo(Pcap.write(info));
        JsonNode request = json.get("messages").get(0);
        assertThat(request.fieldNames()).toIterable().containsExactly("offsetDuration", "sourceIp", "sourcePort", "destinationIp",
                "destinationPort", "method", "requestLine", "data");
        assertThat(request.get("offsetDuration").textValue()).isEqualTo("0s");
        assertThat(request.get("sourceIp").textValue()).isEqualTo("192.0.2.77");
        assertThat(request.get("sourcePort").intValue()).isEqualTo(40_123);
        assertThat(request.get("destinationPort").isInt()).isTrue();
        assertThat(request.get("method").textValue()).isEqualTo("INVITE");
        assertThat(request.get("requestLine").textValue()).isEqualTo("INVITE sip:bob@192.0.2.1 SIP/2.0");
        JsonNode response = json.get("messages").get(1);
        assertThat(response.get("offsetDuration").textValue()).isEqualTo("0.150s");
        assertThat(response.get("method").textValue()).isEqualTo("100");
        assertThat(response.get("requestLine").textValue()).isEqualTo("100 Trying");
        assertThat(response.get("data").textValue()).startsWith("SIP/2.0 100 Trying\r\nVia: ").endsWith("Content-Length: 0\r\n\r\n");
        isTheSameForProtobuf(info, false);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void protobufReadsRandomTraces(long seed) throws Exception {
        isTheSameForProtobuf(Traces.random(seed, (int) seed * 7), seed % 2 == 0);
    }

    @Test
    void protobufReadsBytesThatAreNoText() throws Exception {
        java.util.Random random = new java.util.Random(11);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            SipMessage message = new SipMessage(Traces.START, "udp", true, Traces.US, Traces.PHONE, noise);
            isTheSameForProtobuf(Traces.of(message), false);
        }
    }

    @Test
    void aCallWithoutMessagesAndALiveOneCanBeWritten() throws Exception {
        isTheSameForProtobuf(Traces.of(), false);
        SipInfo live = new SipInfo(Traces.record(CallDirection.INBOUND, null, null, null), List.of(), 0);
        isTheSameForProtobuf(live, false);
        assertThat(MAPPER.readTree(SipInfoJson.write(live)).has("endTime")).isFalse();
    }

    @Test
    void secretsAreMaskedUnlessAskedFor() throws Exception {
        SipInfo info = Traces.of(Traces.request(false, 0, "INVITE", "Authorization: Digest username=\"a\", response=\"5ec2e7\""));
        JsonNode masked = MAPPER.readTree(SipInfoJson.write(info));
        JsonNode raw = MAPPER.readTree(SipInfoJson.write(info, true));
        assertThat(masked.at("/messages/0/data").textValue()).contains("response=\"******\"");
        assertThat(new String(masked.get("pcap").binaryValue(), StandardCharsets.ISO_8859_1)).contains("response=\"******\"");
        assertThat(raw.at("/messages/0/data").textValue()).contains("response=\"5ec2e7\"");
        assertThat(new String(raw.get("pcap").binaryValue(), StandardCharsets.ISO_8859_1)).contains("response=\"5ec2e7\"");
    }

    @ParameterizedTest
    @CsvSource({"0,0s", "150000000,0.150s", "1000,0.000001s", "1,0.000000001s", "32000000000,32s", "-1500000,-0.001500s", "-2000000000,-2s",
        "3600500000000,3600.500s"})
    void durationsHaveThreeSixOrNineDigits(long nanos, String text) {
        assertThat(SipInfoJson.duration(Duration.ofNanos(nanos))).isEqualTo(text)
                .isEqualTo(com.google.protobuf.util.Durations.toString(com.google.protobuf.util.Durations.fromNanos(nanos)));
    }

    @Test
    void whatSteersATerminalIsEscaped() throws Exception {
        String hostile = "OPTIONS sip:a SIP/2.0\r\nSubject: \u001b[2J \u007f \u009b31m \u202eabc \u2066 \u00e9 \ud83d\ude00\r\n\r\n";
        SipMessage message = Traces.message(false, 0, hostile);
        String json = new String(SipInfoJson.write(Traces.of(message)), StandardCharsets.UTF_8);
        assertThat(json).doesNotContain("\u001b", "\u007f", "\u009b", "\u202e", "\u2066").contains("\\u009b31m", "\\u202eabc", "\u00e9");
        assertThat(MAPPER.readTree(json).get("messages").get(0).get("data").textValue()).isEqualTo(hostile);
    }
}
