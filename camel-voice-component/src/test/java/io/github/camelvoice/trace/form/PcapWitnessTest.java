package io.github.camelvoice.trace.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.testkit.PcapReader;
import io.github.camelvoice.testkit.PcapReader.Sip;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** tshark and capinfos see in the pcap what the JSON says, with nothing malformed and all checksums right. */
@Tag("peer")
class PcapWitnessTest {

    @TempDir
    Path folder;

    private void seesTheSame(SipInfo info) throws Exception {
        JsonNode json = new ObjectMapper().readTree(SipInfoJson.write(info));
        List<Sip> seen = PcapReader.read(folder, json.get("pcap").binaryValue());
        assertThat(seen).hasSize(json.get("messages").size());
        Instant start = Instant.parse(json.get("startTime").textValue());
        for (int i = 0; i < seen.size(); i++) {
            Sip sip = seen.get(i);
            JsonNode message = json.get("messages").get(i);
            assertThat(sip.time()).isEqualTo(start.plus(Duration.parse("PT" + message.get("offsetDuration").textValue())));
            assertThat(sip.source()).isEqualTo(message.get("sourceIp").textValue() + ":" + message.get("sourcePort").intValue());
            assertThat(sip.destination()).isEqualTo(message.get("destinationIp").textValue() + ":" + message.get("destinationPort").intValue());
            assertThat(sip.udp()).isEqualTo(info.messages().get(i).transport().equals("udp"));
            assertThat(sip.method()).isEqualTo(message.get("method").textValue());
            String line = message.get("requestLine").textValue();
            assertThat(sip.line()).isEqualTo(Character.isDigit(line.charAt(0)) ? "SIP/2.0 " + line : line);
            assertThat(new String(sip.data(), StandardCharsets.UTF_8)).isEqualTo(message.get("data").textValue());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23})
    void randomTraces(long seed) throws Exception {
        seesTheSame(Traces.random(seed, 80));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2, 5060", "2001:db8::1, 2001:db8::2, 5060", "127.0.0.1, 127.0.0.1, 25061", "::1, ::1, 5061"})
    void aMegabyteOverOneConnection(String ours, String theirs, int port) throws Exception {
        Random random = new Random(7);
        InetSocketAddress us = Traces.at(ours, port);
        InetSocketAddress peer = Traces.at(theirs, 43_210);
        List<SipMessage> messages = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            boolean sent = random.nextBoolean();
            byte[] data = Traces.random(random, i == 17 ? 70_000 : 25_000);
            messages.add(new SipMessage(Traces.START.plusMillis(i), port == 5060 ? "tcp" : "tls", sent, sent ? us : peer, sent ? peer : us, data));
        }
        assertThat(messages.stream().mapToInt(message -> message.data().length).sum()).isGreaterThan(1_000_000);
        seesTheSame(new SipInfo(Traces.record(), messages, 0));
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.1, 192.0.2.2", "2001:db8::1, 2001:db8::2"})
    void theLargestDatagram(String ours, String theirs) throws Exception {
        byte[] head = Traces.random(new Random(8), 60_000);
        byte[] full = Traces.random(new Random(8), 60_000 + 65_507 - head.length);
        assertThat(full).hasSize(65_507);
        seesTheSame(Traces.of(new SipMessage(Traces.START, "udp", true, Traces.at(ours, 5060), Traces.at(theirs, 5060), full)));
    }

    /** One port in 65,536 makes the checksum zero, which in UDP would mean that there is none (RFC 768). */
    @Test
    void aChecksumThatComesOutAsZeroIsWrittenAsOnes() {
        byte[] data = Traces.bytes("BYE sip:a SIP/2.0\r\nContent-Length: 0\r\n\r\n");
        byte[] pcap = Pcap.write(Traces.of(bye(1, data)));
        int checksum = (pcap[66] & 0xff) << 8 | pcap[67] & 0xff;
        int port = (checksum + 1) % 0xffff;
        byte[] ones = Pcap.write(Traces.of(bye(port, data)));
        assertThat((ones[66] & 0xff) << 8 | ones[67] & 0xff).isEqualTo(0xffff);
        assertThat(PcapReader.read(folder, ones)).hasSize(1);
    }

    private static SipMessage bye(int port, byte[] data) {
        return new SipMessage(Traces.START, "udp", true, Traces.US, Traces.at("192.0.2.2", port), data);
    }

    @Test
    void capinfosReadsTheFile() {
        SipInfo info = Traces.random(31, 50);
        String about = PcapReader.info(folder, Pcap.write(info));
        assertThat(about).containsPattern("File encapsulation: +Raw IP").containsPattern("timestamp precision: +microseconds")
                .containsPattern("Strict time order: +True").contains("First packet time:   2026-11-21 10:00:00.000250")
                .doesNotContain("cut short");
    }
}
