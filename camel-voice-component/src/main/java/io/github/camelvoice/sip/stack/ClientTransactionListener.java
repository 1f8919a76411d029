package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPResponse;

/** Called on the executor given to {@link SipDoor#send}, in the order of the wire. */
public interface ClientTransactionListener {

    /**
     * Each provisional response and the final one; for an INVITE also every 2xx of the next 64 x T1, repeated or of another fork.
     * ACK to a failure of an INVITE has been sent; ACK to a 2xx is for the receiver.
     */
    void response(SIPResponse response);

    /** Timer B or F: no (final) response. */
    void timeout();

    /** The request could not be sent, or its connection broke. {@code why} is fit for people. */
    void transportFailed(String why);
}
