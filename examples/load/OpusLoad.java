import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Calls that need transcoding: the caller speaks Opus (frames made beforehand, tone.opus.txt), the called PCMU, the server between them
 * bridges. Tells what arrived on both sides, and how late against the clock of its own stream; a frame that comes more than 20 ms after the
 * earliest of its stream would have is counted as late.
 *
 *   java OpusLoad.java --target 127.0.0.1:5060 --user 203 --callee-port 25075 --calls 60 --seconds 20 --pid PID
 */
public class OpusLoad {

    static final long FRAME = 20_000_000L;
    static final Map<String, String> ARGS = new HashMap<>();
    static final List<byte[]> OPUS = new ArrayList<>();
    static final byte[] PCMU = new byte[160];
    static final Map<String, Stream> CALLEES = new ConcurrentHashMap<>();
    static volatile boolean over;

    /** One RTP socket: what it sends and what it hears. */
    static final class Stream {
        final DatagramChannel channel;
        final boolean opus;
        final ByteBuffer out = ByteBuffer.allocateDirect(300);
        final int ssrc = (int) System.nanoTime();
        volatile InetSocketAddress to;
        int sent;
        int received;
        int lost;
        int nextSequence = -1;
        long earliest = Long.MAX_VALUE;
        long clock;
        int lastTimestamp;
        final long[] off = new long[200_000];
        String answer;

        Stream(boolean opus) throws IOException {
            this.opus = opus;
            channel = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false);
        }

        int port() throws IOException {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }

        void send() throws IOException {
            if (to == null) {
                return;
            }
            byte[] payload = opus ? OPUS.get(sent % OPUS.size()) : PCMU;
            out.clear();
            out.putShort((short) (0x8000 | (sent == 0 ? 0x80 : 0) | (opus ? 96 : 0))).putShort((short) sent)
                    .putInt(sent * (opus ? 960 : 160)).putInt(ssrc).put(payload).flip();
            channel.send(out, to);
            sent++;
        }

        void receive(ByteBuffer in, long now) {
            int sequence = in.getShort(2) & 0xFFFF;
            int timestamp = in.getInt(4);
            if (nextSequence >= 0) {
                lost += (short) (sequence - nextSequence);
                clock += timestamp - lastTimestamp;
            }
            lastTimestamp = timestamp;
            nextSequence = sequence + 1 & 0xFFFF;
            long due = clock * 1_000_000L / (opus ? 48 : 8);
            if (received < off.length) {
                off[received] = now - due;
                earliest = Math.min(earliest, now - due);
            }
            received++;
        }
    }

    public static void main(String[] args) throws Exception {
        for (int i = 0; i + 1 < args.length; i += 2) {
            ARGS.put(args[i].substring(2), args[i + 1]);
        }
        Path here = Path.of(ARGS.getOrDefault("tone", "examples/load/tone.opus.txt"));
        Files.readAllLines(here).forEach(line -> OPUS.add(HexFormat.of().parseHex(line.trim())));
        for (int i = 0; i < 160; i++) {
            PCMU[i] = mulaw((short) (8000 * Math.sin(2 * Math.PI * 1000 * i / 8000)));
        }
        DatagramSocket callee = new DatagramSocket(Integer.parseInt(ARGS.get("callee-port")), InetAddress.getLoopbackAddress());
        Thread answering = new Thread(() -> answer(callee), "callee");
        answering.setDaemon(true);
        answering.start();
        for (String calls : ARGS.get("calls").split(",")) {
            run(Integer.parseInt(calls), Integer.parseInt(ARGS.get("seconds")));
        }
        System.exit(0);
    }

    static void run(int calls, int seconds) throws Exception {
        CALLEES.clear();
        over = false;
        String[] target = ARGS.get("target").split(":");
        InetSocketAddress server = new InetSocketAddress(target[0], Integer.parseInt(target[1]));
        List<Dialog> dialogs = new ArrayList<>();
        int failed = 0;
        for (int i = 0; i < calls; i++) {
            Dialog dialog = new Dialog(server, i);
            if (dialog.place()) {
                dialogs.add(dialog);
            } else {
                failed++;
            }
        }
        for (int i = 0; i < 250 && CALLEES.size() < dialogs.size(); i++) {
            LockSupport.parkNanos(FRAME);
        }
        List<Stream> streams = new ArrayList<>();
        dialogs.forEach(dialog -> streams.add(dialog.stream));
        streams.addAll(CALLEES.values());
        Thread hearing = new Thread(() -> hear(streams), "hearing");
        hearing.start();
        long cpuBefore = cpu();
        long start = System.nanoTime() + FRAME;
        long worst = 0;
        for (int turn = 0; turn < seconds * 50; turn++) {
            for (int i = 0; i < streams.size(); i++) {
                long due = start + turn * FRAME + i * FRAME / streams.size();
                long wait;
                while ((wait = due - System.nanoTime()) > 0) {
                    LockSupport.parkNanos(wait);
                }
                worst = Math.max(worst, -wait);
                streams.get(i).send();
            }
        }
        double cpu = (cpu() - cpuBefore) / 100.0;
        LockSupport.parkNanos(5 * FRAME);
        over = true;
        hearing.join();
        for (Dialog dialog : dialogs) {
            dialog.bye();
        }
        System.out.printf("transcode: calls %d failed %d, %d s, sender at most %.1f ms late, server %.2f CPU s = %.1f %% of a core, "
                + "%.3f CPU s per call-minute%n", dialogs.size(), failed, seconds, worst / 1e6, cpu, 100 * cpu / seconds,
                cpu * 60 / seconds / Math.max(1, dialogs.size()));
        tell("  PCMU to the called", streams.stream().filter(stream -> !stream.opus).toList(), seconds * 50);
        tell("  Opus to the caller", streams.stream().filter(stream -> stream.opus).toList(), seconds * 50);
        for (Stream stream : streams) {
            stream.channel.close();
        }
    }

    static void tell(String title, List<Stream> streams, int expected) {
        int received = 0;
        int lost = 0;
        long[] off = new long[streams.stream().mapToInt(stream -> stream.received).sum()];
        int at = 0;
        for (Stream stream : streams) {
            received += stream.received;
            lost += stream.lost;
            for (int i = 0; i < Math.min(stream.received, stream.off.length); i++) {
                off[at++] = stream.off[i] - stream.earliest;
            }
        }
        Arrays.sort(off, 0, at);
        long late = Arrays.stream(off, 0, at).filter(value -> value > FRAME).count();
        System.out.printf("%s: %d of %d frames, %d lost on the way, %d late, behind the earliest p50 %.1f p99 %.1f max %.1f ms%n", title, received,
                streams.size() * expected, lost, late, at == 0 ? 0 : off[at / 2] / 1e6, at == 0 ? 0 : off[at * 99 / 100] / 1e6,
                at == 0 ? 0 : off[at - 1] / 1e6);
    }

    static void hear(List<Stream> streams) {
        ByteBuffer in = ByteBuffer.allocateDirect(2048);
        try (Selector selector = Selector.open()) {
            for (Stream stream : streams) {
                stream.channel.register(selector, SelectionKey.OP_READ, stream);
            }
            while (!over) {
                selector.select(key -> {
                    try {
                        Stream stream = (Stream) key.attachment();
                        while (stream.channel.receive(in.clear()) != null) {
                            stream.receive(in, System.nanoTime());
                        }
                    } catch (IOException gone) {
                        key.cancel();
                    }
                }, 50);
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The caller's side of one call. */
    static final class Dialog {
        final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        final InetSocketAddress server;
        final Stream stream = new Stream(true);
        final String id;
        String to;

        Dialog(InetSocketAddress server, int number) throws IOException {
            this.server = server;
            this.id = "opus" + number + "-" + System.nanoTime();
            socket.setSoTimeout(2000);
        }

        boolean place() throws IOException {
            to = "<sip:" + ARGS.get("user") + "@" + ARGS.get("target") + ">";
            String sdp = sdp(stream.port(), "96", "a=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\n");
            send(request("INVITE", 1, sdp));
            for (int tries = 0; tries < 10; tries++) {
                String answer;
                try {
                    answer = receive(socket);
                } catch (SocketTimeoutException nothing) {
                    continue;
                }
                if (answer.startsWith("SIP/2.0 1")) {
                    continue;
                }
                to = header(answer, "To");
                send(request("ACK", 1, ""));
                if (!answer.startsWith("SIP/2.0 200")) {
                    System.out.println(answer.lines().findFirst().orElse(""));
                    return false;
                }
                stream.to = media(answer);
                return true;
            }
            return false;
        }

        void bye() throws IOException {
            send(request("BYE", 2, ""));
            try {
                receive(socket);
            } catch (SocketTimeoutException nothing) {
                System.out.println("no answer to a BYE");
            }
            socket.close();
        }

        String request(String method, int cseq, String sdp) {
            return method + " sip:" + ARGS.get("user") + "@" + ARGS.get("target") + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + socket.getLocalPort()
                    + ";branch=z9hG4bK" + id + method + "\r\nMax-Forwards: 70\r\nFrom: <sip:load@127.0.0.1>;tag=" + id + "\r\nTo: " + to
                    + "\r\nCall-ID: " + id + "\r\nCSeq: " + cseq + " " + method + "\r\nContact: <sip:load@127.0.0.1:" + socket.getLocalPort()
                    + ">\r\n" + (sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n") + "Content-Length: " + sdp.length() + "\r\n\r\n" + sdp;
        }

        void send(String message) throws IOException {
            byte[] bytes = message.getBytes(StandardCharsets.US_ASCII);
            socket.send(new DatagramPacket(bytes, bytes.length, server));
        }
    }

    /** The called side: takes every call. */
    static void answer(DatagramSocket socket) {
        while (true) {
            try {
                byte[] bytes = new byte[8192];
                DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
                socket.receive(packet);
                String request = new String(bytes, 0, packet.getLength(), StandardCharsets.US_ASCII);
                if (request.startsWith("ACK") || request.startsWith("SIP/2.0")) {
                    continue;
                }
                String reply = request.startsWith("INVITE") ? invited(request, socket.getLocalPort()) : ok(request, "", socket.getLocalPort());
                byte[] out = reply.getBytes(StandardCharsets.US_ASCII);
                socket.send(new DatagramPacket(out, out.length, packet.getSocketAddress()));
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
        }
    }

    static String invited(String request, int port) throws IOException {
        Stream stream = CALLEES.get(header(request, "Call-ID"));
        if (stream == null) {
            stream = new Stream(false);
            stream.answer = sdp(stream.port(), "0", "");
            stream.to = media(request);
            CALLEES.put(header(request, "Call-ID"), stream);
        }
        return ok(request, stream.answer, port);
    }

    static String ok(String request, String sdp, int port) {
        StringBuilder reply = new StringBuilder("SIP/2.0 200 OK\r\n");
        request.lines().filter(line -> line.startsWith("Via:") || line.startsWith("Record-Route:")).forEach(line -> reply.append(line).append("\r\n"));
        String to = header(request, "To");
        return reply.append("From: ").append(header(request, "From")).append("\r\nTo: ").append(to).append(to.contains(";tag=") ? "" : ";tag=callee")
                .append("\r\nCall-ID: ").append(header(request, "Call-ID")).append("\r\nCSeq: ").append(header(request, "CSeq"))
                .append("\r\nContact: <sip:callee@127.0.0.1:").append(port).append(">\r\n")
                .append(sdp.isEmpty() ? "" : "Content-Type: application/sdp\r\n").append("Content-Length: ").append(sdp.length()).append("\r\n\r\n")
                .append(sdp).toString();
    }

    static String sdp(int port, String formats, String lines) {
        return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port + " RTP/AVP " + formats + "\r\n" + lines
                + "a=ptime:20\r\n";
    }

    static InetSocketAddress media(String message) {
        Matcher port = Pattern.compile("m=audio (\\d+)").matcher(message);
        return port.find() ? new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1))) : null;
    }

    static String header(String message, String name) {
        return message.lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1)).findFirst()
                .map(line -> line.substring(name.length() + 1).trim()).orElse("");
    }

    static String receive(DatagramSocket socket) throws IOException {
        byte[] bytes = new byte[8192];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        socket.receive(packet);
        return new String(bytes, 0, packet.getLength(), StandardCharsets.US_ASCII);
    }

    /** Ticks of 10 ms that the server's process took. */
    static long cpu() throws IOException {
        String stat = Files.readString(Path.of("/proc/" + ARGS.get("pid") + "/stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
    }

    static byte mulaw(short sample) {
        int sign = sample < 0 ? 0x80 : 0;
        int magnitude = Math.min(Math.abs(sample), 32635) + 0x84;
        int segment = 24 - Integer.numberOfLeadingZeros(magnitude);
        return (byte) ~(sign | segment << 4 | magnitude >> segment + 3 & 15);
    }
}
