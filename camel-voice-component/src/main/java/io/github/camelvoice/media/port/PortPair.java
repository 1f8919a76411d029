package io.github.camelvoice.media.port;

import java.io.IOException;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.atomic.AtomicBoolean;

/** The sockets of one leg. The RTCP socket belongs to the thread that opens it; {@link #close} may come from any thread, once all others are done. */
public final class PortPair implements AutoCloseable {

    private final PortPool pool;
    private final int port;
    private final DatagramChannel rtp;
    private DatagramChannel rtcp;
    private final AtomicBoolean closed = new AtomicBoolean();

    PortPair(PortPool pool, int port, DatagramChannel rtp) {
        this.pool = pool;
        this.port = port;
        this.rtp = rtp;
    }

    /** The even port. */
    public int port() {
        return port;
    }

    public DatagramChannel rtp() {
        return rtp;
    }

    /** Null until {@link #openRtcp}. */
    public DatagramChannel rtcp() {
        return rtcp;
    }

    /** @throws IOException another program holds the odd port */
    public DatagramChannel openRtcp() throws IOException {
        rtcp = pool.open(port + 1);
        return rtcp;
    }

    /** Closes the sockets and gives the ports back. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        try {
            rtp.close();
            if (rtcp != null) {
                rtcp.close();
            }
        } catch (IOException ignored) {
            // the kernel has taken the descriptor back all the same
        } finally {
            pool.giveBack(port);
        }
    }
}
