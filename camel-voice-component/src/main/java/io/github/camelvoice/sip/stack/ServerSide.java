package io.github.camelvoice.sip.stack;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import io.github.camelvoice.runtime.EngineClock;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.sip.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Requests that come: repetitions go to their transaction, what is wrong or too much is answered without state, the rest gets a
 * transaction and goes up. Everything here happens on the thread of the reactor.
 */
final class ServerSide {

    /** Live transactions beyond which new requests get 503: a bound on memory, far above any load that one core can carry. */
    private static final int MAX_TRANSACTIONS = 150_000;
    private static final Logger LOG = LoggerFactory.getLogger(ServerSide.class);

    private final Reactor reactor;
    private final EngineStack stack;
    private final Replies replies;
    private final Screening screening;
    private final Gatekeeper gatekeeper;
    private final Flood flood;
    private final int maxInvitesPerSource;
    private final Callees callees;
    private final RequestSink sink;

    /** Transaction id of an INVITE that got its 2xx: who can repeat that, while anybody wants to. */
    private final Retained<WeakReference<ServerTx>> accepted;
    /** Call-ID, From tag and CSeq of requests that make something new, to their transaction id (RFC 3261, section 8.2.2.2). */
    private final Map<String, String> firsts = new HashMap<>();
    private final Map<InetAddress, int[]> undecided = new HashMap<>();

    ServerSide(Reactor reactor, EngineClock clock, EngineStack stack, Replies replies, Gatekeeper gatekeeper, Flood flood,
               int maxInvitesPerSource, Callees callees, RequestSink sink) {
        this.reactor = reactor;
        this.accepted = new Retained<>(reactor, clock);
        this.stack = stack;
        this.replies = replies;
        this.screening = new Screening(replies);
        this.gatekeeper = gatekeeper;
        this.flood = flood;
        this.maxInvitesPerSource = maxInvitesPerSource;
        this.callees = callees;
        this.sink = sink;
    }

    Reactor reactor() {
        return reactor;
    }

    /** A parsed request that {@link Screening#isAnswerable}, its top Via stamped. */
    void received(SIPRequest request, InetSocketAddress source, WireChannel channel) {
        String id = request.getTransactionId();
        SIPServerTransaction known = stack.server(id);
        if (known != null && known.isMessagePartOfTransaction(request)) {
            again(known, id, request, source, channel);
            return;
        }
        boolean ack = request.getMethod().equals("ACK");
        if (!ack && isAcceptedAgain(id, request)) {
            return;
        }
        if (ack) {
            if (request.hasToTag() && request.hasFromTag()) {
                sink.request(new ServerTx(this, request, channel, source, "", null));
            }
            return;
        }
        // A branch is unique (RFC 3261, section 8.1.1.7); two owners of one would end each other.
        SIPResponse refusal = known != null ? replies.reply(request, 400) : screening.refuse(request, sink.repertoire());
        if (refusal != null) {
            send(refusal, channel);
            return;
        }
        fresh(id, request, source, channel);
    }

    /** A repetition, or the ACK to a failure. */
    private void again(SIPServerTransaction known, String id, SIPRequest request, InetSocketAddress source, WireChannel channel) {
        if (request.getMethod().equals("ACK") && known.getInternalState() == TransactionState._TERMINATED) {
            // Some send the ACK to a 2xx with the branch of the INVITE.
            sink.request(new ServerTx(this, request, channel, source, "", null));
            return;
        }
        if (request.getMethod().equals("INVITE") && isAcceptedAgain(id, request)) {
            return;
        }
        if (request.getMethod().equals("INVITE") && known.getApplicationData() instanceof Open open && open.owner.isTrying()) {
            open.owner.trying();
            return;
        }
        known.processRequest(request, channel);
    }

    private boolean isAcceptedAgain(String id, SIPRequest request) {
        WeakReference<ServerTx> first = request.getMethod().equals("INVITE") ? accepted.get(id) : null;
        if (first == null) {
            return false;
        }
        ServerTx owner = first.get();
        if (owner != null) {
            sink.repeatedInvite(owner);
        }
        return true;
    }

    private void fresh(String id, SIPRequest request, InetSocketAddress source, WireChannel channel) {
        String method = request.getMethod();
        if (method.equals("OPTIONS") && !request.hasToTag()) {
            send(replies.capabilities(request, sink.repertoire()), channel);
            return;
        }
        ServerTx cancelled = null;
        String user = "";
        if (method.equals("CANCEL")) {
            cancelled = cancelledBy(request, source);
            if (cancelled == null) {
                send(replies.reply(request, 481), channel);
                return;
            }
        } else {
            boolean known = request.hasToTag() ? sink.inDialog(request, source) : callees.admits(request, source);
            Gatekeeper.Verdict verdict = known ? Gatekeeper.Verdict.PASS : gatekeeper.judge(request, source.getAddress());
            if (verdict.challenge() != null) {
                send(verdict.challenge(), channel);
                return;
            }
            SIPResponse notServed = screening.refuseMethod(request, sink.repertoire());
            if (notServed != null) {
                send(notServed, channel);
                return;
            }
            user = verdict.user();
        }
        String first = request.hasToTag() || method.equals("CANCEL") ? null : firstKey(request);
        if (first != null) {
            String other = firsts.get(first);
            if (other != null && !other.equals(id)) {
                send(replies.reply(request, 482), channel);
                return;
            }
            if (isTooMuch(method, source.getAddress())) {
                send(replies.reply(request, 503, "Retry-After", "5"), channel);
                return;
            }
            firsts.put(first, id);
        }
        open(id, new ServerTx(this, request, channel, source, user, cancelled), first, channel);
    }

    private static String firstKey(SIPRequest request) {
        return request.getCallId().getCallId() + ' ' + request.getFromTag() + ' ' + request.getCSeq().getSeqNumber() + ' '
                + request.getMethod();
    }

    private boolean isTooMuch(String method, InetAddress source) {
        if (stack.transactions() > MAX_TRANSACTIONS) {
            if (flood.mayLog(source)) {
                LOG.warn("{} SIP transactions are alive: new requests get 503", stack.transactions());
            }
            return true;
        }
        if (!method.equals("INVITE")) {
            return false;
        }
        int[] count = undecided.computeIfAbsent(source, s -> new int[1]);
        if (count[0] >= maxInvitesPerSource) {
            if (flood.mayLog(source)) {
                LOG.warn("{} undecided calls of {}: more of them get 503", count[0], source.getHostAddress());
            }
            return true;
        }
        count[0]++;
        return false;
    }

    /** The undecided or answered INVITE of a CANCEL, which must come from the same address. */
    private ServerTx cancelledBy(SIPRequest cancel, InetSocketAddress source) {
        SIPServerTransaction invite = stack.server(cancel.getTopmostVia().getBranch().toLowerCase(Locale.ROOT));
        if (invite == null || !(invite.getApplicationData() instanceof Open open) || !open.owner.isInvite()
                || !open.owner.source().getAddress().equals(source.getAddress())) {
            return null;
        }
        return open.owner;
    }

    /** What a transaction of JAIN-SIP carries for us while it lives. */
    private static final class Open {
        private ServerTx owner;
        private final String first;
        private boolean counted;
        private final InetAddress source;

        Open(ServerTx owner, String first) {
            this.owner = owner;
            this.first = first;
            this.counted = owner.isInvite() && first != null;
            this.source = owner.source().getAddress();
        }
    }

    private void open(String id, ServerTx owner, String first, WireChannel channel) {
        SIPServerTransaction transaction = stack.createServerTransaction(channel);
        transaction.setOriginalRequest(owner.message());
        transaction.setApplicationData(new Open(owner, first));
        transaction.setRequestInterface((request, on) -> { });
        stack.add(id, transaction);
        owner.begin(transaction, id);
        try {
            transaction.processRequest(owner.message(), channel);
            if (owner.isInvite()) {
                owner.trying();
            }
            sink.request(owner);
        } catch (RuntimeException | StackOverflowError failure) {
            failed(owner.message(), owner.source(), failure);
            owner.respond(replies.reply(owner.message(), 500));
        }
    }

    /** Says what could not be handled, once per source and interval. */
    void failed(SIPRequest request, InetSocketAddress source, Throwable failure) {
        if (flood.mayLog(source.getAddress())) {
            LOG.error("[{}] a {} could not be handled", request.getCallId().getCallId(), request.getMethod(), failure);
        }
    }

    /** The final response of a transaction goes out. */
    void answered(ServerTx owner, SIPServerTransaction transaction, String id) {
        if (transaction.getApplicationData() instanceof Open open) {
            decided(open);
            if (!owner.isInvite()) {
                open.owner = null;
                forgetFirst(open, id);
                transaction.setApplicationData(null);
            }
        }
        if (owner.isAccepted()) {
            accepted.put(id, new WeakReference<>(owner));
        }
    }

    private void decided(Open open) {
        if (open.counted) {
            open.counted = false;
            int[] count = undecided.get(open.source);
            if (count != null && --count[0] <= 0) {
                undecided.remove(open.source);
            }
        }
    }

    private void forgetFirst(Open open, String id) {
        if (open.first != null) {
            firsts.remove(open.first, id);
        }
    }

    /** A transaction has left JAIN-SIP's tables; may be told more than once. */
    void ended(SIPServerTransaction transaction) {
        if (transaction.getApplicationData() instanceof Open open) {
            transaction.setApplicationData(null);
            decided(open);
            forgetFirst(open, transaction.getTransactionId());
        }
    }

    /** Entries in all tables of this class; for leak checks. */
    int remembered() {
        return accepted.size() + firsts.size() + undecided.size();
    }

    void send(SIPResponse response, WireChannel channel) {
        try {
            channel.sendMessage(response);
        } catch (IOException failure) {
            LOG.debug("{} could not be sent to {}: {}", response.getStatusCode(), channel.peer(), failure.getMessage());
        }
    }
}
