package io.github.camelvoice.sip.stack;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One TCP or TLS connection, accepted or made by its first message. Messages are written in the order of their coming. */
final class StreamConnection {

    private static final int CONNECT_MILLIS = 5_000;
    private static final int HANDSHAKE_MILLIS = 10_000;
    /** How long the first message and the rest of each may take, and how often idleness is looked at. */
    private static final int READ_MILLIS = 30_000;
    private static final long IDLE_NANOS = TimeUnit.MINUTES.toNanos(30);
    private static final long STUCK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_QUEUED_BYTES = 1 << 20;
    private static final byte[] PING = {'\r', '\n', '\r', '\n'};
    private static final byte[] PONG = {'\r', '\n'};
    private static final Logger LOG = LoggerFactory.getLogger(StreamConnection.class);

    private final StreamTransport transport;
    private final StreamTransport.Key key;
    private final String host;
    private final boolean inbound;
    private final StreamChannel channel;
    private final Set<WireChannel.Failure> waiting = ConcurrentHashMap.newKeySet();
    /** Guards the queue and the state; never held while the socket is used. */
    private final Object lock = new Object();
    private final Queue<byte[]> queue = new ArrayDeque<>();
    private int queuedBytes;
    private boolean writing;
    private boolean closed;
    private String closedWhy = "";
    private volatile Socket socket;
    /** Below TLS: closing it never waits, while a TLS socket's close waits for a write that is stuck. */
    private volatile Socket wire;
    private volatile long writeStarted;
    private volatile long handshakeStarted;
    private volatile FrameReader frames;

    /** Accepted. */
    StreamConnection(StreamTransport transport, StreamTransport.Key key, Socket accepted) {
        this(transport, key, "", accepted);
    }

    /** To be connected. */
    StreamConnection(StreamTransport transport, StreamTransport.Key key, String host) {
        this(transport, key, host, null);
    }

    private StreamConnection(StreamTransport transport, StreamTransport.Key key, String host, Socket accepted) {
        this.transport = transport;
        this.key = key;
        this.host = host;
        this.inbound = accepted != null;
        this.socket = accepted;
        this.wire = accepted;
        this.channel = new StreamChannel();
    }

    StreamTransport.Key key() {
        return key;
    }

    boolean isInbound() {
        return inbound;
    }

    WireChannel channel() {
        return channel;
    }

    /** This connection as those see it who keep it alive. */
    Flows.Way way() {
        return channel;
    }

    /** Reads an accepted connection until it ends; the thread's task. */
    void serve() {
        try {
            Socket plain = socket;
            plain.setTcpNoDelay(true);
            if (transport.tls() != null) {
                plain.setSoTimeout(HANDSHAKE_MILLIS);
                handshakeStarted = System.nanoTime();
                SSLSocket secure = transport.tls().accept(plain);
                socket = secure;
                secure.startHandshake();
                handshakeStarted = 0;
            }
            read();
        } catch (IOException | RuntimeException | StackOverflowError failure) {
            LOG.debug("SIP connection from {} ended: {}", key.peer(), failure.toString());
            close("the connection broke: " + failure.getMessage());
        }
    }

    private void read() throws IOException {
        Socket s = socket;
        s.setSoTimeout(READ_MILLIS);
        FrameReader reader = new FrameReader(s.getInputStream());
        frames = reader;
        long last = System.nanoTime();
        boolean used = !inbound;
        while (true) {
            byte[] message;
            try {
                message = reader.next();
            } catch (SocketTimeoutException silence) {
                if (!used || reader.inMessage() || System.nanoTime() - last > IDLE_NANOS && waiting.isEmpty()) {
                    close("idle");
                    return;
                }
                continue;
            } catch (ProtocolException nonsense) {
                transport.ingress().refused(key.peer(), transport.name(), nonsense.getMessage());
                close(nonsense.getMessage());
                return;
            }
            last = System.nanoTime();
            used = true;
            if (message == null) {
                close("the far end closed the connection");
                return;
            }
            if (message.length == 0) {
                write(PONG);
            } else {
                transport.tap().received(transport.name(), key.peer(), local(s), message, message.length);
                transport.ingress().received(message, key.peer(), channel);
            }
        }
    }

    private static InetSocketAddress local(Socket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    void write(byte[] bytes) throws IOException {
        synchronized (lock) {
            if (closed) {
                throw new IOException(closedWhy);
            }
            if (queuedBytes + bytes.length > MAX_QUEUED_BYTES) {
                throw new IOException("the far end does not read");
            }
            queue.add(bytes);
            queuedBytes += bytes.length;
            if (writing) {
                return;
            }
            writing = true;
        }
        try {
            transport.io().execute(this::drain);
        } catch (RejectedExecutionException overload) {
            close("too many connections wait to be written");
            throw new IOException("too many connections wait to be written", overload);
        }
    }

    /** On a thread of the I/O pool; one at a time. */
    private void drain() {
        try {
            writeStarted = System.nanoTime();
            if (socket == null) {
                connect();
            }
            Socket s = socket;
            OutputStream out = s.getOutputStream();
            byte[] next = take();
            while (next != null) {
                writeStarted = System.nanoTime();
                if (next != PONG && next != PING) {
                    transport.tap().sent(transport.name(), local(s), key.peer(), next, next.length);
                }
                out.write(next);
                next = take();
            }
            out.flush();
        } catch (IOException | RuntimeException failure) {
            String why = failure.getMessage() == null ? failure.toString() : failure.getMessage();
            close("cannot send to " + where() + ": " + why);
        } finally {
            writeStarted = 0;
        }
    }

    private String where() {
        String text = Addresses.text(key.peer().getAddress());
        String at = host.isEmpty() || host.equals(text) ? text : host + " (" + text + ")";
        return at + " port " + key.peer().getPort() + " (" + transport.name() + ")";
    }

    private byte[] take() {
        synchronized (lock) {
            byte[] next = queue.poll();
            if (next == null) {
                writing = false;
            } else {
                queuedBytes -= next.length;
            }
            return next;
        }
    }

    private void connect() throws IOException {
        Socket plain = new Socket();
        wire = plain;
        try {
            plain.setTcpNoDelay(true);
            plain.connect(key.peer(), CONNECT_MILLIS);
            Socket ready = plain;
            if (transport.tls() != null) {
                plain.setSoTimeout(HANDSHAKE_MILLIS);
                SSLSocket secure = transport.tls().connect(plain, host);
                secure.startHandshake();
                ready = secure;
            }
            synchronized (lock) {
                if (closed) {
                    throw new IOException(closedWhy);
                }
                socket = ready;
            }
            transport.reader(this::readOutbound).start();
        } catch (IOException | RuntimeException failure) {
            plain.close();
            throw failure;
        }
    }

    private void readOutbound() {
        try {
            read();
        } catch (IOException | RuntimeException | StackOverflowError failure) {
            close("the connection broke: " + failure.getMessage());
        }
    }

    /** Ends what takes too long: a write that nobody reads, a handshake or a message that trickles in. Never waits. */
    void closeIfStuck(long nowNanos) {
        FrameReader reader = frames;
        if (socket != null && isOver(writeStarted, STUCK_NANOS, nowNanos)) {
            abort("the far end does not read");
        } else if (isOver(handshakeStarted, TimeUnit.MILLISECONDS.toNanos(HANDSHAKE_MILLIS), nowNanos)) {
            abort("the TLS handshake takes too long");
        } else if (reader != null && isOver(reader.messageBegan(), TimeUnit.MILLISECONDS.toNanos(READ_MILLIS), nowNanos)) {
            abort("a message takes too long");
        }
    }

    private static boolean isOver(long began, long allowed, long now) {
        return began != 0 && now - began > allowed;
    }

    /** As {@link #close}, without the farewell of TLS. */
    void abort(String why) {
        Socket plain = wire;
        if (plain != null) {
            closeQuietly(plain);
        }
        close(why, false);
    }

    /** Closes, and does not wait for a write that is under way. */
    void stop(String why) {
        if (writeStarted != 0) {
            abort(why);
        } else {
            close(why);
        }
    }

    /** Idempotent. Those who wait for an answer hear why. */
    void close(String why) {
        close(why, true);
    }

    private void close(String why, boolean polite) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            closedWhy = why;
            queue.clear();
            queuedBytes = 0;
        }
        Socket s = socket;
        if (s != null && polite) {
            closeQuietly(s);
        }
        transport.closed(this);
        waiting.forEach(w -> w.broken(why));
        waiting.clear();
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            LOG.debug("closing a SIP connection", failure);
        }
    }

    /** This connection as a channel of the stack. */
    private final class StreamChannel extends WireChannel implements Flows.Way {

        StreamChannel() {
            super(transport, transport.name(), key.peer());
        }

        @Override
        void write(byte[] bytes) throws IOException {
            StreamConnection.this.write(bytes);
        }

        @Override
        public void ping() throws IOException {
            FrameReader reader = frames;
            if (reader != null) {
                reader.expectPong();
            }
            StreamConnection.this.write(PING);
        }

        @Override
        public long heard() {
            FrameReader reader = frames;
            return reader == null ? 0 : reader.fills();
        }

        @Override
        public long pongs() {
            FrameReader reader = frames;
            return reader == null ? 0 : reader.pongs();
        }

        @Override
        public void track(Failure client) {
            waiting.add(client);
            boolean gone;
            synchronized (lock) {
                gone = closed;
            }
            if (gone && waiting.remove(client)) {
                client.broken(closedWhy);
            }
        }

        @Override
        public void forget(Failure client) {
            waiting.remove(client);
        }
    }
}
