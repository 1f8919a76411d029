package io.github.camelvoice.testkit;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** What tshark reads in a pcap file, checksums checked. */
public final class Dissection {

    private static final String[] FIELDS = {"frame.time_epoch", "ip.src", "ipv6.src", "ip.dst", "ipv6.dst", "udp.srcport", "tcp.srcport",
        "udp.dstport", "tcp.dstport", "udp.payload", "tcp.payload", "sip.Request-Line", "sip.Status-Line", "_ws.malformed", "ip.checksum.status",
        "udp.checksum.status", "tcp.checksum.status", "tcp.analysis.flags"};
    private static final String GOOD = "1";

    private Dissection() {
    }

    /**
     * A packet.
     *
     * @param udp       else TCP
     * @param payload   of UDP or TCP, one byte a char (ISO 8859-1)
     * @param sip       first lines of the SIP messages that end in it
     * @param faults    malformed parts, wrong checksums, gaps in a TCP stream; empty if there are none
     */
    public record Packet(Instant time, boolean udp, String source, int sourcePort, String destination, int destinationPort, String payload,
                         List<String> sip, List<String> faults) {

        /** {@code ip:port>ip:port}. */
        public String way() {
            return source + ":" + sourcePort + ">" + destination + ":" + destinationPort;
        }
    }

    /** @param sipPorts where TCP carries SIP; UDP is recognised anywhere */
    public static List<Packet> read(Path folder, Path pcap, int... sipPorts) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", pcap.toString(), "-o", "ip.check_checksum:TRUE", "-o",
                "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-T", "fields", "-E", "separator=/t", "-E", "aggregator=|"));
        for (int port : sipPorts) {
            command.addAll(List.of("-d", "tcp.port==" + port + ",sip", "-d", "udp.port==" + port + ",sip"));
        }
        for (String field : FIELDS) {
            command.addAll(List.of("-e", field));
        }
        return PeerProcess.run(folder, command.toArray(String[]::new)).lines().filter(line -> line.contains("\t")).map(Dissection::packet).toList();
    }

    private static Packet packet(String line) {
        String[] of = line.split("\t", -1);
        boolean udp = !of[5].isEmpty();
        List<String> sip = new ArrayList<>();
        for (String first : List.of(of[11], of[12])) {
            if (!first.isEmpty()) {
                sip.addAll(List.of(first.split("\\|")));
            }
        }
        List<String> faults = new ArrayList<>();
        fault(faults, "malformed", of[13]);
        fault(faults, "IP checksum", of[14].replace(GOOD, ""));
        fault(faults, "UDP checksum", of[15].replace(GOOD, ""));
        fault(faults, "TCP checksum", of[16].replace(GOOD, ""));
        fault(faults, "TCP", of[17]);
        return new Packet(time(of[0]), udp, of[1] + of[2], port(of[5] + of[6]), of[3] + of[4], port(of[7] + of[8]),
                new String(HexFormat.of().parseHex((of[9] + of[10]).replace(":", "")), StandardCharsets.ISO_8859_1), sip, faults);
    }

    private static void fault(List<String> faults, String name, String value) {
        if (!value.isEmpty()) {
            faults.add(name + " " + value);
        }
    }

    private static int port(String text) {
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static Instant time(String epoch) {
        BigDecimal seconds = new BigDecimal(epoch);
        return Instant.ofEpochSecond(seconds.longValue(), seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
    }
}
