package io.github.camelvoice.trace.form;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/** Writes IP packets into a pcap file that it keeps in memory. */
final class PacketWriter {

    private static final int MAGIC = 0xa1b2c3d4;
    private static final int SNAP_LENGTH = 262_144;
    private static final int LINKTYPE_RAW = 101;
    /** Largest payload of a datagram over IPv4: no longer message came in one. */
    private static final int MAX_DATAGRAM = 65_507;
    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final int UDP_HEADER = 8;
    private static final int TCP_HEADER = 20;
    private static final int HOPS = 64;
    private static final int DONT_FRAGMENT = 0x4000;
    /** Of a SYN: maximum segment size 65,000, window scale 14 (RFC 7323). With that no reader takes the window for full. */
    private static final byte[] SYN_OPTIONS = {2, 4, (byte) 0xfd, (byte) 0xe8, 1, 3, 3, 14};

    private ByteBuffer file;
    private int seconds;
    private int micros;
    private int packets;

    PacketWriter(int expectedSize) {
        file = ByteBuffer.allocate(expectedSize).order(ByteOrder.LITTLE_ENDIAN);
        file.putInt(MAGIC).putShort((short) 2).putShort((short) 4).putInt(0).putInt(0).putInt(SNAP_LENGTH).putInt(LINKTYPE_RAW);
    }

    byte[] toByteArray() {
        byte[] bytes = new byte[file.position()];
        file.flip().get(bytes);
        return bytes;
    }

    /** Time of the packets that follow. */
    void time(Instant time) {
        seconds = (int) time.getEpochSecond();
        micros = time.getNano() / 1000;
    }

    void udp(InetSocketAddress source, InetSocketAddress destination, byte[] data) {
        int length = Math.min(data.length, MAX_DATAGRAM);
        Packet packet = packet(source, destination, UDP, UDP_HEADER + length);
        packet.put.putShort((short) source.getPort()).putShort((short) destination.getPort()).putShort((short) (UDP_HEADER + length))
                .putShort((short) 0).put(data, 0, length);
        int sum = packet.checksum();
        packet.put.putShort(packet.payload + 6, (short) (sum == 0 ? 0xffff : sum));
        finish(packet);
    }

    void tcp(InetSocketAddress source, InetSocketAddress destination, int sequence, int acknowledged, int flags, byte[] data, int from,
             int length) {
        byte[] options = (flags & TcpStream.SYN) != 0 ? SYN_OPTIONS : new byte[0];
        int header = TCP_HEADER + options.length;
        Packet packet = packet(source, destination, TCP, header + length);
        packet.put.putShort((short) source.getPort()).putShort((short) destination.getPort()).putInt(sequence).putInt(acknowledged)
                .put((byte) (header / 4 << 4)).put((byte) flags).putShort((short) 0xffff).putShort((short) 0).putShort((short) 0)
                .put(options).put(data, from, length);
        packet.put.putShort(packet.payload + 16, (short) packet.checksum());
        finish(packet);
    }

    /** One packet in network byte order, from its IP header on. */
    private record Packet(ByteBuffer put, int protocol, int payload, int addressesFrom) {

        /** Of the payload with its pseudo-header (RFC 768, RFC 9293, RFC 8200 section 8.1). */
        int checksum() {
            int length = put.position() - payload;
            return fold(sum(put, addressesFrom, payload, (long) protocol + length) + sum(put, payload, put.position(), 0));
        }

        /** As for IPv4's header. */
        static int headerChecksum(ByteBuffer put, int to) {
            return fold(sum(put, 0, to, 0));
        }

        private static long sum(ByteBuffer put, int from, int to, long initial) {
            long sum = initial;
            int at = from;
            for (; at + 1 < to; at += 2) {
                sum += put.getShort(at) & 0xffff;
            }
            return at < to ? sum + ((put.get(at) & 0xff) << 8) : sum;
        }

        private static int fold(long sum) {
            long folded = sum;
            while (folded >> 16 != 0) {
                folded = (folded & 0xffff) + (folded >> 16);
            }
            return (int) ~folded & 0xffff;
        }
    }

    private Packet packet(InetSocketAddress source, InetSocketAddress destination, int protocol, int length) {
        InetAddress from = address(source);
        InetAddress to = address(destination);
        ByteBuffer put = ByteBuffer.allocate(40 + length);
        if (from instanceof Inet4Address && to instanceof Inet4Address) {
            put.put((byte) 0x45).put((byte) 0).putShort((short) (20 + length)).putShort((short) ++packets).putShort((short) DONT_FRAGMENT)
                    .put((byte) HOPS).put((byte) protocol).putShort((short) 0).put(from.getAddress()).put(to.getAddress());
            put.putShort(10, (short) Packet.headerChecksum(put, 20));
            return new Packet(put, protocol, 20, 12);
        }
        put.putInt(0x60000000).putShort((short) length).put((byte) protocol).put((byte) HOPS).put(sixteen(from)).put(sixteen(to));
        return new Packet(put, protocol, 40, 8);
    }

    private static InetAddress address(InetSocketAddress address) {
        return address.isUnresolved() ? new InetSocketAddress(0).getAddress() : address.getAddress();
    }

    /** An IPv4 address beside an IPv6 one is written as mapped (RFC 4291, section 2.5.5.2). */
    private static byte[] sixteen(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 ? bytes
                : ByteBuffer.allocate(16).putShort(10, (short) 0xffff).position(12).put(bytes).array();
    }

    private void finish(Packet packet) {
        int length = packet.put.position();
        if (file.remaining() < length + 16) {
            file = ByteBuffer.allocate(2 * file.capacity() + length).order(ByteOrder.LITTLE_ENDIAN).put(file.flip());
        }
        file.putInt(seconds).putInt(micros).putInt(length).putInt(length).put(packet.put.flip());
    }
}
