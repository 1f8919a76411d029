package io.github.camelvoice.tap.socket;

import io.github.camelvoice.call.spi.MediaTap.Track;
import io.github.camelvoice.outbound.CheckedTarget;
import io.github.camelvoice.outbound.TargetPolicy;
import io.github.camelvoice.tap.AudioShape;
import io.github.camelvoice.tap.Sink;
import io.github.camelvoice.tap.Speech;
import io.github.camelvoice.tap.TapDirection;
import io.github.camelvoice.tap.TapException;
import io.github.camelvoice.tap.TapIdentity;
import io.github.camelvoice.tap.TapSpec;
import io.github.camelvoice.tap.dialect.BadMessage;
import io.github.camelvoice.tap.dialect.Dialect;
import io.vertx.core.Context;
import io.vertx.core.http.WebSocket;
import java.security.SecureRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One tap over a WebSocket. Frames go to the connection as long as it takes them; then they wait in a bounded queue, and the oldest is
 * dropped. A far end that takes nothing for ten seconds, that does not answer pings, or that sends nonsense is lost. Confined to its event
 * loop.
 */
final class SocketSink implements Sink {

    private static final Logger LOG = LoggerFactory.getLogger(SocketSink.class);
    private static final int MOST_PASSED_IN_A_TURN = 64;

    private final TapIdentity identity;
    private final Dialect dialect;
    private final AudioShape shape;
    private final Context loop;
    private final SecureRandom random;
    private final Connector connector;
    private final FrameQueue queue;
    private Owner owner;
    private boolean closed;
    private long dropped;
    /** Null unless it is open. */
    private Connection connection;
    /** Counts connections, so that marks of one are not told to the next. */
    private int generation;

    SocketSink(TapSpec spec, TapIdentity identity, Dialect dialect, TargetPolicy policy, Clients clients, Context loop) {
        this.identity = identity;
        this.dialect = dialect;
        this.shape = dialect.shape();
        this.loop = loop;
        this.random = clients.random();
        this.connector = new Connector(spec, identity, dialect.subProtocol(), policy, clients, loop);
        int tracks = shape.layout() == AudioShape.Layout.TRACKS ? 2 : 1;
        this.queue = new FrameQueue(Math.max(1, spec.bufferMillis() / shape.frameMillis()) * tracks);
    }

    @Override
    public AudioShape shape() {
        return shape;
    }

    @Override
    public void check(TapDirection direction) throws TapException {
        try {
            dialect.check(direction);
        } catch (IllegalArgumentException wrong) {
            throw new TapException(TapException.Kind.BAD_REQUEST, wrong.getMessage(), wrong);
        }
    }

    @Override
    public void open(Owner to) {
        if (closed || connection != null) {
            return;
        }
        owner = to;
        connector.connect(this::connected, failure -> {
            if (!closed) {
                LOG.info("call {}: tap {}: {}", identity.callId(), identity.controlId(), failure.reason());
                to.lost(failure.reason(), failure.lasting());
            }
        });
    }

    private void connected(WebSocket socket, CheckedTarget target, Runnable release) {
        generation++;
        dropped = 0;
        queue.clear();
        connection = new Connection(this, loop, socket, random, release);
        connection.start();
        dialect.opened(connection);
        if (connection != null) {
            owner.opened(null, target.socketAddress());
        }
    }

    @Override
    public void frame(Track track, byte[] frame, int length, long offsetMillis, boolean afterGap) {
        if (connection == null) {
            return;
        }
        if (queue.size() > 0) {
            flush();
        }
        if (connection != null && queue.size() == 0 && connection.writable()) {
            dialect.frame(connection, track, frame, length, offsetMillis, afterGap);
        } else if (queue.add(track, frame, length, offsetMillis, afterGap)) {
            dropped++;
        }
    }

    /** Sends what waits, as long as the connection takes it. */
    void flush() {
        while (connection != null && queue.size() > 0 && connection.writable()) {
            dialect.frame(connection, queue.track(), queue.frame(), queue.length(), queue.offset(), queue.afterGap());
            queue.remove();
        }
    }

    @Override
    public void digit(char digit, int durationMillis) {
        if (connection != null) {
            dialect.digit(connection, digit, durationMillis);
        }
    }

    @Override
    public void turn(long nanos) {
        Speech speech = speech();
        for (int i = 0; speech != null && i < MOST_PASSED_IN_A_TURN; i++) {
            Speech.Passed passed = speech.passed();
            if (passed == null) {
                break;
            }
            int name = passed.name().indexOf(':');
            if (connection != null && name > 0 && passed.name().substring(0, name).equals(Integer.toString(generation))) {
                connection.markPassed();
                dialect.passed(connection, passed.name().substring(name + 1), passed.cleared());
            }
        }
        if (connection != null) {
            connection.turn(nanos);
        }
        flush();
    }

    /** A mark's name with the connection that it belongs to. */
    String named(String mark) {
        return generation + ":" + mark;
    }

    Speech speech() {
        return owner == null ? null : owner.speech();
    }

    Owner owner() {
        return owner;
    }

    void received(String text) throws BadMessage {
        dialect.text(connection, text);
    }

    void received(byte[] data) throws BadMessage {
        dialect.binary(connection, data);
    }

    /** Told by the connection, once. */
    void lost(Failure failure) {
        LOG.info("call {}: tap {}: {}", identity.callId(), identity.controlId(), failure.reason());
        forget();
        owner.lost(failure.reason(), failure.lasting());
    }

    /** Told by the connection, once. */
    void finished(String reason) {
        forget();
        owner.finished(reason);
    }

    private void forget() {
        connection = null;
        queue.clear();
    }

    @Override
    public void close(String reason) {
        if (closed) {
            return;
        }
        closed = true;
        connector.cancel();
        Connection open = connection;
        if (open != null) {
            flush();
            dialect.closing(open, reason);
            open.end((short) 1000);
        }
        forget();
    }

    @Override
    public int waiting() {
        return queue.size();
    }

    @Override
    public long dropped() {
        return dropped;
    }

    /** For the connection's log lines. */
    TapIdentity identity() {
        return identity;
    }
}
