package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import java.io.IOException;
import java.text.ParseException;
import java.util.concurrent.Executor;
import javax.sip.InvalidArgumentException;
import javax.sip.SipException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests of ours: finds their hop, stamps their Via, runs their transactions. Transactions live on the thread of the reactor. */
final class ClientSide {

    private static final String COOKIE = "z9hG4bK";
    private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

    private final Reactor reactor;
    private final EngineStack stack;
    private final Resolver resolver;
    private final Channels channels;
    private final Ids ids;

    /** Branch of an INVITE that was accepted, to whom further 2xx are told. */
    private final Retained<ClientTx> accepted;

    /** Ways to peers, and what we call ourselves on them. */
    interface Channels {
        WireChannel channel(Resolver.Target target) throws IOException;

        String advertisedHost();

        int advertisedPort(String transport);
    }

    ClientSide(Reactor reactor, EngineClock clock, EngineStack stack, Resolver resolver, Channels channels, Ids ids) {
        this.reactor = reactor;
        this.accepted = new Retained<>(reactor, clock);
        this.stack = stack;
        this.resolver = resolver;
        this.channels = channels;
        this.ids = ids;
    }

    Reactor reactor() {
        return reactor;
    }

    ClientTx send(SIPRequest request, ClientTransactionListener listener, Executor on) {
        NextHop hop;
        try {
            hop = NextHop.of(request);
        } catch (IllegalArgumentException unsendable) {
            ClientTx none = new ClientTx(this, request, null, listener, on);
            reactor.run(() -> none.fail(unsendable.getMessage()));
            return none;
        }
        ClientTx handle = new ClientTx(this, request, hop, listener, on);
        resolver.resolve(hop, target -> reactor.run(() -> open(handle, request, target)),
                (at, why) -> reactor.run(() -> handle.fail("cannot send to " + at + ": " + why)));
        return handle;
    }

    private void open(ClientTx handle, SIPRequest request, Resolver.Target target) {
        if (handle.isOver()) {
            return;
        }
        try {
            WireChannel channel = channels.channel(target);
            String branch = COOKIE + ids.token();
            start(handle, new WireRequest(request, via(target.transport(), branch)), channel, branch);
        } catch (IOException | RuntimeException failure) {
            LOG.debug("[{}] not sent", request.getCallId().getCallId(), failure);
            handle.fail("cannot send to " + handle.nextHop() + ": " + failure.getMessage());
        }
    }

    void start(ClientTx handle, SIPRequest request, WireChannel channel, String branch) {
        SIPClientTransaction transaction = stack.createClientTransaction(request, channel);
        transaction.setBranch(branch);
        stack.addTransaction(transaction);
        handle.begin(transaction, request, channel, branch);
    }

    private Via via(String transport, String branch) {
        Via via = new Via();
        try {
            via.setTransport(transport);
            via.setHost(Addresses.forUri(channels.advertisedHost()));
            via.setPort(channels.advertisedPort(transport));
            via.setBranch(branch);
            via.setRPort();
        } catch (ParseException | InvalidArgumentException bad) {
            throw new IllegalStateException("cannot advertise " + channels.advertisedHost(), bad);
        }
        return via;
    }

    void cancel(ClientTx invite, String reason) {
        SIPRequest request = invite.request();
        if (invite.isOver() || !invite.isInvite() || request == null) {
            return;
        }
        try {
            SIPRequest cancel = request.createCancelRequest();
            if (reason != null) {
                cancel.setHeader(Replies.header("Reason", reason));
            }
            invite.cancelWith(cancel);
        } catch (SipException | RuntimeException failure) {
            LOG.warn("[{}] CANCEL could not be sent", request.getCallId().getCallId(), failure);
        }
    }

    void sendAck(SIPRequest ack) {
        NextHop hop;
        try {
            hop = NextHop.of(ack);
        } catch (IllegalArgumentException unsendable) {
            LOG.warn("[{}] ACK: {}", ack.getCallId().getCallId(), unsendable.getMessage());
            return;
        }
        resolver.resolve(hop, target -> reactor.run(() -> sendAck(ack, target)),
                (at, why) -> LOG.warn("[{}] ACK to {}: {}", ack.getCallId().getCallId(), at, why));
    }

    private void sendAck(SIPRequest ack, Resolver.Target target) {
        try {
            Via via = ack.getTopmostVia();
            if (via == null) {
                via = via(target.transport(), COOKIE + ids.token());
                // Kept, so that a repeated ACK is the same one.
                ack.addHeader(via);
            }
            channels.channel(target).sendMessage(new WireRequest(ack, via));
        } catch (IOException | RuntimeException failure) {
            LOG.warn("[{}] ACK to {} could not be sent: {}", ack.getCallId().getCallId(), target, failure.getMessage());
        }
    }

    /** The first 2xx to an INVITE came. */
    void accepted(ClientTx invite) {
        accepted.put(invite.branch(), invite);
    }

    /** A parsed response; one that belongs to nobody is dropped (RFC 3261, section 18.1.2). */
    void received(SIPResponse response, WireChannel channel) {
        SIPClientTransaction transaction = stack.client(response.getTransactionId());
        if (transaction != null && transaction.isMessagePartOfTransaction(response)) {
            transaction.processResponse(response, channel, null);
            return;
        }
        if (response.getStatusCode() / 100 == 2 && "INVITE".equals(response.getCSeq().getMethod())) {
            ClientTx invite = accepted.get(response.getTopmostVia().getBranch());
            if (invite != null) {
                invite.deliver(response);
            }
        }
    }

    /** A transaction has left JAIN-SIP's tables; may be told more than once. */
    void ended(SIPClientTransaction transaction) {
        transaction.setApplicationData(null);
    }

    int remembered() {
        return accepted.size();
    }
}
