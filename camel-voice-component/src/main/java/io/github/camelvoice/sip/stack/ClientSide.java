package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import java.io.IOException;
import java.text.ParseException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import javax.sip.InvalidArgumentException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests of ours: finds their targets, stamps their Via, runs their transactions. Transactions live on the thread of the reactor. */
final class ClientSide {

    private static final String COOKIE = "z9hG4bK";
    /** Who asks a name server waits this long, not for ever. */
    private static final long LOOK_UP_MILLIS = 12_000;
    private static final Logger LOG = LoggerFactory.getLogger(ClientSide.class);

    private final Reactor reactor;
    private final EngineStack stack;
    private final Resolver resolver;
    private final Targets targets;
    private final Channels channels;
    private final Ids ids;

    /** Branch of an INVITE that was accepted, to whom further 2xx are told. */
    private final Retained<ClientTx> accepted;

    /** Ways to peers, and what we call ourselves on them. */
    interface Channels {
        WireChannel channel(Flow flow) throws IOException;

        String advertisedHost();

        int advertisedPort(String transport);
    }

    ClientSide(Reactor reactor, EngineClock clock, EngineStack stack, Resolver resolver, Targets targets, Channels channels, Ids ids) {
        this.reactor = reactor;
        this.accepted = new Retained<>(reactor, clock);
        this.stack = stack;
        this.resolver = resolver;
        this.targets = targets;
        this.channels = channels;
        this.ids = ids;
    }

    Reactor reactor() {
        return reactor;
    }

    /** What is remembered of targets. */
    Targets targets() {
        return targets;
    }

    ClientTransactionHandle send(SIPRequest request, Flow first, ClientTransactionListener listener, Executor on) {
        NextHop hop;
        try {
            hop = NextHop.of(request);
        } catch (IllegalArgumentException unsendable) {
            Hunt none = new Hunt(this, request, null, listener, on);
            reactor.run(() -> none.fail(unsendable.getMessage()));
            return none;
        }
        Hunt hunt = new Hunt(this, request, hop, listener, on);
        String callId = request.getCallId().getCallId();
        resolver.resolve(hop, found -> {
            List<Flow> inTurn = targets.inTurn(found, callId, first);
            reactor.run(() -> hunt.start(inTurn, found.addresses()));
        }, (at, why) -> reactor.run(() -> {
            if (first != null) {
                hunt.start(List.of(first), Set.of(first.address().getAddress()));
            } else {
                hunt.fail("cannot send to " + at + ": " + why);
            }
        }));
        if (!hop.isLiteral()) {
            reactor.run(() -> hunt.await(LOOK_UP_MILLIS));
        }
        return hunt;
    }

    /** Sends the request to the target of {@code sent}. */
    void open(ClientTx sent, SIPRequest request) throws IOException {
        WireChannel channel = channels.channel(sent.flow());
        String branch = COOKIE + ids.token();
        start(sent, new WireRequest(request, via(sent.flow().transport(), branch)), channel, branch);
    }

    void start(ClientTx sent, SIPRequest request, WireChannel channel, String branch) {
        SIPClientTransaction transaction = stack.createClientTransaction(request, channel);
        transaction.setBranch(branch);
        stack.addTransaction(transaction);
        sent.begin(transaction, request, channel, branch);
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

    /** Without a transaction. */
    void sendAck(SIPRequest ack) {
        NextHop hop;
        try {
            hop = NextHop.of(ack);
        } catch (IllegalArgumentException unsendable) {
            LOG.warn("[{}] {}: {}", ack.getCallId().getCallId(), ack.getMethod(), unsendable.getMessage());
            return;
        }
        resolver.resolve(hop, found -> {
            Flow target = targets.inTurn(found, ack.getCallId().getCallId(), null).get(0);
            reactor.run(() -> sendAck(ack, target));
        }, (at, why) -> LOG.warn("[{}] {} to {}: {}", ack.getCallId().getCallId(), ack.getMethod(), at, why));
    }

    private void sendAck(SIPRequest ack, Flow target) {
        try {
            Via via = ack.getTopmostVia();
            if (via == null) {
                via = via(target.transport(), COOKIE + ids.token());
                // Kept, so that a repeated ACK is the same one.
                ack.addHeader(via);
            }
            channels.channel(target).sendMessage(new WireRequest(ack, via));
        } catch (IOException | RuntimeException failure) {
            LOG.warn("[{}] {} to {} could not be sent: {}", ack.getCallId().getCallId(), ack.getMethod(), target, failure.getMessage());
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
                invite.again(response);
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
