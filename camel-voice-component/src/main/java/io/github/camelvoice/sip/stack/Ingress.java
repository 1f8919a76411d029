package io.github.camelvoice.sip.stack;

import java.net.InetSocketAddress;

/** Where transports deliver what came. */
interface Ingress {

    /**
     * One message, on the thread of its transport.
     *
     * @param bytes  kept by the receiver
     * @param source as the socket saw it
     * @param reply  where answers to it go
     */
    void received(byte[] bytes, InetSocketAddress source, WireChannel reply);

    /** A message that broke the rules of its transport (size, framing); the transport has dropped it. */
    void refused(InetSocketAddress source, String transport, String why);
}
