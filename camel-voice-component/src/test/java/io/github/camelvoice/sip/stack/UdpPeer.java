package io.github.camelvoice.sip.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** A datagram socket that speaks text. */
final class UdpPeer implements AutoCloseable {

    /** Budgets are kept by address: each peer has its own. */
    private static final Random RANDOM = new Random();

    private final String address;
    private final DatagramSocket socket;
    private final InetSocketAddress target;

    UdpPeer(int targetPort) {
        this(targetPort, "127.0." + RANDOM.nextInt(1, 250) + '.' + RANDOM.nextInt(1, 250));
    }

    private UdpPeer(int targetPort, String address) {
        this.address = address;
        try {
            socket = new DatagramSocket(0, InetAddress.getByName(address));
            target = new InetSocketAddress(InetAddress.getLoopbackAddress(), targetPort);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Another port of the same address. */
    UdpPeer sibling() {
        return new UdpPeer(target.getPort(), address);
    }

    int port() {
        return socket.getLocalPort();
    }

    String address() {
        return address;
    }

    String sentBy() {
        return address + ":" + port();
    }

    void send(String text) {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] bytes) {
        try {
            socket.send(new DatagramPacket(bytes, bytes.length, target));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String receive() {
        String text = receive(10_000);
        if (text == null) {
            throw new AssertionError("nothing came");
        }
        return text;
    }

    byte[] receiveBytes() {
        byte[] bytes = receiveBytes(10_000);
        if (bytes == null) {
            throw new AssertionError("nothing came");
        }
        return bytes;
    }

    /** @return null if nothing came */
    String receive(int millis) {
        byte[] bytes = receiveBytes(millis);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private byte[] receiveBytes(int millis) {
        try {
            socket.setSoTimeout(millis);
            DatagramPacket packet = new DatagramPacket(new byte[65536], 65536);
            socket.receive(packet);
            return Arrays.copyOf(packet.getData(), packet.getLength());
        } catch (SocketTimeoutException silence) {
            return null;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The answer to a request; {@code tag} null: without a tag. */
    static String answer(String request, int code, String tag, String... more) {
        StringBuilder answer = new StringBuilder("SIP/2.0 " + code + " Whatever\r\n");
        for (String line : request.split("\r\n")) {
            if (line.startsWith("Via:") || line.startsWith("From:") || line.startsWith("Call-ID:") || line.startsWith("CSeq:")) {
                answer.append(line).append("\r\n");
            } else if (line.startsWith("To:")) {
                answer.append(line).append(tag == null ? "" : ";tag=" + tag).append("\r\n");
            }
        }
        for (String line : more) {
            answer.append(line).append("\r\n");
        }
        return answer.append("Contact: <sip:bob@127.0.0.1>\r\nContent-Length: 0\r\n\r\n").toString();
    }

    /** Sends OPTIONS and waits for its answer, past whatever else arrives: what was sent before has been handled then. */
    String ping() {
        String options = Text.request("OPTIONS", "sip:127.0.0.1", "UDP", sentBy());
        String callId = options.substring(options.indexOf("Call-ID: "), options.indexOf("CSeq"));
        for (int tries = 0; tries < 10; tries++) {
            // Of a flood the kernel drops what it likes: it is sent again, as RFC 3261 has it.
            send(options);
            for (String answer = receive(1_000); answer != null; answer = receive(1_000)) {
                if (answer.contains(callId)) {
                    return answer;
                }
            }
        }
        throw new AssertionError("OPTIONS was not answered");
    }

    @Override
    public void close() {
        socket.close();
    }
}
