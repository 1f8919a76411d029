package io.github.camelvoice.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A name server on loopback, UDP and TCP, that answers with the records of a test, sensible or not: {@code "SRV name"} to texts as
 * in {@link #put}. What is longer than 512 bytes is cut off on UDP. A name that is not there does not exist.
 */
public final class NameServer implements AutoCloseable {

    private static final Map<String, Integer> TYPES = Map.of("A", 1, "CNAME", 5, "AAAA", 28, "SRV", 33, "NAPTR", 35);

    /** Every question so far, {@code SRV _sip._udp.example.com}. */
    public final List<String> asked = new CopyOnWriteArrayList<>();
    private final Map<String, List<byte[]>> answers = new ConcurrentHashMap<>();
    private final DatagramSocket udp;
    private final ServerSocket tcp;
    private volatile boolean silent;

    private NameServer(DatagramSocket udp, ServerSocket tcp) {
        this.udp = udp;
        this.tcp = tcp;
    }

    public static NameServer start() {
        for (int i = 0; i < 50; i++) {
            try {
                DatagramSocket udp = new DatagramSocket(Peers.freePort(), InetAddress.getLoopbackAddress());
                NameServer server = new NameServer(udp, new ServerSocket(udp.getLocalPort(), 10, InetAddress.getLoopbackAddress()));
                daemon(server::datagrams);
                daemon(server::connections);
                return server;
            } catch (IOException taken) {
                // The next one.
            }
        }
        throw new AssertionError("no port");
    }

    private static void daemon(Runnable task) {
        Thread thread = new Thread(task, "name-server");
        thread.setDaemon(true);
        thread.start();
    }

    public String address() {
        return "127.0.0.1:" + udp.getLocalPort();
    }

    /** From now on it answers nothing. */
    public void silence() {
        silent = true;
    }

    /** {@code put("A", "h.example.com", "10.0.0.1")}, {@code put("SRV", name, "1 2 5060 host")}, {@code put("NAPTR", name, "1 2 s SIP+D2U _sip._udp.x")}. */
    public NameServer put(String type, String name, String... records) {
        for (String record : records) {
            answer(type + ' ' + name, name, type, record);
        }
        return this;
    }

    /** A record of any name and type in the answer to a question {@code "A name"}. */
    public NameServer answer(String question, String name, String type, String record) {
        answers.computeIfAbsent(question, q -> new ArrayList<>()).add(record(name, type, record));
        return this;
    }

    private static byte[] record(String name, String type, String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, name(name));
        byte[] data = data(type, text.split(" "));
        write(out, ByteBuffer.allocate(10).putShort(TYPES.get(type).shortValue()).putShort((short) 1).putInt(60).putShort((short) data.length).array());
        write(out, data);
        return out.toByteArray();
    }

    private static byte[] data(String type, String[] fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (type) {
            case "SRV" -> {
                for (int i = 0; i < 3; i++) {
                    number(out, fields[i]);
                }
                write(out, name(fields[3]));
            }
            case "NAPTR" -> {
                number(out, fields[0]);
                number(out, fields[1]);
                label(out, fields[2]);
                label(out, fields[3]);
                label(out, "");
                write(out, name(fields[4]));
            }
            case "CNAME" -> write(out, name(fields[0]));
            default -> {
                try {
                    write(out, InetAddress.getByName(fields[0]).getAddress());
                } catch (IOException impossible) {
                    throw new UncheckedIOException(impossible);
                }
            }
        }
        return out.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, String text) {
        out.write(Integer.parseInt(text) >> 8);
        out.write(Integer.parseInt(text));
    }

    private static void label(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.write(bytes.length);
        write(out, bytes);
    }

    /** Labels between dots; {@code @} stands for a dot within a label. */
    private static byte[] name(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (String each : text.split("\\.")) {
            if (!each.isEmpty()) {
                label(out, each.replace('@', '.'));
            }
        }
        out.write(0);
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, byte[] bytes) {
        out.write(bytes, 0, bytes.length);
    }

    private void datagrams() {
        byte[] buffer = new byte[512];
        while (!udp.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                udp.receive(packet);
                byte[] answer = answer(ByteBuffer.wrap(buffer, 0, packet.getLength()).slice(), 512);
                if (!silent) {
                    udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            } catch (SocketException closed) {
                return;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    private void connections() {
        while (!tcp.isClosed()) {
            try (Socket socket = tcp.accept()) {
                socket.setSoTimeout(2000);
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] question = new byte[in.readUnsignedShort()];
                in.readFully(question);
                byte[] answer = answer(ByteBuffer.wrap(question), 65_535);
                if (!silent) {
                    socket.getOutputStream().write(ByteBuffer.allocate(2 + answer.length).putShort((short) answer.length).put(answer).array());
                }
            } catch (IOException closed) {
                // Another one may come.
            }
        }
    }

    private byte[] answer(ByteBuffer question, int limit) {
        int end = 12;
        StringBuilder name = new StringBuilder();
        while (question.get(end) != 0) {
            byte[] label = new byte[question.get(end)];
            question.get(end + 1, label);
            name.append(name.isEmpty() ? "" : ".").append(new String(label, StandardCharsets.ISO_8859_1));
            end += label.length + 1;
        }
        int type = question.getShort(end + 1);
        String asks = TYPES.entrySet().stream().filter(e -> e.getValue() == type).findFirst().map(Map.Entry::getKey).orElse("?") + ' ' + name;
        asked.add(asks);
        List<byte[]> records = answers.getOrDefault(asks, List.of());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int count = 0;
        for (byte[] each : records) {
            if (end + 5 + body.size() + each.length <= limit) {
                write(body, each);
                count++;
            }
        }
        int flags = 0x8180 | (count < records.size() && limit == 512 ? 0x0200 : 0) | (records.isEmpty() ? 3 : 0);
        return ByteBuffer.allocate(end + 5 + body.size()).putShort(question.getShort(0)).putShort((short) flags).putShort((short) 1)
                .putShort((short) count).putInt(0).put(12, question, 12, end - 7).position(end + 5).put(body.toByteArray()).array();
    }

    @Override
    public void close() {
        udp.close();
        try {
            tcp.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
