package io.github.camelvoice.trace.capture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which address of ours a peer sees where a socket is bound to all of them: the one that the kernel's routes choose. Asked once per peer, for
 * as long as {@link #forget} is not called. Thread-safe; no packet is sent.
 */
final class LocalAddresses {

    private static final int MAX_PEERS = 4096;
    private static final Logger LOG = LoggerFactory.getLogger(LocalAddresses.class);

    private final Map<InetAddress, InetAddress> known = new ConcurrentHashMap<>();

    /** The local address as it is, or with the real address in place of the wildcard. */
    InetSocketAddress real(InetSocketAddress local, InetSocketAddress peer) {
        if (!local.getAddress().isAnyLocalAddress()) {
            return local;
        }
        InetAddress address = known.get(peer.getAddress());
        if (address == null) {
            address = ask(peer);
            if (known.size() >= MAX_PEERS) {
                known.clear();
            }
            known.put(peer.getAddress(), address);
        }
        return new InetSocketAddress(address, local.getPort());
    }

    private static InetAddress ask(InetSocketAddress peer) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(peer.getAddress(), Math.max(1, peer.getPort()));
            if (!socket.getLocalAddress().isAnyLocalAddress()) {
                return socket.getLocalAddress();
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException noWay) {
            LOG.debug("no route to {}: {}", peer, noWay.toString());
        }
        return loopback(peer.getAddress() instanceof Inet6Address);
    }

    private static InetAddress loopback(boolean six) {
        try {
            return InetAddress.getByName(six ? "::1" : "127.0.0.1");
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Routes may have changed. */
    void forget() {
        known.clear();
    }

    int size() {
        return known.size();
    }
}
