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
     * the stack. A request outside a dialog (no To tag) that finds nobody, or 503, goes to the next target of its hop (RFC 3263,
     * section 4.3); requests of one Call-ID try the targets in the same order. Messages of one executor go out in the order of the
     * calls when they take the same hop. The request must not be changed afterwards. Whatever goes wrong comes to
     * {@code listener}, nothing is thrown.
     */
    default ClientTransactionHandle send(SIPRequest request, ClientTransactionListener listener, Executor on) {
        return send(request, null, listener, on);
    }

    /** @param first the flow that is tried before the targets of the hop, null for none: what was registered goes where it was registered */
    ClientTransactionHandle send(SIPRequest request, Flow first, ClientTransactionListener listener, Executor on);

    /** Sends the ACK to a 2xx (RFC 3261, section 13.2.2.4); Via is added here. A failure is logged. */
    void sendAck(SIPRequest ack);

    /**
     * Keeps a flow alive (RFC 5626, section 4.4): CR LF CR LF on connections, STUN Binding requests over UDP, and CR LF CR LF there
     * too where STUN was never answered. All who watch a flow share its signs of life, the shortest of their intervals counts.
     *
     * @param seconds  longest pause between two signs of life, 5 to 86,400; each is 80 to 100 % of that
     * @param expected whether the far end promised to answer them: silence is loss from the first one on. Else it is loss where one was
     *                 answered before
     */
    FlowWatch keepAlive(Flow flow, int seconds, boolean expected, FlowListener listener, Executor on);

    /**
     * INVITEs to this user of ours pass without a challenge, if they come from an address that the hop of {@code registered} has, or
     * from the flow that it took. Takes the place of what was said of that user before.
     *
     * @param contactUser user part of a Contact of ours that nobody can guess
     * @param registered  the REGISTER that was answered with a 2xx
     */
    void admit(String contactUser, ClientTransactionHandle registered);

    /** INVITEs to this user are like any others again. */
    void dismiss(String contactUser);

    /** Sends a request without a transaction: once, and what is answered is dropped. Via is added here. A failure is logged. */
    void sendOnce(SIPRequest request);

    /** Transactions that live, of both kinds; for metrics and leak checks. */
    int transactions();
}
