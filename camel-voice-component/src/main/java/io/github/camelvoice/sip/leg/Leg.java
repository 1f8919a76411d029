package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.DialogInfo;
import io.github.camelvoice.call.spi.ReferRequest;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.SignallingLeg;
import io.github.camelvoice.sip.dialog.Credentials;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both kinds of legs do alike: requests within the dialog, the end of the call. The order of things is in the tables of
 * the two kinds. Everything but {@link #enqueue} and {@link #accepts} belongs to the call's mailbox.
 */
abstract class Leg implements SignallingLeg {

    /** Events of both tables, by the same names. */
    enum Tail {
        HANGUP, BYE, BYE_ANSWERED, CONFIRM_BYE, LOST, GONE, ABANDON, DROP
    }

    private static final Logger LOG = LoggerFactory.getLogger(Leg.class);

    final LegEnv env;
    final Executor mailbox;
    final String localTag;
    final Credentials credentials;
    final SessionTimer session;
    final Offers offers;
    final Ending ending;
    final CallEar call;
    /** Null until the far end has a tag. Written on the mailbox, read by {@link #accepts} too. */
    volatile Dialog dialog;
    /** Whether the far end takes UPDATE (RFC 3311). */
    boolean peerUpdates;
    /** Whether the far end, as far as it says what it takes, takes REFER. Read by any thread. */
    volatile boolean refers = true;
    private final Referring referring = new Referring(this);
    private final Referred referred = new Referred(this);
    /** The INVITE usage is over; what REFERs are about may go on in the dialog (RFC 5057). */
    private boolean closed;
    private boolean left;
    private boolean abandoned;

    Leg(LegEnv env, Executor mailbox, SignalListener listener, String localTag, Credentials credentials) {
        this.env = env;
        this.mailbox = mailbox;
        this.call = new CallEar(this, listener);
        this.localTag = localTag;
        this.credentials = credentials;
        this.offers = new Offers(this);
        this.ending = new Ending(this);
        this.session = new SessionTimer(env, mailbox, offers::refresh, this::expired);
    }

    // ---- from the stack

    /** What the far end says that it takes, in its INVITE or its responses. */
    final void heardAllow(gov.nist.javax.sip.message.SIPMessage message) {
        peerUpdates = Messages.lists(message, "Allow", "UPDATE");
        refers = message.getHeader("Allow") == null || Messages.lists(message, "Allow", "REFER");
    }

    /** Any thread: a request with our tag. */
    final void enqueue(InboundRequest request) {
        mailbox.execute(() -> {
            try {
                receive(request);
            } catch (RuntimeException failure) {
                LOG.error("[{}] a {} could not be handled", sipCallId(), request.message().getMethod(), failure);
                reply(request, 500, null);
            }
        });
    }

    /** Any thread: whether this request belongs to the dialog and its source may send it. */
    final boolean accepts(SIPRequest request, java.net.InetAddress source) {
        Dialog one = dialogOf(request);
        return one != null && one.callId.getCallId().equals(request.getCallId().getCallId())
                && (!env.settings().pinSource() || one.mayCome(source));
    }

    /** Any thread: the dialog with the tags of this request, null if there is none. */
    Dialog dialogOf(SIPRequest request) {
        Dialog one = dialog;
        return one != null && one.matches(request) ? one : null;
    }

    private void receive(InboundRequest request) {
        SIPRequest message = request.message();
        boolean late = closed && message.getMethod().equals(SIPRequest.NOTIFY);
        if (left || closed && !late || !accepts(message, request.source().getAddress())) {
            env.legs().countUnknown();
            reply(request, 481, null);
            return;
        }
        if (message.getMethod().equals(SIPRequest.ACK)) {
            ack(request);
            return;
        }
        // Behind the BYE that it was sent before: the network may do that, and how a transfer went is worth more than the order.
        if (!dialogOf(message).inOrder(message) && !late) {
            reply(request, 500, "CSeq Out Of Order");
            return;
        }
        switch (message.getMethod()) {
            case SIPRequest.BYE -> ending.came(request);
            case SIPRequest.PRACK -> prack(request);
            default -> InDialog.handle(this, request);
        }
    }

    /** An ACK to a 2xx. */
    abstract void ack(InboundRequest ack);

    abstract void prack(InboundRequest prack);

    /** Any thread: an INVITE or re-INVITE came again after its 2xx. */
    final void enqueueAgain(InboundRequest first) {
        mailbox.execute(() -> inviteAgain(first));
    }

    abstract void inviteAgain(InboundRequest first);

    /** Any thread: CANCEL of a request that is attached to this leg. */
    final void enqueueCancel(InboundRequest cancel) {
        mailbox.execute(() -> {
            if (closed) {
                reply(cancel, 200, null);
            } else {
                cancelCame(cancel);
            }
        });
    }

    abstract void cancelCame(InboundRequest cancel);

    // ---- the table's common part

    abstract void fire(Tail event);

    /** Whether the INVITE is answered and acknowledged, and no BYE under way. */
    abstract boolean confirmed();

    /** Whether an offer of either side in the INVITE usage waits for its answer. */
    abstract boolean initialOfferOpen();

    final void perform(LegAction action) {
        switch (action) {
            case SEND_BYE -> {
                session.stop();
                offers.stop();
                ending.send();
            }
            case SEND_LAST_BYE -> ending.sendOnce();
            case LET_GO -> {
                session.stop();
                offers.stop();
                call.closed();
            }
            case OK_TO_BYE -> ending.confirm();
            case REFUSE_BYE -> ending.refuse();
            case HOLD_BYE -> {
                ending.hold();
                if (call.isClosed()) {
                    ending.confirm();
                } else {
                    call.tellAnyway(new SignalEvent.ByeHeld());
                }
            }
            case TELL_BYE -> {
                session.stop();
                offers.stop();
                ending.tell();
            }
            case TELL_LOST -> call.end(new SignalEvent.Lost(ending.lost()));
            case CLOSE -> close();
            default -> act(action);
        }
    }

    abstract void act(LegAction action);

    /** The leg cannot go on; a BYE tells the far end. */
    final void lose(Kind kind, Origin origin, String phrase) {
        ending.lost(EndCause.of(kind, origin, phrase));
        fire(Tail.LOST);
    }

    /** The far end does not know the dialog any more. */
    final void gone(String phrase) {
        ending.lost(EndCause.of(Kind.DIALOG_LOST, Origin.REMOTE, phrase));
        fire(Tail.GONE);
    }

    private void expired() {
        lose(Kind.SESSION_EXPIRED, Origin.TIMEOUT, "session expired");
    }

    private void close() {
        if (closed) {
            return;
        }
        closed = true;
        session.stop();
        offers.stop();
        ending.stop();
        released();
        if (dialog == null || ending.lost() != null || abandoned) {
            referring.abandon();
            referred.abandon();
        } else {
            referring.dialogOver();
            referred.dialogOver();
        }
        settle();
    }

    /** The leg is left when no usage of its dialog is alive; the call hears no more once nothing is to be told. */
    final void settle() {
        if (!closed) {
            return;
        }
        if (!left && !referring.isLate() && !referred.isOpen()) {
            left = true;
            env.legs().remove(localTag);
        }
        if (!referring.isLate()) {
            call.closed();
        }
    }

    /** Timers and tables of the kind are given back. */
    abstract void released();

    final boolean closed() {
        return closed;
    }

    // ---- sending

    /** Starts a request of ours in the dialog. */
    final void exchange(Supplier<SIPRequest> next, Exchange.Outcome outcome) {
        exchange(credentials, next, outcome);
    }

    final void exchange(Credentials own, Supplier<SIPRequest> next, Exchange.Outcome outcome) {
        Exchange.start(env, mailbox, own, next, outcome);
    }

    /** Answers a request in the dialog without more. */
    final void reply(InboundRequest request, int code, String phrase, RawHeader... headers) {
        if (request.message().getMethod().equals(SIPRequest.ACK)) {
            return;
        }
        SIPResponse response = Messages.response(request.message(), code, phrase, responseTo(request.message()));
        env.signResponse(response);
        Messages.addAll(response, List.of(headers));
        request.respond(response);
    }

    /** The To of our responses: as it came where it has our tag already. */
    To responseTo(SIPRequest request) {
        return (To) request.getTo();
    }

    /** Contact for requests and responses of this dialog. */
    final void addContact(gov.nist.javax.sip.message.SIPMessage message, String via) {
        Messages.add(message, env.contact(via, secure()));
    }

    /** Whether the call was made with a SIPS URI. */
    abstract boolean secure();

    // ---- commands of the call

    @Override
    public final void bye(String reason, SipHeaders extra) {
        ending.prepare(reason, extra);
        fire(Tail.HANGUP);
    }

    @Override
    public final void drop(String reason, SipHeaders extra) {
        ending.prepare(reason, extra);
        abandoned = true;
        fire(Tail.DROP);
        referring.abandon();
        referred.abandon();
    }

    @Override
    public final void confirmBye() {
        if (ending.isHeld()) {
            ending.confirm();
        } else {
            fire(Tail.CONFIRM_BYE);
        }
    }

    @Override
    public final void modify(String offer, boolean preferUpdate) {
        offers.modify(offer, preferUpdate);
    }

    @Override
    public final boolean withdraw() {
        return offers.withdraw();
    }

    @Override
    public final void answerOffer(String sdp) {
        offers.answer(sdp);
    }

    @Override
    public final void refuseOffer(int code, String phrase) {
        offers.refuse(code, phrase);
    }

    @Override
    public final void info(String contentType, String body) {
        if (dialog != null && !closed) {
            InDialog.sendInfo(this, contentType, body);
        }
    }

    @Override
    public final void refer(ReferRequest request) {
        referring.refer(request);
    }

    @Override
    public final void answerRefer(int code, String phrase) {
        if (code != 202 && (code < 300 || code > 699)) {
            throw new IllegalArgumentException("a REFER is answered with 202, or refused with 300 to 699: " + code);
        }
        referred.answer(code, phrase);
    }

    @Override
    public final void notifyRefer(int code, String phrase) {
        if (code < 100 || code > 699) {
            throw new IllegalArgumentException("a status is 100 to 699: " + code);
        }
        referred.progress(code, phrase);
    }

    /** A REFER, or a NOTIFY about one of ours. */
    final void aboutReferral(InboundRequest request) {
        if (request.message().getMethod().equals(SIPRequest.REFER)) {
            referred.came(request);
        } else {
            referring.notified(request);
        }
    }

    @Override
    public final DialogInfo dialog() {
        Dialog one = dialog;
        return one == null ? null : one.info(refers);
    }

    @Override
    public final void abandon() {
        abandoned = true;
        fire(Tail.ABANDON);
        // Where the INVITE usage was over before.
        referring.abandon();
        referred.abandon();
    }
}
