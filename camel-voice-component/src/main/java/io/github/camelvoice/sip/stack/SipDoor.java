package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.concurrent.Executor;

/** What can be sent. Thread-safe; nothing here waits for the network. Implemented by {@code SipStackHost}. */
public interface SipDoor {

    /** Where the stack listens and what it advertises; valid after the start. */
    Bindings bindings();

    /** Whether there is a listening point for {@code udp}, {@code tcp} or {@code tls}. */
    boolean listens(String transport);

    /**
     * Starts a client transaction. The top Via (branch, rport) is added here; the transport and the hop come from the first Route,
     * else from the Request-URI (RFC 3263: IP literal, NAPTR and SRV where no port is named, A and AAAA), resolved on a thread of
     * the stack. Messages of one executor go out in the order of the calls when they take the same hop. The request must not be
     * changed afterwards. Whatever goes wrong comes to {@code listener}, nothing is thrown.
     */
    ClientTransactionHandle send(SIPRequest request, ClientTransactionListener listener, Executor on);

    /** Sends the ACK to a 2xx (RFC 3261, section 13.2.2.4); Via is added here. A failure is logged. */
    void sendAck(SIPRequest ack);

    /** Transactions that live, of both kinds; for metrics and leak checks. */
    int transactions();
}
