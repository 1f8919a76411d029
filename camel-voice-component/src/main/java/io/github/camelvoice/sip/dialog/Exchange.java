package io.github.camelvoice.sip.dialog;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.sip.stack.ClientTransactionHandle;
import io.github.camelvoice.sip.stack.ClientTransactionListener;
import io.github.camelvoice.sip.stack.Flow;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * One request of ours in a dialog, with the second try that a digest challenge asks for. On the mailbox of its owner.
 */
public final class Exchange implements ClientTransactionListener {

    /** What became of the request; exactly one of {@link #done} and {@link #unanswered} is called, once. */
    public interface Outcome {

        void done(SIPResponse response);

        /** @param timeout no response in time; else the transport failed */
        void unanswered(boolean timeout, String why);

        /** The 2xx to an INVITE came once more. */
        default void again(SIPResponse response) {
        }
    }

    /** Servers of one hop that may challenge one after the other. */
    private static final int MOST_SERVERS = 4;

    private final SipEnv env;
    private final Executor mailbox;
    private final Credentials credentials;
    private final Flow first;
    private final Supplier<SIPRequest> next;
    private final Outcome outcome;
    private SIPRequest request;
    private ClientTransactionHandle sent;
    private boolean over;
    /** Who challenged last. */
    private Flow asker;
    private int servers;

    private Exchange(SipEnv env, Executor mailbox, Credentials credentials, Flow first, Supplier<SIPRequest> next, Outcome outcome) {
        this.env = env;
        this.mailbox = mailbox;
        this.credentials = credentials;
        this.first = first;
        this.next = next;
        this.outcome = outcome;
    }

    /** @param next makes the request, with a number of its own for each try */
    public static Exchange start(SipEnv env, Executor mailbox, Credentials credentials, Supplier<SIPRequest> next, Outcome outcome) {
        return start(env, mailbox, credentials, null, next, outcome);
    }

    /** @param first where it goes before it goes elsewhere, null for none */
    public static Exchange start(SipEnv env, Executor mailbox, Credentials credentials, Flow first, Supplier<SIPRequest> next, Outcome outcome) {
        Exchange exchange = new Exchange(env, mailbox, credentials, first, next, outcome);
        exchange.send();
        return exchange;
    }

    /** The request that was sent last. */
    public ClientTransactionHandle sent() {
        return sent;
    }

    private void send() {
        request = next.get();
        env.signRequest(request);
        credentials.sign(request);
        sent = env.door().send(request, first, this, mailbox);
    }

    /** Nobody wants to hear what becomes of it. */
    public void stop() {
        over = true;
        if (sent != null) {
            sent.terminate();
        }
    }

    @Override
    public void response(SIPResponse response) {
        int code = response.getStatusCode();
        if (code < 200) {
            return;
        }
        if (over) {
            outcome.again(response);
            return;
        }
        if (code == 401 || code == 407) {
            if (challenged(response)) {
                send();
                return;
            }
        }
        over = true;
        outcome.done(response);
    }

    private boolean challenged(SIPResponse challenge) {
        Flow from = sent.flow();
        if (asker != null && from != null && !from.equals(asker) && servers < MOST_SERVERS) {
            servers++;
            credentials.elsewhere();
        }
        asker = from;
        return credentials.challenged(challenge, sent.nextHop());
    }

    @Override
    public void timeout() {
        if (!over) {
            over = true;
            outcome.unanswered(true, "no response to " + request.getMethod());
        }
    }

    @Override
    public void transportFailed(String why) {
        if (!over) {
            over = true;
            outcome.unanswered(false, why);
        }
    }
}
