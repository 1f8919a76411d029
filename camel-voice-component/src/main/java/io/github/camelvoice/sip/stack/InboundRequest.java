package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetSocketAddress;

/** A request and the way its responses go. Thread-safe; nothing here waits for the network. */
public interface InboundRequest {

    /** The message; do not change it. */
    SIPRequest message();

    /** {@code udp}, {@code tcp} or {@code tls}. */
    String transport();

    /** Where it came from, as the socket saw it. */
    InetSocketAddress source();

    /** The user that passed digest authentication, empty where none was asked. */
    String authenticatedUser();

    /**
     * Sends a response through the server transaction, in the order of the calls. After a final response others are dropped, but
     * the 2xx of an INVITE: it may be given again until the ACK comes (RFC 3261, section 13.3.1.4). Ignored for ACK. The response
     * must not be changed afterwards.
     */
    void respond(SIPResponse response);

    /** For a CANCEL: the INVITE that it names, while its transaction lives; else null (the CANCEL is for 481). */
    InboundRequest cancelled();

    /** What {@link #attach} put here, or null: a way from the CANCEL to the leg. */
    Object attachment();

    void attach(Object owner);
}
