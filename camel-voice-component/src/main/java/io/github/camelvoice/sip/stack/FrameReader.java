package io.github.camelvoice.sip.stack;

import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Arrays;

/** Cuts a byte stream into SIP messages by Content-Length (RFC 3261, section 18.3), with bounds on everything. */
final class FrameReader {

    /** The largest message taken on a stream, bytes. */
    static final int MAX_MESSAGE = 64 * 1024;
    private static final int MAX_HEAD = 16 * 1024;
    private static final byte[] EMPTY = {};

    private final InputStream in;
    private byte[] buffer = new byte[4096];
    private int start;
    private int end;
    /** CR and LF seen since the last message. */
    private int blanks;
    private volatile long messageBegan;
    private volatile long fills;
    private volatile long pongs;
    /** A ping of ours waits for its CR LF. */
    private volatile boolean pongDue;

    FrameReader(InputStream in) {
        this.in = in;
    }

    /** Whether part of a message has been read. */
    boolean inMessage() {
        return end > start;
    }

    /** Any thread: {@link System#nanoTime} when an unfinished message was first seen; 0 for none. */
    long messageBegan() {
        return messageBegan;
    }

    /** Any thread: the next CR LF between messages is the answer to a ping (RFC 5626, section 3.5.1). */
    void expectPong() {
        pongDue = true;
    }

    /** Any thread: how often something was read. */
    long fills() {
        return fills;
    }

    /** Any thread: how many pings were answered. */
    long pongs() {
        return pongs;
    }

    /**
     * The next message; an empty array for a keep-alive ping (CR LF CR LF); null at the end of the stream.
     *
     * @throws ProtocolException if the stream is no SIP or breaks a bound: the connection is of no use any more
     */
    byte[] next() throws IOException {
        int scanned = start;
        while (true) {
            if (skipBlankLines()) {
                return EMPTY;
            }
            scanned = Math.max(scanned, start);
            int body = bodyStart(scanned);
            if (body >= 0) {
                return message(body);
            }
            if (end - start > MAX_HEAD) {
                throw new ProtocolException("more than " + MAX_HEAD + " bytes of headers");
            }
            scanned = Math.max(start, end - 3);
            int before = start;
            if (!fill()) {
                return null;
            }
            scanned -= before - start;
        }
    }

    /** @return whether a ping was skipped */
    private boolean skipBlankLines() {
        while (start < end && (buffer[start] == '\r' || buffer[start] == '\n')) {
            start++;
            blanks++;
            if (blanks == 2 && pongDue) {
                blanks = 0;
                pongDue = false;
                pongs++;
            } else if (blanks == 4) {
                blanks = 0;
                return true;
            }
        }
        if (start < end) {
            blanks = 0;
        }
        return false;
    }

    /** Index behind the empty line, or -1. */
    private int bodyStart(int from) {
        for (int i = from; i + 3 < end; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
                return i + 4;
            }
        }
        return -1;
    }

    private byte[] message(int body) throws IOException {
        int length = MessageGuard.contentLength(buffer, start, body);
        if (length < 0) {
            throw new ProtocolException("no usable Content-Length");
        }
        int total = body - start + length;
        if (total > MAX_MESSAGE) {
            throw new ProtocolException("a message of more than " + MAX_MESSAGE + " bytes");
        }
        while (end - start < total) {
            if (!fill()) {
                return null;
            }
        }
        byte[] message = Arrays.copyOfRange(buffer, start, start + total);
        start += total;
        if (messageBegan != 0) {
            messageBegan = 0;
        }
        return message;
    }

    private boolean fill() throws IOException {
        if (messageBegan == 0 && inMessage()) {
            messageBegan = System.nanoTime() | 1;
        }
        if (start > 0) {
            System.arraycopy(buffer, start, buffer, 0, end - start);
            end -= start;
            start = 0;
        }
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int n = in.read(buffer, end, buffer.length - end);
        if (n < 0) {
            return false;
        }
        end += n;
        fills++;
        return true;
    }
}
