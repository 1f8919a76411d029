package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.Micros;
import io.github.camelvoice.store.Packer;
import io.github.camelvoice.store.Unpacker;
import io.github.camelvoice.trace.SipMessage;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;

/** Messages of one trace in bytes, one after the other; times in microseconds, addresses where they differ from those of the message before. */
final class MessageCodec {

    private static final int VERSION = 1;
    private static final int SENT = 1;
    private static final int SAME_ADDRESSES = 2;
    private static final int TRANSPORT_SHIFT = 2;
    private static final List<String> TRANSPORTS = List.of("udp", "tcp", "tls");

    private final Packer out = new Packer(4096).one(VERSION);
    private long lastTime;
    private InetSocketAddress near;
    private InetSocketAddress far;

    void add(SipMessage message) {
        InetSocketAddress ours = message.sent() ? message.source() : message.destination();
        InetSocketAddress theirs = message.sent() ? message.destination() : message.source();
        boolean same = Objects.equals(ours, near) && Objects.equals(theirs, far);
        int transport = TRANSPORTS.indexOf(message.transport());
        out.one((message.sent() ? SENT : 0) | (same ? SAME_ADDRESSES : 0) | transport + 1 << TRANSPORT_SHIFT);
        if (transport < 0) {
            out.text(message.transport(), 32);
        }
        if (!same) {
            address(ours);
            address(theirs);
            near = ours;
            far = theirs;
        }
        long time = Micros.of(message.time());
        out.signed(time - lastTime);
        lastTime = time;
        out.number(message.data().length).raw(message.data());
    }

    private void address(InetSocketAddress address) {
        byte[] ip = address.isUnresolved() ? new byte[4] : address.getAddress().getAddress();
        out.one(ip.length).raw(ip).number(address.getPort());
    }

    int size() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toBytes();
    }

    /** Adds the messages to the list. @throws IllegalArgumentException if the bytes are none */
    static void unpack(byte[] bytes, List<SipMessage> to) {
        Unpacker in = new Unpacker(bytes);
        if (in.one() != VERSION) {
            throw new IllegalArgumentException("messages that a newer version has written");
        }
        long time = 0;
        InetSocketAddress near = null;
        InetSocketAddress far = null;
        while (in.hasMore()) {
            int flags = in.one();
            int transport = (flags >> TRANSPORT_SHIFT) - 1;
            String name = transport < 0 ? in.text() : TRANSPORTS.get(transport);
            if ((flags & SAME_ADDRESSES) == 0) {
                near = address(in);
                far = address(in);
            }
            time += in.signed();
            boolean sent = (flags & SENT) != 0;
            to.add(new SipMessage(Micros.at(time), name, sent, sent ? near : far, sent ? far : near, in.rawWithLength()));
        }
    }

    private static InetSocketAddress address(Unpacker in) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(in.raw(in.one())), (int) in.number());
        } catch (UnknownHostException noAddress) {
            throw new IllegalArgumentException("messages with an address that is none", noAddress);
        }
    }
}
