package io.github.camelvoice.sip.stack;

import io.github.camelvoice.sip.SipConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.DatagramChannel;

/** The bound sockets: UDP and TCP on one number, TLS on another. */
final class Listeners {

    private static final int TRIES = 32;

    private final InetAddress address;
    private DatagramChannel udp;
    private ServerSocket tcp;
    private ServerSocket tls;

    private Listeners(InetAddress address) {
        this.address = address;
    }

    /** @throws SipStartException naming the port that is not to be had; nothing stays open then */
    static Listeners open(SipConfig config) throws SipStartException {
        InetAddress address;
        try {
            address = Addresses.literal(config.host());
        } catch (IOException bad) {
            throw new SipStartException("SIP host " + config.host() + " is no IP address", bad);
        }
        Listeners listeners = new Listeners(address);
        try {
            listeners.openPair(config.port());
            if (config.tlsPort() >= 0) {
                listeners.openTls(config.tlsPort());
            }
            return listeners;
        } catch (SipStartException failure) {
            listeners.close();
            throw failure;
        }
    }

    private void openPair(int port) throws SipStartException {
        SipStartException last = null;
        for (int i = 0; i < (port == 0 ? TRIES : 1); i++) {
            openUdp(port);
            try {
                tcp = StreamTransport.bind(address, udpPort());
                return;
            } catch (IOException taken) {
                last = refused(udpPort(), "tcp", taken);
                close();
            }
        }
        throw last;
    }

    private void openUdp(int port) throws SipStartException {
        try {
            udp = UdpTransport.bind(address, port);
        } catch (IOException taken) {
            throw refused(port, "udp", taken);
        }
    }

    private void openTls(int port) throws SipStartException {
        try {
            tls = StreamTransport.bind(address, port);
        } catch (IOException taken) {
            throw refused(port, "tls", taken);
        }
    }

    private SipStartException refused(int port, String transport, IOException cause) {
        String why = cause instanceof java.net.BindException && String.valueOf(cause.getMessage()).contains("in use") ? "is in use"
                : "cannot be opened: " + cause.getMessage();
        return new SipStartException("SIP port " + port + " (" + transport + ") on " + address.getHostAddress() + " " + why, cause);
    }

    InetAddress address() {
        return address;
    }

    DatagramChannel udp() {
        return udp;
    }

    ServerSocket tcp() {
        return tcp;
    }

    /** Null for none. */
    ServerSocket tls() {
        return tls;
    }

    int udpPort() {
        return udp.socket().getLocalPort();
    }

    int tlsPort() {
        return tls == null ? -1 : tls.getLocalPort();
    }

    void close() {
        try (DatagramChannel first = udp; ServerSocket second = tcp; ServerSocket third = tls) {
            udp = null;
            tcp = null;
            tls = null;
        } catch (IOException ignored) {
            // They are gone either way.
        }
    }
}
