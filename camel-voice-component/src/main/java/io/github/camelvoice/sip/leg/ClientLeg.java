package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Credentials;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.leg.ClientInvite.Event;
import io.github.camelvoice.sip.leg.ClientInvite.State;
import io.github.camelvoice.sip.stack.ClientTransactionHandle;
import io.github.camelvoice.sip.stack.ClientTransactionListener;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A call that we place: the actions of {@link ClientInvite}. */
final class ClientLeg extends Leg {

    private static final Logger LOG = LoggerFactory.getLogger(ClientLeg.class);

    private final OutboundInvite plan;
    private final EarlyDialogs early;
    private State state = State.IDLE;
    private String offer;
    private SIPRequest invite;
    private ClientTransactionHandle sent;
    private Timers.Timer cancelTimer;
    private String cancelReason;
    private SIPResponse response;
    private String answer;
    private boolean acked;

    ClientLeg(LegEnv env, OutboundInvite plan, Credentials credentials, Executor mailbox, SignalListener listener) {
        super(env, mailbox, listener, plan.localTag(), credentials);
        this.plan = plan;
        this.early = new EarlyDialogs(this, plan.transport());
    }

    private void fire(Event event) {
        Table.Step<State, LegAction> step = ClientInvite.TABLE.step(state, event);
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
            case SEND_INVITE -> sendInvite();
            case SEND_CANCEL -> sendCancel(sent::cancel);
            case SEND_LAST_CANCEL -> sendCancel(sent::cancelOnce);
            case STAY -> sent.settle();
            case TELL_CANCELLED -> call.end(new SignalEvent.Lost(EndCause.of(Kind.CANCELLED, Origin.LOCAL,
                    "cancelled before anybody answered")));
            case SEND_ACK, REPEAT_ACK -> sendAck(answer);
            case SEND_EMPTY_ACK -> sendAck(null);
            case RELEASE_FORK -> early.release(response, invite);
            case TELL_PROVISIONAL -> early.tell(response);
            case TELL_ACCEPTED -> tellAccepted();
            case TELL_REJECTED -> call.end(new SignalEvent.Rejected(response.getStatusCode(), phrase(response),
                    Messages.headers(response), Redirects.contacts(response)));
            default -> throw new IllegalStateException(action + " in a leg of the calling side");
        }
    }

    private static String phrase(SIPResponse response) {
        return response.getReasonPhrase() == null ? "" : response.getReasonPhrase();
    }

    // ---- commands

    @Override
    public void invite(String sdp) {
        offer = sdp;
        fire(Event.INVITE);
    }

    private void sendInvite() {
        early.clear();
        dialog = null;
        invite = plan.request(offer);
        credentials.sign(invite);
        sent = env.door().send(invite, new Responses(invite), mailbox);
    }

    @Override
    public void cancel(String reason) {
        cancelReason = reason == null || HeaderRules.hasBreak(reason) ? null : reason;
        fire(Event.CANCEL);
    }

    private void sendCancel(Consumer<String> how) {
        how.accept(cancelReason != null ? cancelReason : ending.reason());
        cancelTimer = env.timers().schedule(env.settings().giveUpMillis(), TimeUnit.MILLISECONDS, mailbox, () -> {
            if (state == State.CANCELLING) {
                sent.terminate();
                fire(Event.CANCEL_EXPIRED);
            }
        });
    }

    @Override
    public void ack(String sdp) {
        if (state == State.ACK_DUE) {
            answer = sdp;
            offers.localSdp(sdp);
            fire(Event.ANSWER);
            offers.proceed();
        }
    }

    private void sendAck(String sdp) {
        SIPRequest ack = dialog.ack(invite.getCSeq().getSeqNumber());
        env.signRequest(ack);
        Messages.copyCredentials(invite, ack);
        Messages.sdp(ack, sdp);
        env.door().sendAck(ack);
        acked = true;
    }

    private void tellAccepted() {
        stopCancelTimer();
        session.restart(SessionTerms.ofResponse(response, env.settings()));
        offers.localSdp(offer);
        call.tell(new SignalEvent.Accepted(Messages.headers(response), early.sdpOf(response)));
        offers.proceed();
    }

    // ---- responses to the INVITE

    /** Listens to one INVITE: after a retry the responses to the former one mean nothing any more. */
    private final class Responses implements ClientTransactionListener {

        private final SIPRequest mine;

        Responses(SIPRequest mine) {
            this.mine = mine;
        }

        @Override
        public void response(SIPResponse came) {
            if (mine != invite) {
                return;
            }
            try {
                inviteAnswered(came);
            } catch (RuntimeException failure) {
                LOG.error("[{}] a {} could not be handled", sipCallId(), came.getStatusCode(), failure);
                failed(EndCause.of(Kind.SERVER_ERROR, Origin.LOCAL, "a response to the INVITE could not be handled"));
            }
        }

        @Override
        public void timeout() {
            failed(EndCause.of(Kind.NO_ANSWER, Origin.TIMEOUT, "no response to the INVITE"));
        }

        @Override
        public void transportFailed(String why) {
            failed(EndCause.of(Kind.TRANSPORT, Origin.TRANSPORT, why));
        }

        private void failed(EndCause cause) {
            if (mine == invite) {
                ending.lost(cause);
                fire(Event.NO_RESPONSE);
            }
        }
    }

    private void inviteAnswered(SIPResponse came) {
        int code = came.getStatusCode();
        response = came;
        if (code == 100) {
            fire(Event.TRYING);
        } else if (code < 200) {
            provisional(came);
        } else if (code < 300) {
            success(came);
        } else {
            fire(overcome(came) ? Event.RETRY : Event.REFUSED);
        }
        response = null;
    }

    private void provisional(SIPResponse came) {
        if (!waiting()) {
            return;
        }
        EarlyDialogs.News news = early.heard(came, invite, offer != null);
        if (dialog == null) {
            dialog = early.first();
            heardAllow(came);
        }
        fire(news == EarlyDialogs.News.NONE ? Event.TRYING : Event.PROVISIONAL);
    }

    private void success(SIPResponse came) {
        if (waiting()) {
            dialog = early.confirmed(came, invite);
            heardAllow(came);
            fire(offer == null ? Event.ACCEPTED_WITH_OFFER : Event.ACCEPTED);
        } else if (dialog != null && dialog.remoteTag.equals(Dialog.tag(came.getToTag()))) {
            fire(acked ? Event.ACCEPTED_AGAIN : Event.TRYING);
        } else {
            fire(Event.ACCEPTED_ELSEWHERE);
        }
    }

    private boolean waiting() {
        return switch (state) {
            case CALLING, CANCEL_WAITS, PROCEEDING, CANCELLING -> true;
            default -> false;
        };
    }

    private boolean overcome(SIPResponse came) {
        return switch (came.getStatusCode()) {
            case 401, 407 -> waiting() && credentials.challenged(came, sent.nextHop());
            case 422 -> waiting() && plan.raiseInterval(SessionTerms.demanded(came));
            default -> false;
        };
    }

    // ---- requests of the far end

    @Override
    Dialog dialogOf(SIPRequest request) {
        Dialog known = super.dialogOf(request);
        return known != null ? known : early.find(request);
    }

    @Override
    void ack(InboundRequest request) {
        offers.acked(request.message());
    }

    @Override
    void prack(InboundRequest request) {
        reply(request, 481, null);
    }

    @Override
    void cancelCame(InboundRequest cancel) {
        offers.cancelled(cancel);
    }

    @Override
    void inviteAgain(InboundRequest request) {
        offers.again(request);
    }

    @Override
    boolean confirmed() {
        return state == State.CONFIRMED;
    }

    @Override
    boolean initialOfferOpen() {
        return switch (state) {
            case IDLE, CALLING, CANCEL_WAITS, PROCEEDING, CANCELLING -> !early.answered();
            case ACK_DUE -> true;
            default -> false;
        };
    }

    @Override
    boolean secure() {
        return plan.secure();
    }

    @Override
    void released() {
        stopCancelTimer();
        early.clear();
    }

    private void stopCancelTimer() {
        if (cancelTimer != null) {
            cancelTimer.cancel();
            cancelTimer = null;
        }
    }

    State state() {
        return state;
    }

    @Override
    public String sipCallId() {
        return plan.callId();
    }

    @Override
    public Party localParty() {
        return plan.from();
    }

    @Override
    public Party remoteParty() {
        return plan.to();
    }

    @Override
    public String transport() {
        return plan.transport();
    }

    // ---- commands of the called side: they mean nothing here

    @Override
    public void provisional(int code, String phrase, String sdp, boolean reliable, SipHeaders extra) {
        throw new IllegalStateException("an outbound leg sends no responses to an INVITE");
    }

    @Override
    public void accept(String sdp, SipHeaders extra) {
        throw new IllegalStateException("an outbound leg sends no responses to an INVITE");
    }

    @Override
    public void reject(int code, String phrase, SipHeaders extra) {
        throw new IllegalStateException("an outbound leg sends no responses to an INVITE");
    }

    @Override
    public void redirect(List<String> contacts, SipHeaders extra) {
        throw new IllegalStateException("an outbound leg sends no responses to an INVITE");
    }
}
