package io.github.camelvoice.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.reflect.RecordComponent;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The JSON form of every event and of calls. */
class VoiceJsonTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05.006Z");
    private static final VoiceEvent.Head HEAD = new VoiceEvent.Head("n1-abc", 7, TIME, "x@y", CallDirection.INBOUND, "sip:a@b", "sip:c@d");
    private static final EndCause BUSY = new EndCause(EndCause.Kind.BUSY, EndCause.Origin.REMOTE, 486, "Busy Here", "Q.850;cause=17");

    private static JsonNode json(VoiceEvent event) throws Exception {
        return MAPPER.readTree(VoiceJson.write(event));
    }

    @Test
    void whatAllEventsShare() throws Exception {
        assertThat(VoiceJson.write(new VoiceEvent.Muted(HEAD))).isEqualTo("{\"type\":\"muted\",\"callId\":\"n1-abc\",\"sequence\":7,"
                + "\"time\":\"2026-01-02T03:04:05.006Z\",\"sipCallId\":\"x@y\",\"direction\":\"inbound\",\"from\":\"sip:a@b\",\"to\":\"sip:c@d\"}");
    }

    @Test
    void theEndOfACall() throws Exception {
        MediaFigures heard = new MediaFigures(100, 16000, 1, 2, 1.23456, 4.4);
        JsonNode json = json(new VoiceEvent.CallEnded(HEAD, BUSY, Duration.ofMillis(2500), heard, MediaFigures.NONE));
        assertThat(json.get("cause").asText()).isEqualTo("busy");
        assertThat(json.get("endedBy").asText()).isEqualTo("remote");
        assertThat(json.get("sipCode").asInt()).isEqualTo(486);
        assertThat(json.get("reason").asText()).isEqualTo("Q.850;cause=17");
        assertThat(json.get("duration").decimalValue()).isEqualByComparingTo("2.5");
        assertThat(json.get("receivedPackets").asLong()).isEqualTo(100);
        assertThat(json.get("receivedJitterMillis").asDouble()).isEqualTo(1.235);
        assertThat(json.has("sentPackets")).isFalse();
    }

    static List<Class<?>> kinds() {
        return List.of(VoiceEvent.class.getPermittedSubclasses()).stream().filter(Class::isRecord).toList();
    }

    /** Every component of every event is in its JSON, under its own name; a cause and figures are laid flat. */
    @ParameterizedTest
    @MethodSource("kinds")
    void everyFieldOfEveryEventIsThere(Class<?> type) throws Exception {
        List<Object> values = new ArrayList<>();
        Set<String> expected = new TreeSet<>(Set.of("type", "callId", "sequence", "time", "sipCallId", "direction", "from", "to"));
        for (RecordComponent component : type.getRecordComponents()) {
            values.add(sample(component.getType()));
            if (component.getType() == EndCause.class) {
                expected.addAll(List.of("cause", "endedBy", "sipCode", "phrase", "reason", "retryable"));
            } else if (component.getType() == MediaFigures.class) {
                for (String figure : List.of("Packets", "Bytes", "Lost", "Discarded", "JitterMillis", "Mos")) {
                    expected.add(component.getName() + figure);
                }
            } else if (component.getType() != VoiceEvent.Head.class) {
                expected.add(component.getName());
            }
        }
        VoiceEvent event = (VoiceEvent) type.getDeclaredConstructors()[0].newInstance(values.toArray());
        Set<String> names = new TreeSet<>();
        json(event).fieldNames().forEachRemaining(names::add);
        assertThat(names).isEqualTo(expected);
        assertThat(json(event).get("type").asText()).isEqualTo(event.kind().label());
    }

    private static Object sample(Class<?> type) {
        if (type == VoiceEvent.Head.class) {
            return HEAD;
        } else if (type == EndCause.class) {
            return BUSY;
        } else if (type == MediaFigures.class) {
            return new MediaFigures(1, 2, 3, 4, 5, 4.1);
        } else if (type == Duration.class) {
            return Duration.ofSeconds(3);
        } else if (type == int.class) {
            return 180;
        } else if (type == boolean.class) {
            return true;
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        }
        return "text";
    }

    @Test
    void aCall() throws Exception {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 4000);
        CallSnapshot call = new CallSnapshot("n1-abc", "x@y", CallDirection.OUTBOUND, CallState.ACTIVE, new Party("sip:a@b", "a", "b", "A \"B\""),
                new Party("sip:c@d", "c", "d", ""), "sip:c@d", "udp", "10.0.0.1:5060", "", SipHeaders.none(), TIME, null, TIME, null,
                new MediaInfo("PCMU", 20, address, address, true, true, false, 101), false, true, false, null, "n1-parent", "ACME", null);
        assertThat(VoiceJson.write(call)).isEqualTo("{\"callId\":\"n1-abc\",\"sipCallId\":\"x@y\",\"direction\":\"outbound\",\"state\":\"active\","
                + "\"from\":\"sip:a@b\",\"fromName\":\"A \\\"B\\\"\",\"to\":\"sip:c@d\",\"calledUri\":\"sip:c@d\",\"transport\":\"udp\","
                + "\"remoteAddress\":\"10.0.0.1:5060\",\"createdAt\":\"2026-01-02T03:04:05.006Z\",\"answeredAt\":\"2026-01-02T03:04:05.006Z\","
                + "\"codec\":\"PCMU\",\"held\":false,\"muted\":true,\"recording\":false,\"parentCallId\":\"n1-parent\",\"account\":\"ACME\"}");
        assertThat(MAPPER.readTree(VoiceJson.write(List.of(call, call)))).hasSize(2);
        assertThat(VoiceJson.write(List.of())).isEqualTo("[]");
    }
}
