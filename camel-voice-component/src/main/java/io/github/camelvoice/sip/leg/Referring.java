package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.spi.ReferRequest;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.runtime.Table;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Addresses;
import io.github.camelvoice.sip.dialog.Credentials;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.leg.ReferringTable.Action;
import io.github.camelvoice.sip.leg.ReferringTable.Event;
import io.github.camelvoice.sip.leg.ReferringTable.State;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** REFERs of ours: the actions of {@link ReferringTable}. On the call's mailbox. */
final class Referring {

    /** How long after the BYE a NOTIFY is waited for. */
    private static final long LINGER_MILLIS = 4_000;

    private final Leg leg;
    private State state = State.IDLE;
    private ReferRequest wanted;
    private RawHeader referTo;
    private RawHeader referredBy;
    private List<RawHeader> extra;
    /** Number of the last REFER, and how many there were: NOTIFYs of the first one may go without an id. */
    private long seq;
    private int count;
    private int answerCode;
    private String answerPhrase;
    private boolean answerTold;
    private InboundRequest notify;
    private Sipfrag news;
    private Timers.Timer linger;

    Referring(Leg leg) {
        this.leg = leg;
    }

    private void fire(Event event) {
        Table.Step<State, Action> step = ReferringTable.TABLE.step(state, event);
        state = step.next();
        for (Action action : step.actions()) {
            switch (action) {
                case SEND -> send();
                case TELL_ANSWER -> leg.call.beside(new SignalEvent.ReferAnswered(answerCode, answerPhrase, answerTold));
                case TELL_NEWS -> leg.call.beside(new SignalEvent.ReferProgress(news == null ? 0 : news.code(), news == null ? "" : news.phrase()));
                case OK -> leg.reply(notify, 200, null);
                case REFUSE -> leg.reply(notify, 481, null);
                case LINGER -> linger = leg.env.timers().schedule(LINGER_MILLIS, TimeUnit.MILLISECONDS, leg.mailbox, () -> fire(Event.EXPIRED));
                case DONE -> {
                    stop();
                    leg.settle();
                }
            }
        }
    }

    /** @throws IllegalArgumentException naming what is wrong */
    void refer(ReferRequest request) {
        if (leg.dialog == null || leg.closed() || state != State.IDLE && state != State.SETTLED) {
            throw new IllegalStateException(leg.dialog == null || leg.closed() ? "there is no dialog" : "another REFER is under way");
        }
        RawHeader to = ReferTo.header(request);
        String by = request.referredBy() == null ? leg.localParty().uri() : Addresses.sipUri(request.referredBy(), "referredBy").encode();
        extra = HeaderRules.check(request.headers());
        referTo = to;
        referredBy = new RawHeader("Referred-By", "<" + by + ">");
        wanted = request;
        fire(Event.REFER);
    }

    private void send() {
        count++;
        Credentials own = wanted.username() == null ? leg.credentials : leg.env.credentials(wanted.username(), wanted.password());
        wanted = null;
        leg.exchange(own, this::request, new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                int code = response.getStatusCode();
                boolean alone = "false".equalsIgnoreCase(first(Messages.value(response, "Refer-Sub")));
                answered(code, response.getReasonPhrase(), code >= 300 ? Event.REFUSED : alone ? Event.ACCEPTED_ALONE : Event.ACCEPTED);
                if (code == 481 && !leg.closed()) {
                    leg.gone("the far end does not know the dialog");
                }
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                answered(timeout ? 408 : 503, why, Event.REFUSED);
            }
        });
    }

    private void answered(int code, String phrase, Event event) {
        answerCode = code;
        answerPhrase = phrase == null ? "" : phrase;
        answerTold = event == Event.ACCEPTED;
        fire(event);
    }

    private SIPRequest request() {
        SIPRequest request = leg.dialog.request(SIPRequest.REFER);
        seq = request.getCSeq().getSeqNumber();
        leg.addContact(request, leg.dialog.nextTransport());
        request.addHeader(referTo);
        request.addHeader(referredBy);
        request.addHeader(Messages.SUPPORTED_NOREFERSUB);
        Messages.addAll(request, extra);
        return request;
    }

    /** A NOTIFY with Event: refer. */
    void notified(InboundRequest request) {
        SIPRequest message = request.message();
        notify = request;
        if (!isMine(message)) {
            leg.reply(request, 481, null);
            return;
        }
        news = Sipfrag.of(message);
        boolean over = "terminated".equals(first(Messages.value(message, "Subscription-State")));
        if (news != null && news.isFinal()) {
            fire(Event.NOTIFY_FINAL);
        } else if (over) {
            // A provisional status is not the result; nor is a body that cannot be read.
            news = null;
            fire(Event.NOTIFY_END);
        } else if (news != null) {
            fire(Event.NOTIFY);
        } else {
            leg.reply(request, state == State.IDLE ? 481 : 200, null);
        }
    }

    /** RFC 3515, section 2.4.6. */
    private boolean isMine(SIPRequest message) {
        String id = parameter(((SIPHeader) message.getHeader("Event")).getHeaderValue(), "id");
        return id == null ? count <= 1 : id.equals(String.valueOf(seq));
    }

    /** The value in front of its parameters, in lower case; null if there is none. */
    static String first(String value) {
        if (value == null) {
            return null;
        }
        int end = value.indexOf(';');
        return (end < 0 ? value : value.substring(0, end)).trim().toLowerCase(Locale.ROOT);
    }

    private static String parameter(String value, String name) {
        for (String part : value.split(";")) {
            String[] pair = part.split("=", 2);
            if (pair.length == 2 && pair[0].trim().equalsIgnoreCase(name)) {
                return pair[1].trim();
            }
        }
        return null;
    }

    /** Whether the far end may still tell how it went, after the end of the INVITE usage. */
    boolean isLate() {
        return state == State.LATE;
    }

    void dialogOver() {
        fire(Event.DIALOG_OVER);
    }

    void abandon() {
        fire(Event.ABANDON);
    }

    private void stop() {
        if (linger != null) {
            linger.cancel();
            linger = null;
        }
    }
}
