package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.ContactList;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.sip.dialog.Credentials;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.leg.ServerInvite.Event;
import io.github.camelvoice.sip.leg.ServerInvite.State;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.List;
import java.util.concurrent.Executor;

/** A call that came in: the actions of {@link ServerInvite}. */
final class ServerLeg extends Leg {

    private final String transport;
    private final boolean secure;
    /** Null once the ACK came: the message is not needed any more, and a call may be long. */
    private InboundRequest invite;
    private final To to;
    private final Party local;
    private final Party remote;
    /** Builds the responses to {@link #invite}, and goes with it. */
    private InviteResponses responses;
    private final boolean lateOffer;
    private final boolean reliableAsked;
    private final boolean reliableForced;
    private final SessionTerms terms;
    private State state = State.RECEIVED;
    private ReliableProvisionals reliable;
    private OkRepeater repeater;
    /** Our answer went out in a reliable provisional response: the 200 needs none. */
    private boolean answered;
    private SIPResponse next;
    private boolean nextReliable;
    private boolean nextSdp;
    private String answer;
    private InboundRequest cancel;
    private SIPRequest ack;

    ServerLeg(LegEnv env, InboundRequest invite, Party local, Party remote, Executor mailbox, SignalListener listener) {
        super(env, mailbox, listener, env.ids().token(), Credentials.NONE);
        SIPRequest message = invite.message();
        this.invite = invite;
        this.transport = invite.transport();
        this.secure = message.getRequestURI() instanceof SipUri uri && uri.isSecure();
        this.local = local;
        this.remote = remote;
        this.to = Dialog.tagged((To) message.getTo(), localTag);
        this.responses = new InviteResponses(env, invite, to, secure);
        this.lateOffer = Messages.sdp(message) == null;
        this.reliableForced = Messages.lists(message, "Require", "100rel");
        this.reliableAsked = reliableForced || Messages.lists(message, "Supported", "100rel");
        this.terms = SessionTerms.ofRequest(message, env.settings());
        heardAllow(message);
        this.dialog = Dialog.called(message, to, invite.transport(), invite.source());
    }

    private void fire(Event event) {
        Table.Step<State, LegAction> step = ServerInvite.TABLE.step(state, event);
        state = step.next();
        for (LegAction action : step.actions()) {
            perform(action);
        }
    }

    @Override
    void fire(Tail event) {
        fire(switch (event) {
            case HANGUP -> Event.HANGUP;
            case BYE -> Event.BYE;
            case BYE_ANSWERED -> Event.BYE_ANSWERED;
            case CONFIRM_BYE -> Event.CONFIRM_BYE;
            case LOST -> Event.LOST;
            case GONE -> Event.GONE;
            case ABANDON -> Event.ABANDON;
            case DROP -> Event.DROP;
        });
    }

    @Override
    void act(LegAction action) {
        switch (action) {
            case SEND_PROVISIONAL -> sendProvisional();
            case SEND_OK -> sendOk();
            case REPEAT_OK -> repeater.again();
            case STOP_REPEATING -> repeater.stop();
            case SEND_FINAL -> invite.respond(next);
            case SEND_UNAVAILABLE -> reply(invite, 480, null);
            case SEND_TERMINATED -> reply(invite, 487, null);
            case SEND_GIVE_UP -> reply(invite, 504, null);
            case OK_TO_CANCEL -> reply(cancel, 200, null);
            case TELL_ACKED -> {
                call.tell(new SignalEvent.Acked(lateOffer ? Messages.sdp(ack) : null));
                repeater = null;
                reliable = null;
                invite = null;
                responses = null;
                offers.proceed();
            }
            case TELL_CANCELLED -> call.end(new SignalEvent.Cancelled(cancel == null ? SipHeaders.none() : Messages.headers(cancel.message())));
            default -> throw new IllegalStateException(action + " in a leg of the called side");
        }
    }

    // ---- commands

    @Override
    public void provisional(int code, String phrase, String sdp, boolean reliableWanted, SipHeaders extra) {
        if (code <= 100 || code > 199) {
            throw new IllegalArgumentException("provisional response " + code + ": 101 to 199 are possible");
        }
        // An early offer of ours would have to be answered in the PRACK: a late offer is made in the 200 only.
        String early = lateOffer ? null : sdp;
        if (state != State.RECEIVED && state != State.EARLY) {
            return;
        }
        SIPResponse response = responses.inDialog(code, phrase, extra);
        nextReliable = reliableForced || reliableWanted && reliableAsked;
        nextSdp = early != null && !answered;
        if (nextSdp) {
            Messages.sdp(response, early);
            offers.localSdp(early);
            answered = nextReliable;
        }
        next = response;
        fire(Event.PROVISIONAL);
    }

    private void sendProvisional() {
        if (!nextReliable) {
            invite.respond(next);
            return;
        }
        if (reliable == null) {
            reliable = new ReliableProvisionals(env, mailbox, invite, this::unacknowledgedProvisional);
        }
        reliable.send(next, nextSdp);
    }

    private void unacknowledgedProvisional() {
        ending.lost(new EndCause(EndCause.Kind.NO_ANSWER, EndCause.Origin.TIMEOUT, 504, "no PRACK to a reliable provisional response", ""));
        fire(Event.NO_PRACK);
    }

    @Override
    public void accept(String sdp, SipHeaders extra) {
        if (!undecided()) {
            return;
        }
        SIPResponse ok = responses.inDialog(200, null, extra);
        if (terms != null) {
            terms.answer(invite.message(), ok);
        }
        if (!answered) {
            Messages.sdp(ok, sdp);
        }
        next = ok;
        answer = sdp;
        fire(reliable != null && reliable.sdpUnacknowledged() ? Event.ACCEPT_AFTER_PRACK : Event.ACCEPT);
    }

    private void sendOk() {
        if (reliable != null) {
            reliable.stop();
        }
        offers.localSdp(answer);
        repeater = new OkRepeater(env, mailbox, invite, next, this::unacknowledged);
        next = null;
        repeater.start();
        session.restart(terms);
    }

    private void unacknowledged() {
        ending.lost(EndCause.of(EndCause.Kind.NO_ANSWER, EndCause.Origin.TIMEOUT, "no ACK to the 200"));
        fire(Event.NO_ACK);
    }

    @Override
    public void reject(int code, String phrase, SipHeaders extra) {
        if (code < 300 || code > 699) {
            throw new IllegalArgumentException("final failure " + code + ": 300 to 699 are possible");
        }
        if (undecided()) {
            next = responses.failure(code, phrase, extra);
            fire(Event.REJECT);
        }
    }

    @Override
    public void redirect(List<String> contacts, SipHeaders extra) {
        ContactList list = Redirects.headers(contacts);
        if (undecided()) {
            next = responses.failure(302, null, extra);
            next.addHeader(list);
            fire(Event.REJECT);
        }
    }

    private boolean undecided() {
        return state == State.RECEIVED || state == State.EARLY || state == State.ANSWER_HELD;
    }

    // ---- from the far end

    @Override
    void ack(InboundRequest request) {
        SIPRequest message = request.message();
        if (!offers.acked(message) && repeater != null && message.getCSeq().getSeqNumber() == repeater.seq()) {
            ack = message;
            fire(Event.ACK);
            ack = null;
        }
    }

    @Override
    void prack(InboundRequest request) {
        if (reliable == null || !reliable.acknowledged(request.message())) {
            reply(request, 481, null);
            return;
        }
        if (Messages.sdp(request.message()) != null && answered) {
            offers.pracked(request);
        } else {
            reply(request, 200, null);
        }
        if (!reliable.sdpUnacknowledged()) {
            fire(Event.PRACKED);
        }
    }

    @Override
    void cancelCame(InboundRequest request) {
        if (request.cancelled() == invite) {
            cancel = request;
            fire(Event.CANCEL);
        } else {
            offers.cancelled(request);
        }
    }

    @Override
    void inviteAgain(InboundRequest request) {
        if (request == invite) {
            fire(Event.INVITE_AGAIN);
        } else {
            offers.again(request);
        }
    }

    @Override
    To responseTo(SIPRequest request) {
        return request.getToTag() == null ? to : (To) request.getTo();
    }

    @Override
    boolean confirmed() {
        return state == State.CONFIRMED;
    }

    @Override
    boolean initialOfferOpen() {
        return switch (state) {
            case RECEIVED, EARLY, ANSWER_HELD -> !answered || reliable.sdpUnacknowledged();
            case ACCEPTED, HANGUP_HELD -> lateOffer;
            default -> false;
        };
    }

    @Override
    boolean secure() {
        return secure;
    }

    @Override
    void released() {
        if (reliable != null) {
            reliable.stop();
        }
        if (repeater != null) {
            repeater.stop();
        }
    }

    State state() {
        return state;
    }

    @Override
    public String sipCallId() {
        return dialog.callId.getCallId();
    }

    @Override
    public Party localParty() {
        return local;
    }

    @Override
    public Party remoteParty() {
        return remote;
    }

    @Override
    public String transport() {
        return transport;
    }

    // ---- commands of the calling side: they mean nothing here

    @Override
    public void invite(String offer) {
        throw new IllegalStateException("an inbound leg sends no INVITE");
    }

    @Override
    public void cancel(String reason) {
        throw new IllegalStateException("an inbound leg sends no CANCEL");
    }

    @Override
    public void ack(String sdp) {
        throw new IllegalStateException("an inbound leg sends no ACK to an INVITE");
    }
}
