package io.github.camelvoice.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Listens on loopback with tshark, as an independent witness of what went over the wire. */
public final class Tshark implements AutoCloseable {

    private static final Pattern STREAM = Pattern.compile("127\\.0\\.0\\.1\\s+(\\d+)\\s+127\\.0\\.0\\.1\\s+(\\d+)\\s+0x[0-9A-Fa-f]+\\s+(.+?)"
            + "\\s+(\\d+)\\s+(-?\\d+) \\(");

    private final Path folder;
    private final PeerProcess process;

    private Tshark(Path folder, PeerProcess process) {
        this.folder = folder;
        this.process = process;
    }

    /** @param filter in the language of pcap: {@code udp portrange 10000-10010} */
    public static Tshark capture(Path folder, String filter) {
        PeerProcess process = PeerProcess.start(folder, Duration.ofMinutes(3), "tshark", "-n", "-i", "lo", "-f", filter, "-w",
                folder.resolve("capture.pcap").toString());
        process.awaitOutput("Capture started", Duration.ofSeconds(15));
        return new Tshark(folder, process);
    }

    /**
     * One RTP stream.
     *
     * @param from    source port
     * @param to      destination port
     * @param payload name of the payload type
     */
    public record Stream(int from, int to, String payload, long packets, long lost) {
    }

    /** The capture so far. */
    public Path file() {
        return folder.resolve("capture.pcap");
    }

    /** Ends the capture and reads its RTP streams. */
    public List<Stream> streams() {
        process.close();
        String table = PeerProcess.run(folder, "tshark", "-n", "-r", "capture.pcap", "--enable-heuristic", "rtp_udp", "-q", "-z", "rtp,streams");
        List<Stream> streams = new ArrayList<>();
        for (Matcher matcher = STREAM.matcher(table); matcher.find();) {
            streams.add(new Stream(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), matcher.group(3),
                    Long.parseLong(matcher.group(4)), Long.parseLong(matcher.group(5))));
        }
        return streams;
    }

    /**
     * One datagram.
     *
     * @param payload of UDP, in hexadecimal
     */
    public record Datagram(int from, int to, String payload) {
        public boolean touches(int port) {
            return from == port || to == port;
        }
    }

    /** Ends the capture and reads its datagrams. */
    public List<Datagram> datagrams() {
        process.close();
        return PeerProcess.run(folder, "tshark", "-n", "-r", "capture.pcap", "-Y", "udp.payload", "-T", "fields", "-e", "udp.srcport", "-e",
                "udp.dstport", "-e", "udp.payload").lines().map(line -> line.split("\t")).filter(fields -> fields.length == 3)
                .map(fields -> new Datagram(Integer.parseInt(fields[0]), Integer.parseInt(fields[1]), fields[2].replace(":", ""))).toList();
    }

    @Override
    public void close() {
        process.close();
    }
}
