package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Reads a pcap file with tshark and capinfos, as an independent witness that it says what it should, with nothing malformed. */
public final class PcapReader {

    private static final String[] FIELDS = {"frame.time_epoch", "ip.src", "ip.dst", "ipv6.src", "ipv6.dst", "udp.srcport", "udp.dstport",
        "tcp.srcport", "tcp.dstport", "sip.Method", "sip.Status-Code", "sip.Request-Line", "sip.Status-Line", "udp.payload", "tcp.payload",
        "tcp.reassembled.data", "ip.checksum.status", "udp.checksum.status", "tcp.checksum.status", "_ws.expert.severity",
        "_ws.expert.message", "_ws.malformed"};
    private static final int WARNING = 0x600000;

    private PcapReader() {
    }

    /**
     * A SIP message as tshark sees it.
     *
     * @param source      {@code ip:port}, without brackets
     * @param destination likewise
     * @param method      method, or status code
     * @param line        first line as it is on the wire
     * @param data        all its bytes, put together from its segments
     */
    public record Sip(Instant time, String source, String destination, boolean udp, String method, String line, byte[] data) {
    }

    /**
     * The SIP messages of a file.
     *
     * @throws AssertionError if anything is malformed, has a wrong checksum, or is worth a warning to tshark
     */
    public static List<Sip> read(Path folder, byte[] pcap) {
        List<String> command = new ArrayList<>(List.of("tshark", "-n", "-r", write(folder, pcap), "-o", "ip.check_checksum:TRUE", "-o",
                "udp.check_checksum:TRUE", "-o", "tcp.check_checksum:TRUE", "-T", "fields", "-E", "separator=|", "-E", "occurrence=l"));
        for (String field : FIELDS) {
            command.add("-e");
            command.add(field);
        }
        List<Sip> messages = new ArrayList<>();
        for (String row : PeerProcess.run(folder, command.toArray(String[]::new)).split("\n")) {
            String[] fields = row.split("\\|", -1);
            if (fields.length == FIELDS.length) {
                isSound(fields);
                message(fields, messages);
            }
        }
        return messages;
    }

    private static void message(String[] f, List<Sip> messages) {
        boolean response = !f[10].isEmpty();
        if (f[9].isEmpty() && !response) {
            mustBe(!f[7].isEmpty(), "a datagram is no SIP", f);
            return;
        }
        boolean udp = !f[5].isEmpty();
        String data = udp ? f[13] : f[15].isEmpty() ? f[14] : f[15];
        String[] time = f[0].split("\\.");
        messages.add(new Sip(Instant.ofEpochSecond(Long.parseLong(time[0]), Long.parseLong(time[1])), f[1] + f[3] + ":" + f[5] + f[7],
                f[2] + f[4] + ":" + f[6] + f[8], udp, response ? f[10] : f[9], response ? f[12] : f[11], HexFormat.of().parseHex(data)));
    }

    private static void isSound(String[] f) {
        mustBe(f[1].isEmpty() || f[16].equals("1"), "IP checksum", f);
        mustBe(f[5].isEmpty() || f[17].equals("1"), "UDP checksum", f);
        mustBe(f[7].isEmpty() || f[18].equals("1"), "TCP checksum", f);
        mustBe(f[21].isEmpty(), "malformed", f);
        mustBe(f[19].isEmpty() || Integer.decode(f[19]) < WARNING, f[20], f);
    }

    private static void mustBe(boolean fine, String what, String[] fields) {
        if (!fine) {
            throw new AssertionError(what + ": " + Arrays.toString(fields));
        }
    }

    /** What capinfos tells of a file. */
    public static String info(Path folder, byte[] pcap) {
        return PeerProcess.run(folder, "capinfos", write(folder, pcap));
    }

    private static String write(Path folder, byte[] pcap) {
        try (Stream<Path> files = Files.list(folder)) {
            Path file = folder.resolve("read-" + files.count() + ".pcap");
            Files.write(file, pcap);
            return file.toString();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
