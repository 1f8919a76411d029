package io.github.camelvoice.sip.stack;

import gov.nist.core.HostPort;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.MessageProcessor;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import io.github.camelvoice.runtime.Threads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIP over TCP or TLS: a thread reads each connection, a shared pool connects and writes, so that a peer that does not read or
 * does not answer costs nobody else. Connections are reused for all messages to the same peer.
 */
final class StreamTransport extends MessageProcessor {

    private static final int MAX_INBOUND = 4096;
    private static final int MAX_INBOUND_PER_SOURCE = 1024;
    /** Whoever names targets makes connections: a bound on threads. */
    private static final int MAX_OUTBOUND = 10_000;
    private static final int BACKLOG = 512;
    private static final long ACCEPT_PAUSE_MILLIS = 100;
    private static final Logger LOG = LoggerFactory.getLogger(StreamTransport.class);

    private final String transport;
    private final TlsSettings tls;
    private final ServerSocket server;
    private final InetSocketAddress local;
    private final Executor io;
    private final Ingress ingress;
    private final WireTap tap;
    private final Flood flood;
    private final ThreadFactory readers;
    private final Map<Key, StreamConnection> connections = new ConcurrentHashMap<>();
    private final Map<InetAddress, AtomicInteger> perSource = new ConcurrentHashMap<>();
    private final AtomicInteger inbound = new AtomicInteger();
    private final AtomicInteger outbound = new AtomicInteger();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean stopped;
    private SIPTransactionStack stack;

    /** @param host the name that the peer's certificate was checked for, empty for none */
    record Key(InetSocketAddress peer, String host) {
    }

    /**
     * @param tls    null for TCP
     * @param bound  null for calling out only
     * @param io     connects and writes; may block
     */
    StreamTransport(TlsSettings tls, InetSocketAddress local, ServerSocket bound, Executor io, Ingress ingress, WireTap tap,
                    Flood flood) {
        super(tls == null ? "tcp" : "tls");
        this.transport = tls == null ? "tcp" : "tls";
        this.tls = tls;
        this.server = bound;
        this.local = local;
        this.io = io;
        this.ingress = ingress;
        this.tap = tap;
        this.flood = flood;
        this.readers = Threads.named("sip-" + transport);
    }

    static ServerSocket bind(InetAddress address, int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, port), BACKLOG);
            return socket;
        } catch (IOException | RuntimeException failure) {
            socket.close();
            throw failure;
        }
    }

    void attach(SIPTransactionStack owner) {
        stack = owner;
        initialize(local.getAddress(), local.getPort(), owner);
    }

    @Override
    public void start() {
        if (server != null) {
            readers.newThread(this::accept).start();
        }
    }

    private void accept() {
        while (!stopped) {
            try {
                admit(server.accept());
            } catch (IOException failure) {
                if (!stopped && flood.mayLog(local.getAddress())) {
                    LOG.warn("accepting a SIP connection failed: {}", failure.toString());
                }
                if (server.isClosed()) {
                    return;
                }
                pause();
            } catch (RuntimeException | Error failure) {
                if (flood.mayLog(local.getAddress())) {
                    LOG.error("a SIP connection could not be taken", failure);
                }
                pause();
            }
        }
    }

    /** Without files or threads left, the next attempt fails at once too: asking without a break would cost a core. */
    private void pause() {
        try {
            if (stopping.await(ACCEPT_PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                LOG.debug("the {} listener stops", transport);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            stopped = true;
        }
    }

    private void admit(Socket socket) throws IOException {
        InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
        AtomicInteger count = perSource.get(peer.getAddress());
        if (inbound.get() >= MAX_INBOUND || count != null && count.get() >= MAX_INBOUND_PER_SOURCE) {
            socket.close();
            if (flood.mayLog(peer.getAddress())) {
                LOG.warn("too many SIP connections ({} in all, {} of {}): one was refused", inbound, count, peer.getAddress());
            }
            return;
        }
        inbound.incrementAndGet();
        perSource.compute(peer.getAddress(), (a, n) -> {
            AtomicInteger open = n == null ? new AtomicInteger() : n;
            open.incrementAndGet();
            return open;
        });
        StreamConnection connection = new StreamConnection(this, new Key(peer, ""), socket);
        connections.put(connection.key(), connection);
        try {
            readers.newThread(connection::serve).start();
        } catch (OutOfMemoryError noThread) {
            connection.abort("no thread is left");
            throw noThread;
        }
    }

    /** Called once for each connection that ended. */
    void closed(StreamConnection connection) {
        connections.remove(connection.key(), connection);
        if (!connection.isInbound()) {
            outbound.decrementAndGet();
        } else {
            inbound.decrementAndGet();
            perSource.computeIfPresent(connection.key().peer().getAddress(), (a, n) -> n.decrementAndGet() <= 0 ? null : n);
        }
    }

    /**
     * The channel to a peer: the open connection, else a new one that connects with its first message.
     *
     * @param host name for SNI and the check of the certificate; an IP address where the URI has one
     */
    WireChannel to(InetSocketAddress peer, String host) throws IOException {
        Key key = key(peer, host);
        StreamConnection open = connections.get(key);
        if (open == null) {
            if (outbound.get() >= MAX_OUTBOUND) {
                throw new IOException("too many connections are open");
            }
            open = connections.computeIfAbsent(key, k -> {
                outbound.incrementAndGet();
                return new StreamConnection(this, k, host);
            });
        }
        return open.channel();
    }

    /** The connection to a peer that is there already, or null. */
    StreamConnection existing(InetSocketAddress peer, String host) {
        return connections.get(key(peer, host));
    }

    private Key key(InetSocketAddress peer, String host) {
        return new Key(peer, tls == null || Addresses.isLiteral(host) ? "" : host.toLowerCase(java.util.Locale.ROOT));
    }

    @Override
    public void stop() {
        stopped = true;
        stopping.countDown();
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException failure) {
            LOG.debug("closing the {} listener", transport, failure);
        }
        connections.values().forEach(c -> c.stop("the stack stops"));
    }

    /** Open and opening connections. */
    int connections() {
        return connections.size();
    }

    TlsSettings tls() {
        return tls;
    }

    String name() {
        return transport;
    }

    Executor io() {
        return io;
    }

    Ingress ingress() {
        return ingress;
    }

    WireTap tap() {
        return tap;
    }

    Thread reader(Runnable task) {
        return readers.newThread(task);
    }

    /** Closes connections that have been stuck in one write, handshake or message for too long. Never waits. */
    void closeStuck(long nowNanos) {
        connections.values().forEach(c -> c.closeIfStuck(nowNanos));
    }

    @Override
    public SIPTransactionStack getSIPStack() {
        return stack;
    }

    @Override
    public MessageChannel createMessageChannel(HostPort target) throws IOException {
        return createMessageChannel(target.getInetAddress(), target.getPort());
    }

    @Override
    public MessageChannel createMessageChannel(InetAddress target, int port) throws IOException {
        return to(new InetSocketAddress(target, port), Addresses.text(target));
    }

    @Override
    public int getDefaultTargetPort() {
        return tls == null ? 5060 : 5061;
    }

    @Override
    public boolean isSecure() {
        return tls != null;
    }

    @Override
    public int getMaximumMessageSize() {
        return FrameReader.MAX_MESSAGE;
    }

    @Override
    public boolean inUse() {
        return !connections.isEmpty();
    }
}
