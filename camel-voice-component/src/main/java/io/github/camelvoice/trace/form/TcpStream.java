package io.github.camelvoice.trace.form;

import java.net.InetSocketAddress;

/** A TCP connection as it could have been: sequence numbers from zero, each packet acknowledges all that came before it. */
final class TcpStream {

    static final int SYN = 2;
    static final int PSH = 8;
    static final int ACK = 16;
    /** A segment with its headers fits into any IP packet. */
    private static final int MAX_SEGMENT = 65_000;

    private final InetSocketAddress client;
    private final InetSocketAddress server;
    private int clientNext = 1;
    private int serverNext = 1;

    private TcpStream(InetSocketAddress client, InetSocketAddress server) {
        this.client = client;
        this.server = server;
    }

    /** Writes the handshake. */
    static TcpStream open(PacketWriter packets, InetSocketAddress client, InetSocketAddress server) {
        byte[] nothing = {};
        packets.tcp(client, server, 0, 0, SYN, nothing, 0, 0);
        packets.tcp(server, client, 0, 1, SYN | ACK, nothing, 0, 0);
        packets.tcp(client, server, 1, 1, ACK, nothing, 0, 0);
        return new TcpStream(client, server);
    }

    void send(PacketWriter packets, InetSocketAddress source, byte[] data) {
        boolean fromClient = source.equals(client);
        for (int at = 0; at < data.length; at += MAX_SEGMENT) {
            int length = Math.min(MAX_SEGMENT, data.length - at);
            int flags = at + length == data.length ? PSH | ACK : ACK;
            if (fromClient) {
                packets.tcp(client, server, clientNext, serverNext, flags, data, at, length);
                clientNext += length;
            } else {
                packets.tcp(server, client, serverNext, clientNext, flags, data, at, length);
                serverNext += length;
            }
        }
    }
}
