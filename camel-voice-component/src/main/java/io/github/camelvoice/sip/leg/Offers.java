package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.sip.dialog.Dialog;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Offers of the far end within the dialog, by re-INVITE (RFC 3261, section 14.2), UPDATE (RFC 3311) or PRACK, one at a time;
 * ours are in {@link Changes}. On the call's mailbox.
 */
final class Offers {

    private final Leg leg;
    private final Changes changes;
    /** Waits for {@link #answer} or {@link #refuse}; null if there is none. */
    private InboundRequest asked;
    /** Our 200 to a re-INVITE waits for its ACK; null if there is none. */
    private OkRepeater repeater;
    private boolean answerInAck;
    private boolean stopped;

    Offers(Leg leg) {
        this.leg = leg;
        this.changes = new Changes(leg);
    }

    void modify(String offer, boolean preferUpdate) {
        changes.modify(offer, preferUpdate);
    }

    boolean withdraw() {
        return changes.withdraw();
    }

    void refresh() {
        changes.refresh();
    }

    /** What we said about our side in the INVITE usage. */
    void localSdp(String sdp) {
        changes.localSdp(sdp);
    }

    /** Something of which a change of ours may have waited is over. */
    void proceed() {
        changes.proceed();
    }

    /** Whether an offer of theirs is in our hands. */
    boolean busy() {
        return asked != null || repeater != null;
    }

    /** A re-INVITE. */
    void invited(InboundRequest request) {
        if (stopped) {
            leg.reply(request, 481, null);
        } else if (changes.outstanding()) {
            leg.reply(request, 491, null);
        } else if (busy() || !leg.confirmed()) {
            tryLater(request);
        } else if (acceptable(request)) {
            tellOffer(request);
        }
    }

    void updated(InboundRequest request) {
        boolean offers = Messages.sdp(request.message()) != null;
        if (stopped) {
            leg.reply(request, 481, null);
        } else if (offers && (changes.outstanding() || answerInAck)) {
            leg.reply(request, 491, null);
        } else if (offers && (asked != null || leg.initialOfferOpen())) {
            tryLater(request);
        } else if (acceptable(request)) {
            if (offers) {
                tellOffer(request);
            } else {
                asked = request;
                answer(null);
            }
        }
    }

    /** A PRACK with an offer (RFC 3262, section 5). */
    void pracked(InboundRequest request) {
        if (asked != null) {
            tryLater(request);
        } else {
            tellOffer(request);
        }
    }

    private void tellOffer(InboundRequest request) {
        asked = request;
        leg.call.tell(new SignalEvent.OfferReceived(Messages.sdp(request.message()), Messages.headers(request.message())));
    }

    /** RFC 3261, section 14.2, and RFC 3311, section 5.2. */
    private void tryLater(InboundRequest request) {
        leg.reply(request, 500, "Another Request Is Pending",
                new RawHeader("Retry-After", String.valueOf(ThreadLocalRandom.current().nextInt(11))));
    }

    private boolean acceptable(InboundRequest request) {
        if (SessionTerms.tooBrief(request.message(), leg.env.settings())) {
            leg.reply(request, 422, null, leg.env.minSe());
            return false;
        }
        return true;
    }

    void answer(String sdp) {
        InboundRequest request = take();
        if (request == null) {
            return;
        }
        SIPRequest message = request.message();
        Dialog dialog = leg.dialogOf(message);
        if (dialog == null) {
            // An early dialog of a fork that lost meanwhile.
            leg.reply(request, 481, null);
            return;
        }
        SIPResponse ok = Messages.response(message, 200, null, leg.responseTo(message));
        leg.env.signResponse(ok);
        Messages.sdp(ok, sdp);
        if (message.getMethod().equals(SIPRequest.PRACK)) {
            request.respond(ok);
            proceed();
            return;
        }
        leg.addContact(ok, request.transport());
        ok.addHeader(Messages.ALLOW);
        ok.addHeader(leg.env.supported());
        dialog.refreshTarget(message, request.source());
        SessionTerms terms = SessionTerms.ofRequest(message, leg.env.settings());
        if (terms != null) {
            terms.answer(message, ok);
        }
        if (leg.confirmed()) {
            leg.session.restart(terms);
        }
        changes.localSdp(sdp);
        if (message.getMethod().equals(SIPRequest.INVITE)) {
            answerInAck = Messages.sdp(message) == null;
            repeater = new OkRepeater(leg.env, leg.mailbox, request, ok, this::unacknowledged);
            repeater.start();
        } else {
            request.respond(ok);
            changes.proceed();
        }
    }

    void refuse(int code, String phrase) {
        InboundRequest request = take();
        if (request != null) {
            leg.reply(request, code, phrase);
            changes.proceed();
        }
    }

    private InboundRequest take() {
        InboundRequest request = asked;
        asked = null;
        return request;
    }

    private void unacknowledged() {
        repeater = null;
        leg.lose(Kind.NO_ANSWER, Origin.TIMEOUT, "no ACK to the 200 of a re-INVITE");
    }

    /** @return whether this ACK belongs to a re-INVITE that waited for it */
    boolean acked(SIPRequest ack) {
        if (repeater == null || repeater.seq() != ack.getCSeq().getSeqNumber()) {
            return false;
        }
        repeater.stop();
        repeater = null;
        if (answerInAck) {
            answerInAck = false;
            leg.call.tell(new SignalEvent.Acked(Messages.sdp(ack)));
        }
        changes.proceed();
        return true;
    }

    /** A re-INVITE came again after its 200. */
    void again(InboundRequest request) {
        if (repeater != null && repeater.seq() == request.message().getCSeq().getSeqNumber()) {
            repeater.again();
        }
    }

    /** CANCEL of a re-INVITE: the session stays as it was. */
    void cancelled(InboundRequest cancel) {
        leg.reply(cancel, 200, null);
        if (asked != null && asked == cancel.cancelled()) {
            leg.reply(take(), 487, null);
            changes.proceed();
        }
    }

    void stop() {
        if (stopped) {
            return;
        }
        stopped = true;
        changes.stop();
        if (repeater != null) {
            repeater.stop();
            repeater = null;
        }
        InboundRequest request = take();
        if (request != null) {
            leg.reply(request, 487, null);
        }
    }
}
