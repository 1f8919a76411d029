package io.github.camelvoice.sip.leg;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.call.spi.SignalEvent;
import io.github.camelvoice.runtime.Timers;
import io.github.camelvoice.sip.dialog.Exchange;
import io.github.camelvoice.sip.dialog.HeaderRules;
import io.github.camelvoice.sip.dialog.Messages;
import io.github.camelvoice.sip.dialog.RawHeader;
import io.github.camelvoice.sip.leg.Leg.Tail;
import io.github.camelvoice.sip.stack.InboundRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** BYE in both directions, and why a leg ended. On the call's mailbox. */
final class Ending {

    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);
    /** How long the answer to a BYE may wait for {@code confirmBye}. */
    private static final long HELD_SECONDS = 20;
    /** Each needs a transaction of its own: nobody in their right mind sends more. */
    private static final int MAX_BYES = 4;

    private final Leg leg;
    private InboundRequest bye;
    /** Those that came while the first waits. */
    private final List<InboundRequest> more = new ArrayList<>(0);
    private boolean confirmed;
    private boolean held;
    private Timers.Timer guard;
    private String reason;
    private List<RawHeader> extra = List.of();
    private EndCause lost;

    Ending(Leg leg) {
        this.leg = leg;
    }

    /** Before a hang-up of ours: what the BYE says. */
    void prepare(String why, SipHeaders headers) {
        extra = HeaderRules.check(headers);
        reason = why == null || HeaderRules.hasBreak(why) ? null : why;
    }

    /** Before a loss: its cause, and what the BYE says about it. */
    void lost(EndCause cause) {
        lost = cause;
        reason = "SIP;cause=" + cause.kind().defaultCode() + ";text=\"" + cause.phrase().replaceAll("[\"\\\\\\p{Cntrl}]", " ") + "\"";
    }

    EndCause lost() {
        return lost;
    }

    /** Value of the Reason header of our BYE or CANCEL, or null. */
    String reason() {
        return reason;
    }

    private SIPRequest request() {
        SIPRequest request = leg.dialog.request(SIPRequest.BYE);
        if (reason != null) {
            request.addHeader(new RawHeader("Reason", reason));
        }
        Messages.addAll(request, extra);
        return request;
    }

    /** Whatever is said to it, and whether anything is. */
    void sendOnce() {
        SIPRequest request = request();
        leg.env.signRequest(request);
        leg.credentials.sign(request);
        leg.env.door().sendOnce(request);
    }

    void send() {
        leg.exchange(this::request, new Exchange.Outcome() {
            @Override
            public void done(SIPResponse response) {
                leg.fire(Tail.BYE_ANSWERED);
            }

            @Override
            public void unanswered(boolean timeout, String why) {
                leg.fire(Tail.BYE_ANSWERED);
            }
        });
    }

    void came(InboundRequest request) {
        if (bye == null) {
            bye = request;
            leg.fire(Tail.BYE);
        } else if (confirmed) {
            leg.reply(request, 200, null);
        } else if (more.size() < MAX_BYES) {
            more.add(request);
        } else {
            leg.reply(request, 503, null);
        }
    }

    /** The call hears of their BYE; its answer waits, but not for ever. */
    void tell() {
        guard = leg.env.timers().schedule(HELD_SECONDS, TimeUnit.SECONDS, leg.mailbox, () -> {
            if (!leg.closed()) {
                LOG.warn("[{}] a BYE was not confirmed in {} s: answered now", leg.sipCallId(), HELD_SECONDS);
                leg.fire(Tail.CONFIRM_BYE);
            }
        });
        leg.call.end(new SignalEvent.ByeReceived(Messages.headers(bye.message())));
    }

    /** It ended otherwise, and does not go on because of the answer: that waits beside. */
    void hold() {
        held = true;
    }

    boolean isHeld() {
        return held;
    }

    void confirm() {
        held = false;
        confirmed = true;
        leg.reply(bye, 200, null);
        more.forEach(request -> leg.reply(request, 200, null));
        more.clear();
    }

    void refuse() {
        leg.reply(bye, 481, null);
        bye = null;
    }

    void stop() {
        if (guard != null) {
            guard.cancel();
        }
    }
}
