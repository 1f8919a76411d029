package io.github.camelvoice.media.port;

import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.security.SecureRandom;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hands out bound port pairs. Opening and binding a socket costs 8 microseconds where this was measured, so none is kept in
 * store; the RTCP socket of a pair is opened when the first report is due, which short calls never reach. Thread-safe.
 */
public final class PortPool {

    /** Ports that others on this host hold, tried one after another before giving up. */
    private static final int ATTEMPTS = 64;

    private final InetAddress address;
    private final ProtocolFamily family;
    private final PortRange range;
    private final int receiveBuffer;
    private final EngineClock clock;
    private final AtomicInteger inUse = new AtomicInteger();

    public PortPool(InetAddress address, int portMin, int portMax, long coolDownNanos, int receiveBuffer, EngineClock clock) {
        this.address = address;
        this.family = address instanceof Inet4Address ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        this.range = new PortRange(portMin, portMax, coolDownNanos, new SplittableRandom(new SecureRandom().nextLong()));
        this.receiveBuffer = receiveBuffer;
        this.clock = clock;
    }

    /** A pair whose RTP socket is bound and non-blocking. */
    public PortPair take() throws MediaException {
        IOException refused = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = range.take(clock.nanos());
            if (port < 0) {
                break;
            }
            try {
                DatagramChannel rtp = open(port);
                inUse.incrementAndGet();
                return new PortPair(this, port, rtp);
            } catch (BindException taken) {
                refused = taken;
                range.giveBack(port, clock.nanos());
            } catch (IOException failure) {
                range.giveBack(port, clock.nanos());
                throw new MediaException(MediaException.Kind.PORTS_EXHAUSTED, "no socket for RTP: " + failure.getMessage(), failure);
            }
        }
        String why = refused == null ? "all " + range.pairs() + " RTP port pairs are in use" : "RTP ports are held by other programs";
        throw new MediaException(MediaException.Kind.PORTS_EXHAUSTED, why, refused);
    }

    DatagramChannel open(int port) throws IOException {
        DatagramChannel channel = DatagramChannel.open(family);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            channel.bind(new InetSocketAddress(address, port));
            channel.configureBlocking(false);
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    void giveBack(int port) {
        inUse.decrementAndGet();
        range.giveBack(port, clock.nanos());
    }

    /** Pairs that legs hold. */
    public int inUse() {
        return inUse.get();
    }

    /** Pairs of the range. */
    public int capacity() {
        return range.pairs();
    }
}
