package io.github.camelvoice.tap.socket;

import io.github.camelvoice.tap.Speech;
import io.github.camelvoice.tap.dialect.BadMessage;
import io.github.camelvoice.tap.dialect.Wire;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.impl.WebSocketInternal;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One open WebSocket of a tap: what is written and how far it got, what is read and how much of it. Confined to its event loop. */
final class Connection implements Wire {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** Bytes that wait behind the kernel's buffer before frames wait in our own queue. */
    private static final int WRITE_QUEUE = 8 << 10;
    private static final long STALL = TimeUnit.SECONDS.toNanos(10);
    private static final long PING_EVERY = TimeUnit.SECONDS.toNanos(5);
    private static final long SILENCE = TimeUnit.SECONDS.toNanos(20);
    private static final long BAD_WINDOW = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_BAD = 50;
    private static final int MOST_MARKS = 1_000;
    private static final int MOST_TEXTS = 1_000;
    /** Long messages go into the call in pieces, so that what converts them stays small. Even: samples have two bytes. */
    private static final int MOST_AT_ONCE = 6_400;
    private static final long CLOSING_MILLIS = 2_000;
    private static final Buffer PING = Buffer.buffer("tap");

    private final SocketSink sink;
    private final Context loop;
    private final WebSocket socket;
    private final Runnable release;
    private final FrameWriter writer;
    private final Meter meter = new Meter();
    private final ArrayDeque<String> texts = new ArrayDeque<>();
    private boolean over;
    private boolean paused;
    private boolean heard = true;
    private int marks;
    private int bad;
    private long now;
    private long heardAt;
    private long pingAt;
    private long badSince;
    private long stalledSince;
    private boolean stalled;
    private boolean clocked;

    Connection(SocketSink sink, Context loop, WebSocket socket, SecureRandom random, Runnable release) {
        this.sink = sink;
        this.loop = loop;
        this.socket = socket;
        this.release = release;
        this.writer = new FrameWriter(((WebSocketInternal) socket).channelHandlerContext(), random, () -> {
            if (!over) {
                sink.flush();
            }
        });
    }

    void start() {
        socket.setWriteQueueMaxSize(WRITE_QUEUE);
        socket.frameHandler(frame -> {
            heard = true;
            if (!over && !meter.take(frame.binaryData().length()) && !paused) {
                paused = true;
                socket.pause();
            }
        });
        socket.textMessageHandler(text -> receive(() -> sink.received(text)));
        socket.binaryMessageHandler(data -> receive(() -> sink.received(data.getBytes())));
        socket.pongHandler(data -> heard = true);
        socket.drainHandler(none -> {
            if (!over) {
                flushTexts();
                sink.flush();
            }
        });
        socket.exceptionHandler(thrown -> {
            LOG.debug("call {}: tap {}", sink.identity().callId(), sink.identity().controlId(), thrown);
            if (!(thrown instanceof java.io.IOException || thrown instanceof io.vertx.core.VertxException)) {
                lose(new Failure("the far end sent a message that is too long, or breaks the WebSocket protocol", true), (short) 1009);
            }
        });
        socket.closeHandler(none -> closedByFarEnd());
    }

    @FunctionalInterface
    private interface Received {
        void take() throws BadMessage;
    }

    private void receive(Received received) {
        if (over) {
            return;
        }
        try {
            received.take();
        } catch (BadMessage message) {
            bad(message.getMessage());
        } catch (RuntimeException unexpected) {
            LOG.warn("call {}: tap {}: a message could not be processed", sink.identity().callId(), sink.identity().controlId(), unexpected);
            bad("a message that cannot be processed");
        }
    }

    private void bad(String what) {
        if (now - badSince > BAD_WINDOW) {
            badSince = now;
            bad = 0;
        }
        if (bad++ == 0) {
            LOG.info("call {}: tap {}: the far end sent {}", sink.identity().callId(), sink.identity().controlId(), what);
        }
        if (bad > MOST_BAD) {
            lose(new Failure("the far end sends what the dialect does not have: " + what, true), (short) 1008);
        }
    }

    private void closedByFarEnd() {
        release.run();
        if (!over) {
            over = true;
            Failure failure = Failure.ofClose(socket.closeStatusCode());
            if (failure == null) {
                sink.finished("closed-by-far-end");
            } else {
                sink.lost(failure);
            }
        }
    }

    private void lose(Failure failure, short code) {
        if (!over) {
            end(code);
            sink.lost(failure);
        }
    }

    /** Closes it; nothing is told any more. */
    void end(short code) {
        if (!over) {
            over = true;
            if (paused) {
                socket.resume();
            }
            socket.close(code);
            // Vert.x waits for the answer for ever, and a far end that reads nothing never gives it
            loop.owner().setTimer(CLOSING_MILLIS, id -> ((WebSocketInternal) socket).channelHandlerContext().close());
        }
    }

    void turn(long nanos) {
        now = nanos;
        if (!clocked) {
            clocked = true;
            heardAt = nanos;
            pingAt = nanos + PING_EVERY;
            badSince = nanos;
        }
        if (paused && meter.refill(nanos)) {
            paused = false;
            heard = true;
            socket.resume();
        } else if (!paused) {
            meter.refill(nanos);
        }
        flushTexts();
        if (writable()) {
            stalled = false;
        } else if (!stalled) {
            stalled = true;
            stalledSince = nanos;
        } else if (nanos - stalledSince > STALL) {
            lose(new Failure("the far end takes nothing", false), (short) 1001);
            return;
        }
        alive(nanos);
    }

    private void alive(long nanos) {
        if (heard || paused) {
            heard = false;
            heardAt = nanos;
        } else if (nanos - heardAt > SILENCE) {
            lose(new Failure("the far end does not answer", false), (short) 1001);
            return;
        }
        if (nanos - pingAt > 0 && writable()) {
            pingAt = nanos + PING_EVERY;
            socket.writePing(PING);
        }
    }

    boolean writable() {
        return !over && texts.isEmpty() && !socket.isClosed() && writer.writable();
    }

    @Override
    public void text(String message) {
        if (over || socket.isClosed()) {
            return;
        }
        if (writable()) {
            socket.writeTextMessage(message);
        } else if (texts.size() < MOST_TEXTS) {
            texts.add(message);
        } else {
            lose(new Failure("the far end does not take the answers that it asks for", false), (short) 1008);
        }
    }

    private void flushTexts() {
        while (!over && !texts.isEmpty() && !socket.isClosed() && writer.writable()) {
            socket.writeTextMessage(texts.remove());
        }
    }

    @Override
    public void audioText(byte[] ascii, int length) {
        if (!over && !socket.isClosed()) {
            writer.text(ascii, length);
        }
    }

    @Override
    public void audio(byte[] data, int length) {
        if (!over && !socket.isClosed()) {
            writer.binary(data, length);
        }
    }

    @Override
    public boolean maySpeak() {
        return !over && sink.speech() != null;
    }

    @Override
    public void speak(String encoding, int rate, byte[] data, int length) {
        Speech speech = sink.speech();
        if (speech != null && !over && length > 0) {
            for (int at = 0; at < length; at += MOST_AT_ONCE) {
                speech.write(encoding, rate, data, at, Math.min(MOST_AT_ONCE, length - at));
            }
        }
    }

    @Override
    public void mark(String name) throws BadMessage {
        Speech speech = sink.speech();
        if (speech == null) {
            return;
        }
        if (marks >= MOST_MARKS) {
            throw new BadMessage("more than " + MOST_MARKS + " marks that wait");
        }
        marks++;
        speech.mark(sink.named(name));
    }

    void markPassed() {
        marks = Math.max(0, marks - 1);
    }

    @Override
    public void clear() {
        Speech speech = sink.speech();
        if (speech != null) {
            speech.clear();
        }
    }

    @Override
    public void sendDigits(String digits) {
        if (!over) {
            sink.owner().sendDigits(digits);
        }
    }

    @Override
    public void finish(String reason) {
        if (!over) {
            end((short) 1000);
            sink.finished(reason);
        }
    }
}
