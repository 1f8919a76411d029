import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * A light notifier of the dialog package on a UDP port of loopback (RFC 6665, RFC 4235): grants every SUBSCRIBE, sends the state at once and
 * further changes at a steady rate, counts what is answered and when each SUBSCRIBE came.
 *
 * <p>java NotifierLoad.java PORT EXPIRES, then lines on its standard input, each answered with one line:
 * {@code reset} forgets the figures, {@code load RATE SECONDS} sends changes to one dialog after the other, {@code report} tells the figures as
 * JSON. {@code java NotifierLoad.java probe COUNT RATE SECONDS} is a bare subscriber and this notifier in one process: what the notifier itself
 * can do on this machine.
 */
public final class NotifierLoad {

    private static final long AGAIN = 500_000_000L;
    private static final int TIMES = 4;

    /** One subscription. */
    private static final class Dialog {
        final String callId;
        final String theirs;
        final String ours;
        final String contact;
        final String event;
        final SocketAddress address;
        final String entity;
        int cseq;
        int version;
        /** How often the state changed: every other time there is a call. */
        int turn;
        String asked = "";
        volatile long end;

        Dialog(Message subscribe, String tag, SocketAddress address) {
            callId = subscribe.header("call-id", "i");
            theirs = subscribe.header("from", "f");
            String to = subscribe.header("to", "t");
            ours = to.contains("tag=") ? to : to + ";tag=" + tag;
            String given = subscribe.header("contact", "m");
            contact = given.contains("<") ? given.substring(given.indexOf('<') + 1, given.indexOf('>')) : given;
            event = subscribe.header("event", "o");
            this.address = address;
            entity = subscribe.uri();
        }
    }

    /** A NOTIFY that is not answered yet. */
    private static final class Pending {
        final byte[] bytes;
        final SocketAddress address;
        final long first;
        long next;
        int sent = 1;

        Pending(byte[] bytes, SocketAddress address, long now) {
            this.bytes = bytes;
            this.address = address;
            first = now;
            next = now + AGAIN;
        }
    }

    /** Just enough of a message. */
    private record Message(String start, Map<String, String> headers) {

        static Message read(String text) {
            int end = text.indexOf("\r\n\r\n");
            String[] lines = (end < 0 ? text : text.substring(0, end)).split("\r\n");
            Map<String, String> headers = new HashMap<>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                if (colon > 0) {
                    headers.merge(lines[i].substring(0, colon).trim().toLowerCase(java.util.Locale.ROOT), lines[i].substring(colon + 1).trim(),
                            (a, b) -> a + "\r\n" + b);
                }
            }
            return new Message(lines[0], headers);
        }

        String header(String name, String compact) {
            String value = headers.get(name);
            return value != null ? value : headers.getOrDefault(compact, "");
        }

        String uri() {
            return start.split(" ")[1];
        }
    }

    private final DatagramChannel channel = DatagramChannel.open();
    private final int port;
    private final int expires;
    private final Map<String, Dialog> dialogs = new ConcurrentHashMap<>();
    private final List<Dialog> order = new ArrayList<>();
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, Integer> firsts = new TreeMap<>();
    private final Map<Long, Integer> refreshes = new TreeMap<>();
    private final Map<String, Integer> answers = new TreeMap<>();
    private long[] latencies = new long[1 << 20];
    private int latencyCount;
    private long began;
    private long sent;
    private long changes;
    private long again;
    private long unanswered;
    private long ended;
    private long lapsed;
    private long refused;
    private long skipped;
    private long repeated;
    private long worstLag;

    private NotifierLoad(int port, int expires) throws IOException {
        this.expires = expires;
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 8 << 20);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, 8 << 20);
        channel.bind(new InetSocketAddress("127.0.0.1", port));
        this.port = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        began = System.nanoTime();
    }

    private static void start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
        try {
            while (true) {
                buffer.clear();
                SocketAddress from = channel.receive(buffer);
                buffer.flip();
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                String text = new String(bytes, StandardCharsets.ISO_8859_1);
                if (text.startsWith("SIP/2.0")) {
                    answered(text);
                } else if (text.startsWith("SUBSCRIBE ")) {
                    subscribed(Message.read(text), from);
                } else {
                    respond(Message.read(text), from, "405 Method Not Allowed", "", "x");
                }
            }
        } catch (IOException closed) {
            System.err.println(closed);
        }
    }

    private void answered(String text) {
        if (text.charAt(8) == '1') {
            return;
        }
        Message answer = Message.read(text);
        Pending was = pending.remove(answer.header("call-id", "i") + answer.header("cseq", ""));
        if (was == null) {
            return;
        }
        synchronized (this) {
            answers.merge(text.substring(8, 11), 1, Integer::sum);
            if (was.sent == 1 && latencyCount < latencies.length) {
                latencies[latencyCount++] = (System.nanoTime() - was.first) / 1000;
            }
        }
    }

    private void subscribed(Message request, SocketAddress from) throws IOException {
        if (request.headers().getOrDefault("require", "").contains("recipient-list-subscribe")) {
            synchronized (this) {
                refused++;
            }
            respond(request, from, "420 Bad Extension", "Unsupported: recipient-list-subscribe\r\n", "x");
            return;
        }
        String key = request.header("call-id", "i") + request.header("from", "f");
        boolean within = request.header("to", "t").contains("tag=");
        Dialog dialog = dialogs.get(key);
        if (within && dialog == null) {
            respond(request, from, "481 Subscription Does Not Exist", "", "x");
            return;
        }
        int asked = expires;
        try {
            asked = Integer.parseInt(request.headers().getOrDefault("expires", "" + expires));
        } catch (NumberFormatException wrong) {
            respond(request, from, "400 Bad Expires", "", "x");
            return;
        }
        int granted = Math.min(asked, expires);
        long now = System.nanoTime();
        boolean again;
        synchronized (this) {
            again = dialog != null && dialog.asked.equals(request.header("cseq", ""));
            if (again) {
                repeated++;
            } else if (dialog == null) {
                dialog = new Dialog(request, "n" + numbers.incrementAndGet(), from);
                dialogs.put(key, dialog);
                order.add(dialog);
                firsts.merge((now - began) / 1_000_000_000, 1, Integer::sum);
            } else if (granted > 0) {
                refreshes.merge((now - began) / 1_000_000_000, 1, Integer::sum);
            }
            dialog.asked = request.header("cseq", "");
            dialog.end = now + granted * 1_000_000_000L;
            if (granted == 0 && !again) {
                ended++;
                dialogs.remove(key);
                order.remove(dialog);
            }
        }
        respond(request, from, "200 OK", "Expires: " + granted + "\r\nContact: <sip:notifier@127.0.0.1:" + port + ">\r\n",
                dialog.ours.substring(dialog.ours.indexOf("tag=") + 4));
        if (!again) {
            tell(dialog, granted == 0 ? "terminated;reason=timeout" : "active;expires=" + granted);
        }
    }

    private void respond(Message request, SocketAddress to, String status, String more, String tag) throws IOException {
        StringBuilder out = new StringBuilder("SIP/2.0 ").append(status).append("\r\n");
        for (String via : request.header("via", "v").split("\r\n")) {
            out.append("Via: ").append(via).append("\r\n");
        }
        String target = request.header("to", "t");
        out.append("From: ").append(request.header("from", "f")).append("\r\nTo: ").append(target.contains("tag=") ? target : target + ";tag=" + tag)
                .append("\r\nCall-ID: ").append(request.header("call-id", "i")).append("\r\nCSeq: ").append(request.header("cseq", "")).append("\r\n")
                .append(more).append("Content-Length: 0\r\n\r\n");
        channel.send(ByteBuffer.wrap(out.toString().getBytes(StandardCharsets.ISO_8859_1)), to);
    }

    /** Sends the state: a refresh is told what is known. */
    private void tell(Dialog dialog, String state) throws IOException {
        long now = System.nanoTime();
        byte[] bytes;
        String key;
        synchronized (dialog) {
            int version = dialog.version++;
            int cseq = ++dialog.cseq;
            String body = "<?xml version=\"1.0\"?>\n<dialog-info xmlns=\"urn:ietf:params:xml:ns:dialog-info\" version=\"" + version
                    + "\" state=\"full\" entity=\"" + dialog.entity + "\">\n  <dialog id=\"d" + dialog.turn / 2 + "\" call-id=\"c" + dialog.turn / 2
                    + "@load\" local-tag=\"a\" remote-tag=\"b\" direction=\"recipient\">\n    <state>" + (dialog.turn % 2 == 0 ? "terminated" : "confirmed")
                    + "</state>\n    <remote><identity>sip:caller" + dialog.turn / 2 + "@127.0.0.1</identity><target uri=\"sip:caller@127.0.0.1\"/></remote>\n"
                    + "    <local><identity>" + dialog.entity + "</identity></local>\n  </dialog>\n</dialog-info>\n";
            String text = "NOTIFY " + dialog.contact + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port + ";rport;branch=z9hG4bKn" + numbers.incrementAndGet()
                    + "\r\nMax-Forwards: 70\r\nFrom: " + dialog.ours + "\r\nTo: " + dialog.theirs + "\r\nCall-ID: " + dialog.callId + "\r\nCSeq: " + cseq
                    + " NOTIFY\r\nContact: <sip:notifier@127.0.0.1:" + port + ">\r\nEvent: " + dialog.event + "\r\nSubscription-State: " + state
                    + "\r\nContent-Type: application/dialog-info+xml\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            key = dialog.callId + cseq + " NOTIFY";
        }
        pending.put(key, new Pending(bytes, dialog.address, now));
        synchronized (this) {
            sent++;
        }
        channel.send(ByteBuffer.wrap(bytes), dialog.address);
    }

    /** What is not answered is sent again; who did not refresh in time is struck off. */
    private void watch() {
        while (true) {
            LockSupport.parkNanos(100_000_000L);
            long now = System.nanoTime();
            pending.forEach((key, one) -> {
                if (now - one.next >= 0) {
                    repeat(key, one, now);
                }
            });
            synchronized (this) {
                int before = order.size();
                order.removeIf(dialog -> now - dialog.end > 2_000_000_000L && dialogs.values().remove(dialog));
                lapsed += before - order.size();
            }
        }
    }

    private void repeat(String key, Pending one, long now) {
        if (one.sent == TIMES) {
            pending.remove(key);
            synchronized (this) {
                unanswered++;
            }
            return;
        }
        one.sent++;
        one.next = now + (AGAIN << one.sent - 1);
        synchronized (this) {
            again++;
        }
        try {
            channel.send(ByteBuffer.wrap(one.bytes), one.address);
        } catch (IOException failure) {
            System.err.println(failure);
        }
    }

    private String load(double rate, int seconds) throws IOException {
        long start = System.nanoTime();
        long count = (long) (rate * seconds);
        int at = 0;
        for (long i = 0; i < count; i++) {
            long due = start + (long) (i * 1e9 / rate);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            Dialog dialog = null;
            synchronized (this) {
                worstLag = Math.max(worstLag, System.nanoTime() - due);
                if (!order.isEmpty()) {
                    at = (at + 1) % order.size();
                    dialog = order.get(at);
                    dialog.turn++;
                    changes++;
                } else {
                    skipped++;
                }
            }
            if (dialog != null) {
                tell(dialog, "active;expires=" + Math.max(0, (dialog.end - System.nanoTime()) / 1_000_000_000));
            }
        }
        return "{\"seconds\":" + (System.nanoTime() - start) / 1e9 + "}";
    }

    private synchronized void reset() {
        began = System.nanoTime();
        firsts.clear();
        refreshes.clear();
        answers.clear();
        latencyCount = 0;
        sent = changes = again = unanswered = ended = lapsed = refused = skipped = repeated = worstLag = 0;
    }

    private synchronized String report() {
        long[] sorted = Arrays.copyOf(latencies, latencyCount);
        Arrays.sort(sorted);
        return "{\"dialogs\":" + dialogs.size() + ",\"seconds\":" + (System.nanoTime() - began) / 1e9 + ",\"firsts\":" + json(firsts) + ",\"refreshes\":"
                + json(refreshes) + ",\"ended\":" + ended + ",\"lapsed\":" + lapsed + ",\"listsRefused\":" + refused + ",\"notifies\":" + sent + ",\"changes\":"
                + changes + ",\"answers\":" + json(answers) + ",\"again\":" + again + ",\"unanswered\":" + unanswered + ",\"pending\":" + pending.size()
                + ",\"skipped\":" + skipped + ",\"repeated\":" + repeated + ",\"lagMs\":" + worstLag / 1e6 + ",\"p50us\":" + at(sorted, 0.5) + ",\"p99us\":" + at(sorted, 0.99) + ",\"maxus\":"
                + at(sorted, 1) + "}";
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }

    private static String json(Map<?, Integer> map) {
        StringBuilder out = new StringBuilder("{");
        map.forEach((key, value) -> out.append(out.length() > 1 ? "," : "").append('"').append(key).append("\":").append(value));
        return out.append('}').toString();
    }

    /** A bare subscriber: many SUBSCRIBE, then 200 to everything. */
    private static void subscriber(int target, int count) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 8 << 20);
        channel.bind(new InetSocketAddress("127.0.0.1", 0));
        int own = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        InetSocketAddress to = new InetSocketAddress("127.0.0.1", target);
        start("answer", () -> {
            ByteBuffer buffer = ByteBuffer.allocateDirect(65_536);
            try {
                while (true) {
                    buffer.clear();
                    SocketAddress from = channel.receive(buffer);
                    buffer.flip();
                    String text = StandardCharsets.ISO_8859_1.decode(buffer).toString();
                    if (text.startsWith("NOTIFY")) {
                        StringBuilder out = new StringBuilder("SIP/2.0 200 OK\r\n");
                        for (String line : text.substring(0, text.indexOf("\r\n\r\n")).split("\r\n")) {
                            if (line.startsWith("Via") || line.startsWith("From") || line.startsWith("To") || line.startsWith("Call") || line.startsWith("CSeq")) {
                                out.append(line).append("\r\n");
                            }
                        }
                        channel.send(ByteBuffer.wrap(out.append("Content-Length: 0\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1)), from);
                    }
                }
            } catch (IOException closed) {
                System.err.println(closed);
            }
        });
        for (int i = 0; i < count; i++) {
            channel.send(ByteBuffer.wrap(("SUBSCRIBE sip:" + i + "@127.0.0.1:" + target + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + own + ";branch=z9hG4bKp" + i
                    + "\r\nFrom: <sip:p@127.0.0.1>;tag=p" + i + "\r\nTo: <sip:" + i + "@127.0.0.1>\r\nCall-ID: p" + i + "\r\nCSeq: 1 SUBSCRIBE\r\nContact: <sip:p@127.0.0.1:"
                    + own + ">\r\nEvent: dialog\r\nExpires: 3600\r\nContent-Length: 0\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1)), to);
            if (i % 10 == 9) {
                LockSupport.parkNanos(2_000_000);
            }
        }
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = System.out;
        boolean probe = args[0].equals("probe");
        NotifierLoad notifier = new NotifierLoad(probe ? 0 : Integer.parseInt(args[0]), probe ? 3600 : Integer.parseInt(args[1]));
        start("receive", notifier::receive);
        start("watch", notifier::watch);
        if (probe) {
            subscriber(notifier.port, Integer.parseInt(args[1]));
            notifier.load(Double.parseDouble(args[2]), 5);
            notifier.reset();
            notifier.load(Double.parseDouble(args[2]), Integer.parseInt(args[3]));
            LockSupport.parkNanos(1_000_000_000L);
            out.println(notifier.report());
            return;
        }
        out.println("ready " + notifier.port);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.trim().split(" ");
            switch (words[0]) {
                case "reset" -> {
                    notifier.reset();
                    out.println("{}");
                }
                case "load" -> out.println(notifier.load(Double.parseDouble(words[1]), Integer.parseInt(words[2])));
                case "report" -> out.println(notifier.report());
                default -> out.println("{\"error\":\"reset, load RATE SECONDS or report\"}");
            }
        }
    }
}
