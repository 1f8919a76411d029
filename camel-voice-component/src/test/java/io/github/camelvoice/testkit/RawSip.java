package io.github.camelvoice.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A bare SIP user agent on a UDP socket of loopback, text in and text out: it sends what it is told, right or wrong, answers every request
 * that comes and keeps it. Nothing is sent again.
 */
public final class RawSip implements AutoCloseable {

    private static final int LARGEST = 65_507;
    private static final AtomicLong NUMBERS = new AtomicLong(System.nanoTime());

    private final DatagramSocket socket;
    private final List<Message> requests = new CopyOnWriteArrayList<>();
    private final Map<String, LinkedBlockingQueue<Message>> answers = new ConcurrentHashMap<>();
    private volatile UnaryOperator<Message> answering = request -> request.answer(200, "OK", "");

    private RawSip(DatagramSocket socket) {
        this.socket = socket;
        Thread reader = new Thread(this::read, "raw-sip-" + socket.getLocalPort());
        reader.setDaemon(true);
        reader.start();
    }

    public static RawSip open() {
        try {
            return new RawSip(new DatagramSocket(new InetSocketAddress(Peers.LOOPBACK, 0)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A message as it went over the wire; bodies are UTF-8. */
    public record Message(String text, InetSocketAddress from) {

        /** The first value of a header field, or an empty text. */
        public String header(String name) {
            Matcher matcher = Pattern.compile("(?im)^" + Pattern.quote(name) + "[ \\t]*:[ \\t]*(.*?)\\r?$").matcher(head());
            return matcher.find() ? matcher.group(1) : "";
        }

        public String head() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? text : text.substring(0, end + 2);
        }

        public String body() {
            int end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }

        /** Status of a response, 0 for a request. */
        public int code() {
            return text.startsWith("SIP/2.0 ") ? Integer.parseInt(text.substring(8, 11)) : 0;
        }

        public String method() {
            return text.substring(0, text.indexOf(' '));
        }

        public String tag(String header) {
            Matcher matcher = Pattern.compile(";tag=([^;>\\s]*)").matcher(header(header));
            return matcher.find() ? matcher.group(1) : "";
        }

        /** A response to this request; {@code more} are whole header lines. */
        public Message answer(int code, String phrase, String more) {
            StringBuilder out = new StringBuilder("SIP/2.0 " + code + " " + phrase + "\r\n");
            head().lines().filter(line -> line.matches("(?i)(via|v|from|f|to|t|call-id|i|cseq)[ \\t]*:.*"))
                    .map(line -> line.matches("(?i)(to|t)[ \\t]*:.*") && !line.contains(";tag=") ? line + ";tag=raw" : line)
                    .forEach(line -> out.append(line).append("\r\n"));
            return new Message(out + more + "Content-Length: 0\r\n\r\n", from);
        }
    }

    public int port() {
        return socket.getLocalPort();
    }

    public static String unique() {
        return Long.toHexString(NUMBERS.incrementAndGet());
    }

    /** What is answered to each request; {@code null} is no answer. At first 200 to everything. */
    public RawSip answering(UnaryOperator<Message> how) {
        answering = how;
        return this;
    }

    /** Requests that came, in order. */
    public List<Message> requests(String method) {
        return requests.stream().filter(request -> request.method().equals(method)).toList();
    }

    /** Sends bytes as they are to a loopback port. */
    public void send(int port, byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, InetAddress.getByName(Peers.LOOPBACK), port));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public void send(int port, String text) {
        send(port, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A request of this user agent, outside a dialog or within. */
    public final class Request {
        private final String method;
        private final String uri;
        private String from = "sip:raw@127.0.0.1";
        private String fromTag = unique();
        private String to;
        private String toTag = "";
        private String callId = unique() + "@raw";
        private int cseq = 1;
        private String lines = "";
        private boolean contact = true;
        private String body = "";
        private String user;
        private String password;

        private Request(String method, String uri) {
            this.method = method;
            this.uri = uri;
            this.to = uri;
        }

        public Request from(String value) {
            from = value;
            return this;
        }

        public Request to(String value) {
            to = value;
            return this;
        }

        public Request dialog(String id, String ownTag, String theirTag, int number) {
            callId = id;
            fromTag = ownTag;
            toTag = theirTag;
            cseq = number;
            return this;
        }

        /** More header lines: {@code "Event: reg"}. */
        public Request with(String... more) {
            lines += String.join("\r\n", more) + "\r\n";
            return this;
        }

        public Request body(String type, String text) {
            body = text;
            return with("Content-Type: " + type);
        }

        /** Answers one digest challenge (MD5). */
        /** Without a Contact of our own. */
        public Request withoutContact() {
            contact = false;
            return this;
        }

        public Request as(String name, String secret) {
            user = name;
            password = secret;
            return this;
        }

        public String text(String branch) {
            return method + " " + uri + " SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:" + port() + ";rport;branch=" + branch
                    + "\r\nMax-Forwards: 70\r\nFrom: <" + from + ">;tag=" + fromTag + "\r\nTo: <" + to + ">" + (toTag.isEmpty() ? "" : ";tag=" + toTag) + "\r\nCall-ID: " + callId
                    + "\r\nCSeq: " + cseq + " " + method + "\r\n" + (contact ? "Contact: <sip:raw@127.0.0.1:" + port() + ">\r\n" : "") + lines + "Content-Length: "
                    + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
        }

        /** Sends it to a loopback port and waits for the final answer; {@code null} if none comes in 5 s. */
        public Message send(int port) {
            Message answer = once(port);
            if (answer == null || user == null || answer.code() != 401 && answer.code() != 407) {
                return answer;
            }
            cseq++;
            String header = answer.code() == 401 ? "WWW-Authenticate" : "Proxy-Authenticate";
            String challenge = answer.header(header);
            with((answer.code() == 401 ? "Authorization" : "Proxy-Authorization") + ": " + credentials(challenge, method, uri, user, password));
            user = null;
            return once(port);
        }

        private Message once(int port) {
            LinkedBlockingQueue<Message> queue = answers.computeIfAbsent(callId + cseq + method, key -> new LinkedBlockingQueue<>());
            RawSip.this.send(port, text("z9hG4bK" + unique()));
            try {
                Message answer = queue.poll(5, TimeUnit.SECONDS);
                while (answer != null && answer.code() < 200) {
                    answer = queue.poll(5, TimeUnit.SECONDS);
                }
                return answer;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted", interrupted);
            } finally {
                answers.remove(callId + cseq + method);
            }
        }
    }

    public Request request(String method, String uri) {
        return new Request(method, uri);
    }

    /** Publishes the state of a resource (RFC 3903), to be taken at a loopback port; its entity tag. */
    public String publish(int port, String uri, String event, int expires, String etag, String type, String body) {
        Request publish = request("PUBLISH", uri).from(uri).with("Event: " + event, "Expires: " + expires);
        if (etag != null) {
            publish.with("SIP-If-Match: " + etag);
        }
        Message answer = (body.isEmpty() ? publish : publish.body(type, body)).send(port);
        if (answer == null || answer.code() != 200) {
            throw new AssertionError("PUBLISH was answered: " + (answer == null ? "nothing" : answer.text()));
        }
        return answer.header("SIP-ETag");
    }

    /** The value of an Authorization header (RFC 2617, MD5). */
    public static String credentials(String challenge, String method, String uri, String user, String password) {
        String realm = quoted(challenge, "realm");
        String nonce = quoted(challenge, "nonce");
        String start = md5(user + ":" + realm + ":" + password) + ":" + nonce + ":";
        boolean qop = challenge.contains("qop");
        String response = md5(start + (qop ? "00000001:raw:auth:" : "") + md5(method + ":" + uri));
        return "Digest username=\"" + user + "\",realm=\"" + realm + "\",nonce=\"" + nonce + "\",uri=\"" + uri + "\",response=\"" + response
                + "\",algorithm=MD5" + (qop ? ",qop=auth,nc=00000001,cnonce=\"raw\"" : "");
    }

    private static String quoted(String challenge, String name) {
        Matcher matcher = Pattern.compile(name + "=\"([^\"]*)\"").matcher(challenge);
        return matcher.find() ? matcher.group(1) : "";
    }

    private static String md5(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void read() {
        byte[] buffer = new byte[LARGEST];
        while (!socket.isClosed()) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            try {
                socket.receive(packet);
                String text = new String(Arrays.copyOf(buffer, packet.getLength()), StandardCharsets.UTF_8);
                take(new Message(text, (InetSocketAddress) packet.getSocketAddress()));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void take(Message message) throws IOException {
        if (message.code() > 0) {
            String cseq = message.header("CSeq");
            LinkedBlockingQueue<Message> queue = answers.get(message.header("Call-ID") + cseq.replace(" ", ""));
            if (queue != null) {
                queue.add(message);
            }
            return;
        }
        if (!message.text().matches("(?s)[A-Z]+ .*")) {
            // A sign of life.
            return;
        }
        requests.add(message);
        Message answer = answering.apply(message);
        if (answer != null) {
            byte[] bytes = answer.text().getBytes(StandardCharsets.UTF_8);
            socket.send(new DatagramPacket(bytes, bytes.length, message.from()));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
