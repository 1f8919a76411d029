package io.github.camelvoice.media;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A far end for tests: sends RTP packets made by hand, and keeps all that come. */
final class RtpPeer implements AutoCloseable {

    /** A packet that came. */
    record Packet(int payloadType, boolean marker, int sequence, long timestamp, int ssrc, byte[] payload, InetSocketAddress from) {
    }

    private final DatagramSocket socket;
    private final Thread reader;
    final List<Packet> packets = new CopyOnWriteArrayList<>();
    /** All datagrams as they came. */
    final List<byte[]> wire = new CopyOnWriteArrayList<>();
    private InetSocketAddress to;
    /** Null for plain RTP. */
    volatile SrtpPeer srtp;
    int ssrc = 0x1234;
    int sequence = 65530;
    long timestamp = 4_294_967_000L;

    RtpPeer() throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        reader = new Thread(this::read, "rtp-peer");
        reader.setDaemon(true);
        reader.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Takes the address of the other side from its SDP. */
    RtpPeer towards(String sdp) {
        String line = sdp.lines().filter(l -> l.startsWith("m=audio ")).findFirst().orElseThrow();
        to = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(line.split(" ")[1]));
        return this;
    }

    String sdp(String formats, String... attributes) {
        StringBuilder text = new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=audio " + port()
                + " RTP/AVP " + formats + "\r\n");
        for (String attribute : attributes) {
            text.append("a=").append(attribute).append("\r\n");
        }
        return text.toString();
    }

    /** Sends the next packet of the stream. */
    void send(int payloadType, byte[] payload) {
        send(payloadType, false, sequence, timestamp, payload);
        sequence = (sequence + 1) & 0xFFFF;
        timestamp = (timestamp + payload.length) & 0xFFFFFFFFL;
    }

    void send(int payloadType, boolean marker, int packetSequence, long packetTimestamp, byte[] payload) {
        ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
        packet.put((byte) 0x80).put((byte) ((marker ? 0x80 : 0) | payloadType)).putShort((short) packetSequence)
                .putInt((int) packetTimestamp).putInt(ssrc).put(payload);
        sendRaw(srtp == null ? packet.array() : srtp.protect(packet.array()));
    }

    void sendRaw(byte[] datagram) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, to));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private void read() {
        byte[] bytes = new byte[2048];
        while (true) {
            DatagramPacket datagram = new DatagramPacket(bytes, bytes.length);
            try {
                socket.receive(datagram);
            } catch (IOException closed) {
                return;
            }
            byte[] came = Arrays.copyOf(bytes, datagram.getLength());
            wire.add(came);
            byte[] plain = srtp == null ? came : srtp.unprotect(came);
            if (plain == null) {
                continue;
            }
            ByteBuffer packet = ByteBuffer.wrap(plain);
            byte[] payload = new byte[plain.length - 12];
            packet.get(12, payload);
            packets.add(new Packet(packet.get(1) & 0x7F, packet.get(1) < 0, packet.getShort(2) & 0xFFFF, packet.getInt(4) & 0xFFFFFFFFL,
                    packet.getInt(8), payload, (InetSocketAddress) datagram.getSocketAddress()));
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
