package io.github.camelvoice.sip.stack;

import java.net.InetSocketAddress;

/**
 * Sees the bytes of each SIP message on the wire, malformed ones included; for TLS the plain text. Called on threads of the
 * stack in the order of each connection: must return at once and must not keep or change the array.
 */
public interface WireTap {

    WireTap NONE = new WireTap() {
        @Override
        public void received(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length) {
            // Nobody looks.
        }

        @Override
        public void sent(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length) {
            // Nobody looks.
        }
    };

    /**
     * A message that came.
     *
     * @param transport {@code udp}, {@code tcp} or {@code tls}
     * @param to        our address; the wildcard where the socket listens on all addresses
     */
    void received(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length);

    /**
     * A message that is handed to the socket, just before: so whatever the far end has seen was seen here, and no answer is seen first. That the
     * socket then refuses it is told elsewhere. What waited for a connection that broke is not seen.
     *
     * @param from our address; the wildcard where the socket listens on all addresses
     */
    void sent(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length);
}
