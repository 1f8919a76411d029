package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPDialog;
import gov.nist.javax.sip.stack.SIPTransactionErrorEvent;
import gov.nist.javax.sip.stack.SIPTransactionEventListener;
import gov.nist.javax.sip.stack.ServerResponseInterface;
import java.util.concurrent.Executor;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request of ours with its client transaction, JAIN-SIP's. The listener hears one end of it at most. */
final class ClientTx implements ClientTransactionHandle, ServerResponseInterface, SIPTransactionEventListener, WireChannel.Failure {

    private static final Logger LOG = LoggerFactory.getLogger(ClientTx.class);

    private final ClientSide side;
    private final NextHop hop;
    private final ClientTransactionListener listener;
    private final Executor on;
    private final boolean invite;
    private final String callId;

    /** The user wants to hear no more. */
    private volatile boolean silenced;

    /** On the thread of the reactor from here on. */
    private SIPRequest request;
    private WireChannel channel;
    private SIPClientTransaction transaction;
    private String branch;
    private boolean over;

    ClientTx(ClientSide side, SIPRequest wanted, NextHop hop, ClientTransactionListener listener, Executor on) {
        this.side = side;
        this.hop = hop;
        this.listener = listener;
        this.on = on;
        this.invite = wanted.getMethod().equals("INVITE");
        this.callId = wanted.getCallId().getCallId();
    }

    boolean isOver() {
        return over;
    }

    SIPRequest request() {
        return request;
    }

    String branch() {
        return branch;
    }

    boolean isInvite() {
        return invite;
    }

    @Override
    public String nextHop() {
        return hop == null ? "" : hop.toString();
    }

    /** Sends the request; its Via is there. */
    void begin(SIPClientTransaction started, SIPRequest sent, WireChannel to, String viaBranch) {
        transaction = started;
        request = sent;
        channel = to;
        branch = viaBranch;
        started.setApplicationData(this);
        started.setResponseInterface(this);
        started.addEventListener(this);
        to.track(this);
        try {
            started.sendRequest();
        } catch (SipException failure) {
            String why = failure.getCause() != null ? failure.getCause().getMessage() : failure.getMessage();
            fail("cannot send to " + hop + ": " + why);
        }
    }

    /** Another request of ours, to the same hop: the CANCEL. */
    void cancelWith(SIPRequest cancel) {
        side.start(new ClientTx(side, cancel, hop, Nobody.LISTENER, Runnable::run), cancel, channel, branch);
    }

    @Override
    public void cancel(String reason) {
        side.reactor().run(() -> side.cancel(this, reason));
    }

    @Override
    public void terminate() {
        silenced = true;
        side.reactor().run(this::end);
    }

    private void end() {
        if (!over) {
            finish();
            close();
        }
    }

    /** From JAIN-SIP: a response for the user of the transaction. */
    @Override
    public void processResponse(SIPResponse response, MessageChannel from, SIPDialog dialog) {
        processResponse(response, from);
    }

    @Override
    public void processResponse(SIPResponse response, MessageChannel from) {
        if (over) {
            return;
        }
        if (response.getStatusCode() >= 200) {
            finish();
            if (invite && response.getStatusCode() < 300) {
                side.accepted(this);
            }
        }
        deliver(response);
    }

    /** A later 2xx to an INVITE too. */
    void deliver(SIPResponse response) {
        tell(() -> listener.response(response));
    }

    @Override
    public void transactionErrorEvent(SIPTransactionErrorEvent error) {
        if (over) {
            return;
        }
        if (error.getErrorID() == SIPTransactionErrorEvent.TIMEOUT_ERROR) {
            finish();
            tell(listener::timeout);
        } else if (error.getErrorID() == SIPTransactionErrorEvent.TRANSPORT_ERROR) {
            fail("cannot send to " + hop);
        }
    }

    @Override
    public void broken(String why) {
        side.reactor().run(() -> fail(why));
    }

    /** Ends it with the word that the transport failed. */
    void fail(String why) {
        if (over) {
            return;
        }
        LOG.debug("[{}] {}", callId, why);
        finish();
        close();
        tell(() -> listener.transportFailed(why));
    }

    private void tell(Runnable news) {
        on.execute(() -> {
            if (!silenced) {
                news.run();
            }
        });
    }

    private void finish() {
        over = true;
        request = null;
        if (channel != null) {
            channel.forget(this);
        }
    }

    private void close() {
        if (transaction == null) {
            return;
        }
        try {
            transaction.terminate();
        } catch (ObjectInUseException impossible) {
            LOG.debug("[{}] terminate", callId, impossible);
        }
    }

    /** Listens to nothing: for CANCEL. */
    private static final class Nobody {

        static final ClientTransactionListener LISTENER = new ClientTransactionListener() {
            @Override
            public void response(SIPResponse response) {
                // 200 or 481: the INVITE's own response says what became of it.
            }

            @Override
            public void timeout() {
                // As above.
            }

            @Override
            public void transportFailed(String why) {
                // As above.
            }
        };
    }
}
