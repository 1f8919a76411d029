package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.leg.ReferredTable.Action;
import io.github.camelvoice.sip.leg.ReferredTable.Event;
import io.github.camelvoice.sip.leg.ReferredTable.State;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.concurrent.TimeUnit;

/** REFERs of the far end: the actions of {@link ReferredTable}. On the call's mailbox. */
final class Referred {

    /** Seconds of the subscription, and how long the far end is told after the end of the call. */
    private static final int EXPIRES = 300;

    private final Leg leg;
    private State state = State.IDLE;
    private InboundRequest refer;
    private ReferTo referTo;
    private InboundRequest other;
    /** Of the REFER that has the subscription; the first one of a dialog needs no id. */
    private String event = "refer";
    private int count;
    private int code;
    private String phrase;
    private Sipfrag news;
    private Sipfrag kept;
    /** Changes with each subscription: answers to NOTIFYs of an earlier one mean nothing. */
    private Object subscription;
    private Timers.Timer linger;

    Referred(Leg leg) {
        this.leg = leg;
    }

    private void fire(Event what) {
        Table.Step<State, Action> step = ReferredTable.TABLE.step(state, what);
        state = step.next();
        for (Action action : step.actions()) {
            switch (action) {
                case TELL_ASKED -> tellAsked();
                case REFUSE_OTHER -> leg.reply(other, 491, null);
                case SEND_ACCEPTED -> accept();
                case SEND_REFUSAL -> refuse(code, phrase);
                case SEND_TERMINATED -> refuse(487, null);
                case SEND_TRYING -> send(new Sipfrag(100, "Trying"));
                case SEND_NOTIFY -> send(news);
                case KEEP -> kept = news;
                case SEND_KEPT -> send(kept);
                case TELL_NOTIFIED -> leg.call.beside(new SignalEvent.ReferNotified());
                case LINGER -> linger = leg.env.timers().schedule(EXPIRES, TimeUnit.SECONDS, leg.mailbox, () -> fire(Event.EXPIRED));
                case DONE -> {
                    stop();
                    leg.settle();
                }
            }
        }
    }

    /** A REFER came. */
    void came(InboundRequest request) {
        if (!leg.confirmed()) {
            leg.reply(request, 500, "The Call Is Not There Yet", new RawHeader("Retry-After", "1"));
            return;
        }
        other = request;
        if (state != State.IDLE) {
            fire(Event.REFER);
            return;
        }
        try {
            referTo = ReferTo.of(request.message());
        } catch (ReferTo.Unusable wrong) {
            leg.reply(request, wrong.code(), wrong.getMessage());
            return;
        }
        refer = request;
        fire(Event.REFER);
    }

    private void tellAsked() {
        count++;
        SIPRequest message = refer.message();
        event = count == 1 ? "refer" : "refer;id=" + message.getCSeq().getSeqNumber();
        String by = Messages.value(message, "Referred-By");
        leg.call.tell(new SignalEvent.ReferReceived(referTo.target(), referTo.replaces(), by == null ? "" : by, referTo.uriHeaders(),
                Messages.headers(message)));
    }

    void answer(int status, String text) {
        if (state != State.ASKED) {
            return;
        }
        code = status;
        phrase = text;
        if (status >= 300) {
            fire(Event.REFUSE);
        } else {
            fire(wantsNoSubscription() ? Event.ACCEPT_ALONE : Event.ACCEPT);
        }
    }

    private boolean wantsNoSubscription() {
        return "false".equals(Referring.first(Messages.value(refer.message(), "Refer-Sub")));
    }

    private void accept() {
        InboundRequest request = refer;
        refer = null;
        boolean alone = "false".equals(Referring.first(Messages.value(request.message(), "Refer-Sub")));
        SIPResponse accepted = Messages.response(request.message(), alone ? 200 : 202, alone ? "OK" : "Accepted", leg.responseTo(request.message()));
        leg.env.signResponse(accepted);
        leg.addContact(accepted, request.transport());
        if (alone) {
            accepted.addHeader(new RawHeader("Refer-Sub", "false"));
        } else {
            subscription = new Object();
        }
        leg.dialog.refreshTarget(request.message(), request.source());
        request.respond(accepted);
    }

    private void refuse(int status, String text) {
        InboundRequest request = refer;
        refer = null;
        leg.reply(request, status, text);
    }

    void progress(int status, String text) {
        String safe = HeaderRules.phrase(text);
        news = new Sipfrag(status, safe == null ? String.valueOf(SIPResponse.getReasonPhrase(status)) : safe);
        fire(status >= 200 ? Event.FINISH : Event.PROGRESS);
    }

    private void send(Sipfrag what) {
        Object mine = subscription;
        kept = null;
        leg.exchange(leg.credentials, () -> {
            SIPRequest notify = leg.dialog.request(SIPRequest.NOTIFY);
            leg.addContact(notify, leg.dialog.nextTransport());
            notify.addHeader(new RawHeader("Event", event));
            notify.addHeader(new RawHeader("Subscription-State", what.isFinal() ? "terminated;reason=noresource" : "active;expires=" + EXPIRES));
            what.putInto(notify);
            return notify;
        }, new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                answered(response.getStatusCode() < 300);
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                answered(false);
            }

            private void answered(boolean heard) {
                if (mine == subscription) {
                    fire(heard ? Event.ANSWERED : Event.UNHEARD);
                }
            }
        });
    }

    /** Whether the far end is still to be told something. */
    boolean isOpen() {
        return state != State.IDLE;
    }

    void dialogOver() {
        fire(Event.DIALOG_OVER);
    }

    void abandon() {
        subscription = null;
        fire(Event.ABANDON);
    }

    private void stop() {
        if (linger != null) {
            linger.cancel();
            linger = null;
        }
    }
}
