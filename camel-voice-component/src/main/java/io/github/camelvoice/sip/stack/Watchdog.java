package io.github.camelvoice.sip.stack;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks our own UDP port with OPTIONS, from a socket of its own, as somebody outside would: that covers socket, thread and
 * parser. After three silences the socket is opened anew.
 */
final class Watchdog {

    static final long PERIOD_MILLIS = 30_000;
    static final int MISSES = 3;
    private static final int WAIT_MILLIS = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(Watchdog.class);

    private final InetSocketAddress target;
    private final Runnable cure;
    private final AtomicInteger cures = new AtomicInteger();
    private int misses;
    private int asked;

    /** @param cure opens the socket anew */
    Watchdog(InetAddress address, int port, Runnable cure) {
        this.target = new InetSocketAddress(address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address, port);
        this.cure = cure;
    }

    /** Asks once and waits for the answer; on a thread that may block. */
    synchronized void look() {
        if (answers()) {
            misses = 0;
            return;
        }
        misses++;
        LOG.warn("the SIP port {} did not answer ({} of {})", target, misses, MISSES);
        if (misses >= MISSES) {
            misses = 0;
            cures.incrementAndGet();
            LOG.error("the SIP port {} is silent: opening it anew", target);
            cure.run();
        }
    }

    private boolean answers() {
        try (DatagramSocket socket = new DatagramSocket(0, target.getAddress().isLoopbackAddress() ? target.getAddress() : null)) {
            socket.setSoTimeout(WAIT_MILLIS);
            byte[] options = options(socket.getLocalPort());
            socket.send(new DatagramPacket(options, options.length, target));
            DatagramPacket answer = new DatagramPacket(new byte[2048], 2048);
            socket.receive(answer);
            return new String(answer.getData(), 0, answer.getLength(), StandardCharsets.US_ASCII).startsWith("SIP/2.0 ");
        } catch (IOException silence) {
            LOG.debug("watchdog", silence);
            return false;
        }
    }

    private byte[] options(int port) {
        String host = Addresses.forUri(Addresses.text(target.getAddress()));
        String id = "watchdog-" + ++asked + "-" + System.nanoTime();
        return ("OPTIONS sip:watchdog@" + host + ":" + target.getPort() + " SIP/2.0\r\nVia: SIP/2.0/UDP " + host + ":" + port
                + ";rport;branch=z9hG4bK" + id + "\r\nFrom: <sip:watchdog@" + host + ">;tag=" + id + "\r\nTo: <sip:watchdog@" + host
                + ">\r\nCall-ID: " + id + "\r\nCSeq: 1 OPTIONS\r\nMax-Forwards: 1\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    int cures() {
        return cures.get();
    }
}
