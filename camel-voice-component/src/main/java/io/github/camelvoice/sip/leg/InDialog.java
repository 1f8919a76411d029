package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.header.ContentType;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests within a dialog that do not end it, theirs and ours. On the call's mailbox. */
final class InDialog {

    /** Methods that we know and do not serve in a dialog (RFC 3261, section 21.4.6); others are unknown to us. */
    private static final Set<String> NOT_ALLOWED = Set.of("SUBSCRIBE", "MESSAGE", "PUBLISH", "REGISTER");

    private static final Pattern MEDIA_TYPE = Pattern.compile("([\\w.!%*+`'~-]+)/([\\w.!%*+`'~-]+)");

    private InDialog() {
    }

    static void handle(Leg leg, InboundRequest request) {
        SIPRequest message = request.message();
        switch (message.getMethod()) {
            case SIPRequest.INVITE -> leg.offers.invited(request);
            case SIPRequest.UPDATE -> leg.offers.updated(request);
            case SIPRequest.INFO -> info(leg, request);
            case SIPRequest.OPTIONS -> leg.reply(request, 200, null, Messages.ALLOW, Messages.ACCEPT_SDP, leg.env.supported());
            case SIPRequest.REFER -> leg.aboutReferral(request);
            case SIPRequest.NOTIFY -> {
                // REFERs alone make subscriptions here (RFC 6665, section 4.1.3).
                if ("refer".equals(Referring.first(Messages.value(message, "Event")))) {
                    leg.aboutReferral(request);
                } else {
                    leg.reply(request, 489, null, Messages.ALLOW_EVENTS);
                }
            }
            default -> leg.reply(request, NOT_ALLOWED.contains(message.getMethod()) ? 405 : 501, null, Messages.ALLOW);
        }
    }

    private static void info(Leg leg, InboundRequest request) {
        leg.reply(request, 200, null);
        String body = Messages.body(request.message());
        leg.call.tell(new SignalEvent.InfoReceived(Messages.contentType(request.message()), body == null ? "" : body));
    }

    static void sendInfo(Leg leg, String contentType, String body) {
        Matcher matcher = MEDIA_TYPE.matcher(contentType);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("content type '" + contentType.replaceAll("\\p{Cntrl}", "?") + "' is not type/subtype");
        }
        ContentType type = new ContentType(matcher.group(1), matcher.group(2));
        leg.exchange(() -> {
            SIPRequest request = leg.dialog.request(SIPRequest.INFO);
            Messages.body(request, type, body);
            return request;
        }, new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                if (response.getStatusCode() == 481) {
                    leg.gone("the far end does not know the dialog");
                }
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                unreachable(leg, timeout, why);
            }
        });
    }

    /** A request in the dialog got no answer: the dialog is over (RFC 3261, section 12.2.1.2). */
    static void unreachable(Leg leg, boolean timeout, String why) {
        if (timeout) {
            leg.lose(Kind.NO_ANSWER, Origin.TIMEOUT, why);
        } else {
            leg.lose(Kind.TRANSPORT, Origin.TRANSPORT, why);
        }
    }
}
