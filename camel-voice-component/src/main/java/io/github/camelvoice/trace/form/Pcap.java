package io.github.camelvoice.trace.form;

import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.SipMessage;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/**
 * A call as a classic pcap file: little-endian, microseconds, raw IP (LINKTYPE_RAW, 101). The messages, their times, addresses and ports are
 * those that were seen; the headers below SIP are made up, with right checksums. A UDP message is one datagram, however long. What went over TCP
 * is one TCP stream for each pair of addresses and ports, begun with a handshake at the time of its first message by the one that sent it; it
 * is not closed. TLS is written as TCP, decrypted. Thread-safe.
 */
public final class Pcap {

    private Pcap() {
    }

    /** With secrets masked. */
    public static byte[] write(SipInfo info) {
        return write(info, false);
    }

    /** @param raw leave secrets readable */
    public static byte[] write(SipInfo info, boolean raw) {
        SipInfo shown = raw ? info : Redaction.mask(info);
        int size = shown.messages().stream().mapToInt(message -> message.data().length + 128).sum();
        PacketWriter packets = new PacketWriter(size + 512);
        Map<Ends, TcpStream> streams = new HashMap<>();
        for (SipMessage message : shown.messages()) {
            packets.time(message.time());
            if (message.transport().equals("udp")) {
                packets.udp(message.source(), message.destination(), message.data());
            } else {
                streams.computeIfAbsent(Ends.of(message), ends -> TcpStream.open(packets, message.source(), message.destination()))
                        .send(packets, message.source(), message.data());
            }
        }
        return packets.toByteArray();
    }

    /** Both ends of a connection, in an order that does not depend on who sends. */
    private record Ends(String one, String other) {

        static Ends of(SipMessage message) {
            String source = text(message.source());
            String destination = text(message.destination());
            return source.compareTo(destination) <= 0 ? new Ends(source, destination) : new Ends(destination, source);
        }

        private static String text(InetSocketAddress address) {
            return AddressText.ipAndPort(address);
        }
    }
}
