package io.github.camelvoice.call;

import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.call.EndCause.Origin;
import io.github.camelvoice.call.spi.MediaException;
import io.github.camelvoice.call.spi.SignalEvent;

/** What a call does about each event of its signalling leg; on the call's mailbox. */
final class SignalReactions {

    private SignalReactions() {
    }

    static void react(LiveCall call, SignalEvent event) {
        if (event instanceof SignalEvent.Provisional provisional) {
            provisional(call, provisional);
        } else if (event instanceof SignalEvent.Accepted accepted) {
            accepted(call, accepted);
        } else if (event instanceof SignalEvent.Rejected rejected) {
            call.heard(rejected.headers());
            call.contacts(rejected.contacts());
            call.fire(CallTrigger.REJECTED, EndCause.ofStatus(rejected.code(), rejected.phrase(), Origin.REMOTE, reason(rejected.headers())), null);
        } else if (event instanceof SignalEvent.Acked acked) {
            acked(call, acked);
        } else if (event instanceof SignalEvent.Cancelled cancelled) {
            call.fire(CallTrigger.CANCELLED,
                    new EndCause(Kind.CANCELLED, Origin.REMOTE, 487, "cancelled by the caller", reason(cancelled.headers())), null);
        } else if (event instanceof SignalEvent.ByeReceived bye) {
            call.fire(CallTrigger.BYE, new EndCause(Kind.NORMAL, Origin.REMOTE, 200, "hung up by the far end", reason(bye.headers())), null);
        } else if (event instanceof SignalEvent.ByeHeld) {
            call.fire(CallTrigger.BYE, null, null);
        } else if (event instanceof SignalEvent.OfferReceived offer) {
            call.changes().offered(offer.sdp());
        } else if (event instanceof SignalEvent.OfferAnswered answer) {
            call.changes().answered(answer.sdp());
        } else if (event instanceof SignalEvent.OfferRefused refused) {
            call.changes().refused(refused.code(), refused.phrase());
        } else if (event instanceof SignalEvent.InfoReceived info) {
            info(call, info);
        } else if (event instanceof SignalEvent.ReferAnswered answer) {
            call.transfers().answered(answer);
        } else if (event instanceof SignalEvent.ReferProgress progress) {
            call.transfers().told(progress);
        } else if (event instanceof SignalEvent.ReferReceived referred) {
            call.referral().received(referred);
        } else if (event instanceof SignalEvent.ReferNotified) {
            call.referral().notified();
        } else if (event instanceof SignalEvent.Lost lost) {
            call.fire(CallTrigger.LOST, lost.cause(), null);
        } else if (event instanceof SignalEvent.Closed) {
            call.transfers().callOver();
            call.referral().callOver();
            call.fire(CallTrigger.CLOSED, null, null);
        }
    }

    private static void provisional(LiveCall call, SignalEvent.Provisional event) {
        call.heard(event.headers());
        if (!call.fire(CallTrigger.PROVISIONAL, null, null)) {
            return;
        }
        boolean earlyMedia = event.sdp() != null && takeAnswer(call, event.sdp());
        call.rang(event.code(), event.phrase(), earlyMedia);
    }

    private static void accepted(LiveCall call, SignalEvent.Accepted event) {
        call.heard(event.headers());
        CallState before = call.state();
        if (!call.fire(CallTrigger.ACCEPTED, null, null) || before == CallState.CANCELLING) {
            return;
        }
        if (event.sdp() != null && !takeAnswer(call, event.sdp()) || call.audio().info() == null) {
            call.end(EndCause.of(Kind.NOT_ACCEPTABLE, Origin.LOCAL, "the answer of the far end has no audio that we can use"));
            return;
        }
        call.answered(call.facts().timeLimit());
    }

    private static boolean takeAnswer(LiveCall call, String sdp) {
        try {
            call.audio().leg().accept(sdp);
            return true;
        } catch (MediaException unusable) {
            return false;
        }
    }

    private static void acked(LiveCall call, SignalEvent.Acked event) {
        boolean first = call.state() == CallState.ACCEPTED;
        call.fire(CallTrigger.ACKED, null, null);
        boolean usable = first && call.facts().offer() == null
                ? event.sdp() != null && takeAnswer(call, event.sdp())
                : call.changes().acked(event.sdp());
        if (!usable && call.state().isAnswered()) {
            call.end(EndCause.of(Kind.NOT_ACCEPTABLE, Origin.LOCAL, "the ACK has no answer that we can use"));
        } else if (first) {
            call.changes().settle();
        }
    }

    private static void info(LiveCall call, SignalEvent.InfoReceived event) {
        InfoDtmf.parse(event).ifPresentOrElse(
                digit -> call.audio().digit(digit.digit(), digit.durationMillis(), CallCommand.DtmfMethod.INFO),
                () -> call.journal().tell(head -> new VoiceEvent.InfoReceived(head, event.contentType(), event.body())));
    }

    private static String reason(SipHeaders headers) {
        return headers.first("Reason").orElse("");
    }
}
