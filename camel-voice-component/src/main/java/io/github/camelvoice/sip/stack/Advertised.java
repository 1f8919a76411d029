package io.github.camelvoice.sip.stack;

import io.github.camelvoice.sip.SipConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds out what we tell others about where we are. */
final class Advertised {

    private static final Logger LOG = LoggerFactory.getLogger(Advertised.class);

    private Advertised() {
    }

    /** @throws IllegalArgumentException if {@code externalAddress} is neither a host nor {@code host:port} */
    static Bindings bindings(SipConfig config, Listeners listeners) throws UnknownHostException {
        String local = Addresses.text(listeners.address());
        int port = listeners.udpPort();
        String external = config.externalAddress();
        if (external == null || external.isBlank()) {
            String host = local;
            if (listeners.address().isAnyLocalAddress()) {
                host = Addresses.text(InetAddress.getLocalHost());
                LOG.warn("SIP listens on all addresses and advertises {}: set externalAddress if peers cannot reach that", host);
            }
            return new Bindings(local, port, listeners.tlsPort(), host, port);
        }
        String host = external.trim();
        int told = port;
        int colon = host.lastIndexOf(':');
        boolean hasPort = colon > 0 && (host.indexOf(':') == colon || host.charAt(colon - 1) == ']');
        if (hasPort) {
            told = port(external, host.substring(colon + 1));
            host = host.substring(0, colon);
        }
        host = Addresses.bare(host);
        if (!Addresses.isLiteral(host) && !Addresses.isHostName(host)) {
            throw new IllegalArgumentException("externalAddress " + external + " is neither a host nor host:port");
        }
        return new Bindings(local, port, listeners.tlsPort(), host, told);
    }

    private static int port(String external, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65536) {
                return port;
            }
        } catch (NumberFormatException bad) {
            LOG.debug("externalAddress {}", external, bad);
        }
        throw new IllegalArgumentException("externalAddress " + external + " is neither a host nor host:port");
    }
}
