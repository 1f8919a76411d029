package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.SipHeaders;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** A new inbound INVITE; 100 Trying has been sent. Exactly one of {@link #claim} and {@link #refuse} must be called. */
public interface IncomingInvite {

    String sipCallId();

    Party from();

    Party to();

    /** The Request-URI as received: what was really called. */
    Party requestUri();

    /** {@code udp}, {@code tcp} or {@code tls}. */
    String transport();

    /** Where the message came from, as the socket saw it. */
    InetSocketAddress source();

    /** The user that passed digest authentication, empty where none was asked. */
    String authenticatedUser();

    /** All headers, read lazily from the message: hold the result, not the invite. */
    SipHeaders headers();

    /** The SDP offer, or null for a late offer (INVITE without a body). */
    String offer();

    /** The dialog that this call is to take the place of (RFC 3891), null if there is none. */
    Replaces replaces();

    /** Whether who calls may take over a call: authenticated, or from a source that is trusted by configuration. */
    boolean mayReplace();

    /** Takes the call: from now on its events come to {@code listener} on {@code mailbox}. */
    SignallingLeg claim(Executor mailbox, SignalListener listener);

    /** Answers with a final failure, at most once, and keeps no state but the transaction. */
    void refuse(int code, String phrase, SipHeaders extra);
}
