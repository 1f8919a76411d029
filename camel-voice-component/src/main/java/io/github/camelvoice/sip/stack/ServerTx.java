package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.io.IOException;
import java.net.InetSocketAddress;
import javax.sip.SipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request with its server transaction, JAIN-SIP's; none for an ACK. */
final class ServerTx implements InboundRequest {

    private static final Logger LOG = LoggerFactory.getLogger(ServerTx.class);

    private final ServerSide side;
    private final SIPRequest message;
    private final ResponseText text;
    private final WireChannel channel;
    private final InetSocketAddress source;
    private final String user;
    private final boolean invite;
    private final InboundRequest cancelled;
    private volatile Object attachment;

    /** On the thread of the reactor from here on. */
    private SIPServerTransaction transaction;
    private String id;
    private byte[] trying;
    private boolean finished;
    private boolean accepted;

    ServerTx(ServerSide side, SIPRequest message, WireChannel channel, InetSocketAddress source, String user, InboundRequest cancelled) {
        this.side = side;
        this.message = message;
        this.text = new ResponseText(message);
        this.channel = channel;
        this.source = source;
        this.user = user;
        this.invite = message.getMethod().equals("INVITE");
        this.cancelled = cancelled;
    }

    void begin(SIPServerTransaction started, String transactionId) {
        transaction = started;
        id = transactionId;
    }

    /** 100, at once, and again for each repetition until there is something else to say (RFC 3261, section 17.2.1). */
    void trying() {
        try {
            if (trying == null) {
                trying = text.trying();
            }
            channel.write(trying);
        } catch (IOException failure) {
            LOG.debug("[{}] 100 to {} could not be sent: {}", message.getCallId().getCallId(), source, failure.getMessage());
        }
    }

    /** Whether nothing but 100 was sent. */
    boolean isTrying() {
        return trying != null;
    }

    boolean isInvite() {
        return invite;
    }

    boolean isFinished() {
        return finished;
    }

    boolean isAccepted() {
        return accepted;
    }

    @Override
    public SIPRequest message() {
        return message;
    }

    @Override
    public String transport() {
        return channel.transport();
    }

    @Override
    public InetSocketAddress source() {
        return source;
    }

    @Override
    public String authenticatedUser() {
        return user;
    }

    @Override
    public InboundRequest cancelled() {
        return cancelled;
    }

    @Override
    public Object attachment() {
        return attachment;
    }

    @Override
    public void attach(Object owner) {
        attachment = owner;
    }

    @Override
    public void respond(SIPResponse response) {
        WireResponse wire;
        try {
            wire = new WireResponse(response, text.encode(response));
        } catch (RuntimeException failure) {
            LOG.error("[{}] a response could not be encoded", message.getCallId().getCallId(), failure);
            return;
        }
        side.reactor().run(() -> send(wire));
    }

    private void send(WireResponse response) {
        if (transaction == null) {
            return;
        }
        int code = response.getStatusCode();
        try {
            if (finished) {
                if (accepted && code / 100 == 2) {
                    channel.sendMessage(response);
                }
                return;
            }
            if (code >= 200) {
                finished = true;
                accepted = invite && code < 300;
                side.answered(this, transaction, id);
            }
            trying = null;
            transaction.sendResponse(response);
        } catch (SipException | IOException failure) {
            LOG.info("[{}] {} to {} could not be sent: {}", message.getCallId().getCallId(), code, source, failure.getMessage());
        }
    }
}
