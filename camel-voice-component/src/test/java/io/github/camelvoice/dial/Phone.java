package io.github.camelvoice.dial;

import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.OutboundLeg;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.call.spi.SignalListener;
import io.github.camelvoice.call.spi.SignallingLeg;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** The far end of a call: writes down what it hears, and is polite, unless its CANCEL crosses with a 200. */
final class Phone {

    /** Null: it called us. */
    final OutboundLeg spec;
    final List<String> heard = new ArrayList<>();
    /** A CANCEL finds it answering already. */
    boolean answersAsWeCancel;
    /** It takes its time to confirm a CANCEL or a BYE: {@link #confirms}. */
    boolean slow;
    private final Executor mailbox;
    private final SignalListener listener;
    private boolean finished;

    Phone(OutboundLeg spec, Executor mailbox, SignalListener listener) {
        this.spec = spec;
        this.mailbox = mailbox;
        this.listener = listener;
    }

    String target() {
        return spec.target();
    }

    private void says(SignalEvent event) {
        mailbox.execute(() -> listener.on(event));
    }

    private void isOver() {
        if (!finished) {
            finished = true;
            says(new SignalEvent.Closed());
        }
    }

    boolean finished() {
        return finished;
    }

    void rings() {
        says(new SignalEvent.Provisional(180, "Ringing", SipHeaders.none(), null));
    }

    void speaksEarly() {
        says(new SignalEvent.Provisional(183, "Session Progress", SipHeaders.none(), "sdp"));
    }

    void answers() {
        says(new SignalEvent.Accepted(SipHeaders.none(), "sdp"));
    }

    void rejects(int code) {
        says(new SignalEvent.Rejected(code, "No", SipHeaders.none(), List.of()));
        isOver();
    }

    void redirects(String... contacts) {
        says(new SignalEvent.Rejected(302, "Moved Temporarily", SipHeaders.none(), List.of(contacts)));
        isOver();
    }

    void hangsUp() {
        says(new SignalEvent.ByeReceived(SipHeaders.none()));
    }

    /** The caller gives up. */
    void cancels() {
        says(new SignalEvent.Cancelled(SipHeaders.none()));
        isOver();
    }

    /** What it was slow about. */
    void confirms() {
        if (heard.stream().anyMatch(what -> what.startsWith("CANCEL")) && heard.stream().noneMatch(what -> what.startsWith("BYE"))) {
            rejects(487);
        } else {
            isOver();
        }
    }

    SignallingLeg leg() {
        return (SignallingLeg) Proxy.newProxyInstance(Phone.class.getClassLoader(), new Class<?>[]{SignallingLeg.class}, (proxy, method, args) -> {
            switch (method.getName()) {
                case "sipCallId" -> {
                    return "placed-call-id";
                }
                case "localParty", "remoteParty" -> {
                    return new Party("sip:x@127.0.0.1", "x", "127.0.0.1", "");
                }
                case "transport" -> {
                    return "udp";
                }
                case "provisional" -> heard.add(args[0] + (args[2] == null ? "" : " with sound"));
                case "accept" -> {
                    heard.add("200");
                    says(new SignalEvent.Acked(null));
                }
                case "reject" -> {
                    heard.add(String.valueOf(args[0]));
                    isOver();
                }
                case "cancel" -> cancelled((String) args[0]);
                case "bye" -> {
                    heard.add("BYE" + (args[0] == null ? "" : " " + args[0]));
                    if (!slow) {
                        isOver();
                    }
                }
                case "confirmBye" -> {
                    heard.add("200 BYE");
                    isOver();
                }
                case "toString" -> {
                    return "phone";
                }
                default -> {
                    if (method.getReturnType() == void.class) {
                        heard.add(method.getName());
                    }
                }
            }
            return null;
        });
    }

    private void cancelled(String reason) {
        heard.add("CANCEL" + (reason == null ? "" : " " + reason));
        if (answersAsWeCancel) {
            answers();
        } else if (!slow) {
            rejects(487);
        }
    }
}
