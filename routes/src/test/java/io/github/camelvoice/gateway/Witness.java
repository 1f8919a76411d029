package io.github.camelvoice.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.testkit.Dissection;
import io.github.camelvoice.testkit.Dissection.Packet;
import io.github.camelvoice.testkit.SippLog;
import io.github.camelvoice.testkit.Tshark;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Holds what the gateway tells of a call against what the far end wrote down, and against a capture of the loopback interface. */
final class Witness implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** Both are this machine's clock; between them lies how long a busy machine takes to read a socket. */
    private static final Duration SKEW = Duration.ofSeconds(1);

    private final Path folder;
    private final Running gateway;
    private final int[] sipPorts;
    private final Tshark capture;
    private final List<SipInfoAnswer> seen = new ArrayList<>();

    Witness(Path folder, Running gateway, int... sipPorts) {
        this.folder = folder;
        this.gateway = gateway;
        this.sipPorts = sipPorts;
        StringBuilder filter = new StringBuilder();
        for (int port : sipPorts) {
            filter.append(filter.isEmpty() ? "port " : " or port ").append(port);
        }
        capture = Tshark.capture(folder, filter.toString());
    }

    /** Reads the call back; all messages of the log must be there, in order and byte for byte, and the pcap must have the same. */
    SipInfoAnswer mustTell(List<SippLog.Line> log) throws Exception {
        String callId = log.get(0).header("Call-ID");
        SipInfoAnswer info = complete(callId, log.size());
        assertThat(info.sipCallId()).isEqualTo(callId);
        assertThat(info.messages()).extracting(SipInfoAnswer.Message::wire).containsExactlyElementsOf(log.stream().map(SippLog.Line::data).toList());
        for (int i = 0; i < log.size(); i++) {
            assertThat(info.messages().get(i).time()).as(log.get(i).start()).isCloseTo(log.get(i).time(), within(SKEW.toMillis(), ChronoUnit.MILLIS));
        }
        check(info);
        return info;
    }

    /** The call with {@code count} messages at least: what followed its end may be on its way. */
    SipInfoAnswer complete(String id, int count) {
        SipInfoAnswer[] info = new SipInfoAnswer[1];
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
            info[0] = SipInfoAnswer.read(gateway.get(SipInfoAnswer.path(id)));
            assertThat(info[0].messages()).extracting(SipInfoAnswer.Message::requestLine).hasSizeGreaterThanOrEqualTo(count);
        });
        return info[0];
    }

    /** What must be true of every SipInfo, and of its pcap. */
    void check(SipInfoAnswer info) throws Exception {
        assertThat(info.name()).matches("projects/default/calls/[^/]+/sipInfo");
        assertThat(info.start()).isEqualTo(info.messages().get(0).time());
        assertThat(info.end()).isAfterOrEqualTo(info.start());
        assertThat(info.messages()).extracting(SipInfoAnswer.Message::time).isSorted();
        for (SipInfoAnswer.Message message : info.messages()) {
            String first = message.data().substring(0, message.data().indexOf("\r\n"));
            boolean response = first.startsWith("SIP/2.0 ");
            assertThat(message.requestLine()).isEqualTo(response ? first.substring("SIP/2.0 ".length()) : first);
            assertThat(message.method()).isEqualTo(first.split(" ")[response ? 1 : 0]);
        }
        Path pcap = Files.write(Files.createTempFile(folder, "told", ".pcap"), info.pcap());
        List<Packet> packets = Dissection.read(folder, pcap, sipPorts);
        assertThat(packets).allSatisfy(packet -> assertThat(packet.faults()).as(packet.way()).isEmpty());
        assertThat(packets.stream().flatMap(packet -> packet.sip().stream()).toList())
                .containsExactlyInAnyOrderElementsOf(info.messages().stream().map(message -> firstLine(message.data())).toList());
        assertThat(streams(packets)).isEqualTo(info.messages().stream().collect(Collectors.groupingBy(SipInfoAnswer.Message::way,
                LinkedHashMap::new, Collectors.mapping(SipInfoAnswer.Message::wire, Collectors.joining()))));
        seen.add(info);
    }

    private static String firstLine(String data) {
        return data.substring(0, data.indexOf("\r\n"));
    }

    /** All that went each way, in order. */
    private static Map<String, String> streams(List<Packet> packets) {
        return packets.stream().filter(packet -> !packet.payload().isEmpty()).collect(Collectors.groupingBy(Packet::way, LinkedHashMap::new,
                Collectors.mapping(Packet::payload, Collectors.joining())));
    }

    /** Ends the capture: all messages over UDP and TCP that the gateway told of were on the wire, between the same addresses, at that time. */
    void mustHaveSeenAll() {
        List<SipInfoAnswer.Message> told = seen.stream().flatMap(info -> info.messages().stream()).toList();
        List<Packet> wire = new ArrayList<>();
        await().atMost(PATIENCE).untilAsserted(() -> {
            wire.clear();
            wire.addAll(Dissection.read(folder, capture.file(), sipPorts));
            for (SipInfoAnswer.Message message : told) {
                assertThat(wire).as(message.way() + " " + message.requestLine()).anyMatch(packet -> isPartOf(packet, message));
            }
        });
        capture.close();
        Duration most = Duration.ZERO;
        for (SipInfoAnswer.Message message : told) {
            Packet closest = wire.stream().filter(packet -> isPartOf(packet, message))
                    .min((a, b) -> apart(a.time(), message.time()).compareTo(apart(b.time(), message.time()))).orElseThrow();
            Duration apart = apart(closest.time(), message.time());
            assertThat(apart).as(message.requestLine()).isLessThan(SKEW);
            most = apart.compareTo(most) > 0 ? apart : most;
            if (closest.udp()) {
                wire.remove(closest);
            }
        }
        System.out.printf("%d messages of %d calls were on the wire; time apart: %d us at most%n", told.size(), seen.size(), most.toNanos() / 1000);
    }

    /** For TLS the ports are all that the wire shows. */
    private static boolean isPartOf(Packet packet, SipInfoAnswer.Message message) {
        if (packet.payload().isEmpty() || !packet.way().equals(message.way())) {
            return false;
        }
        if (packet.udp()) {
            return packet.payload().equals(message.wire());
        }
        return packet.payload().charAt(0) < ' ' || packet.payload().contains(firstLine(message.wire())) || message.wire().contains(packet.payload());
    }

    private static Duration apart(Instant one, Instant other) {
        return Duration.between(one, other).abs();
    }

    @Override
    public void close() {
        capture.close();
    }
}
