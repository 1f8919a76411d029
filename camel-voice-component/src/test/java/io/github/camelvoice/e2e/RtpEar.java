package io.github.camelvoice.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A port on loopback that keeps the RTP that comes. */
final class RtpEar implements AutoCloseable {

    /** A packet that came. */
    record Packet(int payloadType, boolean marker, int sequence, int timestamp, int ssrc, byte[] payload, int port) {
    }

    final List<Packet> packets = new CopyOnWriteArrayList<>();
    private final DatagramSocket socket;

    RtpEar() {
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread reader = new Thread(this::read, "rtp-ear");
        reader.setDaemon(true);
        reader.start();
    }

    String uri() {
        return "rtp://127.0.0.1:" + socket.getLocalPort();
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
            ByteBuffer packet = ByteBuffer.wrap(bytes, 0, datagram.getLength());
            byte[] payload = new byte[datagram.getLength() - 12];
            packet.get(12, payload);
            packets.add(new Packet(packet.get(1) & 0x7F, packet.get(1) < 0, packet.getShort(2) & 0xFFFF, packet.getInt(4), packet.getInt(8), payload,
                    datagram.getPort()));
        }
    }

    /** Payloads of all packets, one after the other. */
    byte[] audio() {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        packets.forEach(packet -> all.writeBytes(packet.payload()));
        return all.toByteArray();
    }

    @Override
    public void close() {
        socket.close();
    }
}
