package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetSocketAddress;

/** Gets what passed parser, limits, authentication and the transaction layer. Called on the thread of the stack: return at once. */
public interface RequestSink {

    /**
     * A new request: mandatory headers are there, once, and sane; Require names nothing unknown; never a retransmission, never
     * an ACK to a failure, never an OPTIONS outside a dialog (answered below). For INVITE 100 Trying has been sent. An ACK to a
     * 2xx comes here too and cannot be answered.
     */
    void request(InboundRequest request);

    /**
     * An INVITE came again after its 2xx was given: that 2xx is due once more ({@link InboundRequest#respond}).
     *
     * @param first as given to {@link #request}
     */
    void repeatedInvite(InboundRequest first);

    /**
     * Whether this request (it has a To tag) belongs to a live dialog whose far end sends from {@code source}: such requests are
     * not challenged. Called before authentication, must not block.
     */
    boolean inDialog(SIPRequest request, InetSocketAddress source);

    /** What is taken at the moment; others hear 405, once they said who they are. Must not block. */
    default Repertoire repertoire() {
        return Repertoire.CALLS;
    }
}
