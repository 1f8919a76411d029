package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPDialog;
import gov.nist.javax.sip.stack.SIPTransactionErrorEvent;
import gov.nist.javax.sip.stack.SIPTransactionEventListener;
import gov.nist.javax.sip.stack.ServerResponseInterface;
import java.io.IOException;
import javax.sip.ObjectInUseException;
import javax.sip.SipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request of ours on its way to one target: a client transaction of JAIN-SIP. On the thread of the reactor. */
final class ClientTx implements ServerResponseInterface, SIPTransactionEventListener, WireChannel.Failure {

    private static final Logger LOG = LoggerFactory.getLogger(ClientTx.class);

    private final ClientSide side;
    private final Flow flow;
    private final Owner owner;
    private final String hop;
    private final String callId;
    private SIPRequest request;
    private WireChannel channel;
    private SIPClientTransaction transaction;
    private String branch;
    private boolean invite;
    private boolean heard;
    private boolean cancelled;
    private boolean over;

    /** Who wants to know what became of it; hears one end of it at most. */
    interface Owner {

        /** Each response, for an INVITE every 2xx of the next 64 x T1 too. */
        void response(ClientTx sent, SIPResponse response);

        /** @param why null for Timer B or F; else the transport failed */
        void failed(ClientTx sent, String why);
    }

    /** Does not listen: the CANCEL's. The response to the INVITE says what became of it. */
    static final Owner NOBODY = new Owner() {
        @Override
        public void response(ClientTx sent, SIPResponse response) {
            // 200 or 481.
        }

        @Override
        public void failed(ClientTx sent, String why) {
            // As above.
        }
    };

    /** @param hop where it goes, in the words of the request */
    ClientTx(ClientSide side, Flow flow, Owner owner, String hop, String callId) {
        this.side = side;
        this.flow = flow;
        this.owner = owner;
        this.hop = hop;
        this.callId = callId;
    }

    Flow flow() {
        return flow;
    }

    String branch() {
        return branch;
    }

    /** Whether there was any response. */
    boolean isHeard() {
        return heard;
    }

    /** Sends the request; its Via is there. */
    void begin(SIPClientTransaction started, SIPRequest sent, WireChannel to, String viaBranch) {
        transaction = started;
        request = sent;
        channel = to;
        branch = viaBranch;
        invite = sent.getMethod().equals("INVITE");
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

    /** Sends CANCEL to the same hop, one; nothing where there is a final response. @param repeated until it is answered */
    void cancel(String reason, boolean repeated) {
        if (over || !invite || cancelled) {
            return;
        }
        cancelled = true;
        try {
            SIPRequest cancel = request.createCancelRequest();
            if (reason != null) {
                cancel.setHeader(Replies.header("Reason", reason));
            }
            if (repeated) {
                side.start(new ClientTx(side, flow, NOBODY, hop, callId), cancel, channel, branch);
            } else {
                channel.sendMessage(cancel);
            }
        } catch (SipException | IOException | RuntimeException failure) {
            LOG.warn("[{}] CANCEL could not be sent", callId, failure);
        }
    }

    /** Ends it without a word. */
    void end() {
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
        heard = true;
        if (response.getStatusCode() >= 200) {
            finish();
            if (invite && response.getStatusCode() < 300) {
                side.accepted(this);
            }
        }
        owner.response(this, response);
    }

    /** A later 2xx to an INVITE. */
    void again(SIPResponse response) {
        owner.response(this, response);
    }

    @Override
    public void transactionErrorEvent(SIPTransactionErrorEvent error) {
        if (over) {
            return;
        }
        if (error.getErrorID() == SIPTransactionErrorEvent.TIMEOUT_ERROR) {
            finish();
            owner.failed(this, null);
        } else if (error.getErrorID() == SIPTransactionErrorEvent.TRANSPORT_ERROR) {
            fail("cannot send to " + hop);
        }
    }

    @Override
    public void broken(String why) {
        side.reactor().run(() -> fail(why));
    }

    private void fail(String why) {
        if (!over) {
            LOG.debug("[{}] {}", callId, why);
            finish();
            close();
            owner.failed(this, why);
        }
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
}
