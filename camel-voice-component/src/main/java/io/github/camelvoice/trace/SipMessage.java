package io.github.camelvoice.trace;

import java.net.InetSocketAddress;
import java.time.Instant;

/**
 * A SIP message as it was on the wire; for TLS the plain text.
 *
 * @param time        when it was received, or handed to the socket; microseconds, and monotonic within a trace
 * @param transport   {@code udp}, {@code tcp} or {@code tls}
 * @param sent        whether we sent it
 * @param source      address and port where it came from, never a wildcard
 * @param destination address and port where it went, never a wildcard
 * @param data        the bytes, not to be changed
 */
public record SipMessage(Instant time, String transport, boolean sent, InetSocketAddress source, InetSocketAddress destination, byte[] data) {
}
