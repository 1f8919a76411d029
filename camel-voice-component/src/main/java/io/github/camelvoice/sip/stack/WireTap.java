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

    /** A message that came. @param transport {@code udp}, {@code tcp} or {@code tls} */
    void received(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length);

    /** A message that was handed to the socket. */
    void sent(String transport, InetSocketAddress from, InetSocketAddress to, byte[] message, int length);
}
