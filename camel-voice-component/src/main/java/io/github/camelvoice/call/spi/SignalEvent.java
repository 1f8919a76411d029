package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.call.Replaces;
import io.github.camelvoice.call.SipHeaders;
import java.util.List;

/** What the far end, or the lack of it, did to a leg. */
public sealed interface SignalEvent {

    /** Outbound: 101 to 199. {@code sdp} is an answer (or early answer) or null; repeats of the same response are not told. */
    record Provisional(int code, String phrase, SipHeaders headers, String sdp) implements SignalEvent {
    }

    /** Outbound: 200 to the INVITE. With a late offer {@code sdp} is the offer and {@link SignallingLeg#ack} is due; else the ACK is sent. */
    record Accepted(SipHeaders headers, String sdp) implements SignalEvent {
    }

    /** Outbound: final failure, after digest, 422 and 491 retries. {@code contacts} of a 3xx in order of preference. */
    record Rejected(int code, String phrase, SipHeaders headers, List<String> contacts) implements SignalEvent {
    }

    /** Inbound: the ACK came. {@code sdp}: the answer to our late offer, else null. */
    record Acked(String sdp) implements SignalEvent {
    }

    /** Inbound: CANCEL came in time; 200 to it and 487 to the INVITE are sent. */
    record Cancelled(SipHeaders headers) implements SignalEvent {
    }

    /** BYE came; {@link SignallingLeg#confirmBye} is due. */
    record ByeReceived(SipHeaders headers) implements SignalEvent {
    }

    /** BYE came to a call that had ended otherwise, as where both sides hang up; {@link SignallingLeg#confirmBye} is due. */
    record ByeHeld() implements SignalEvent {
    }

    /** re-INVITE or UPDATE. {@code sdp}: the offer, or null if we are asked to offer. */
    record OfferReceived(String sdp, SipHeaders headers) implements SignalEvent {
    }

    /** {@link SignallingLeg#modify} was accepted. */
    record OfferAnswered(String sdp) implements SignalEvent {
    }

    /** {@link SignallingLeg#modify} was refused; the session stays as it was. */
    record OfferRefused(int code, String phrase) implements SignalEvent {
    }

    /** INFO came and was answered 200. */
    record InfoReceived(String contentType, String body) implements SignalEvent {
    }

    /**
     * {@link SignallingLeg#refer} was answered.
     *
     * @param code 408 where nothing came, 503 where the transport failed
     * @param told whether {@link ReferProgress} will tell how it goes on
     */
    record ReferAnswered(int code, String phrase, boolean told) implements SignalEvent {
    }

    /**
     * NOTIFY came for our REFER; may come before {@link ReferAnswered}.
     *
     * @param code SIP status of the target's call, 200 and above is its result; 0 where the far end ended the subscription without one
     */
    record ReferProgress(int code, String phrase) implements SignalEvent {
    }

    /**
     * REFER came; {@link SignallingLeg#answerRefer} is due.
     *
     * @param target     SIP or SIPS URI of Refer-To without its headers
     * @param replaces   Replaces of that URI, null if there is none
     * @param referredBy value of Referred-By, empty if there is none
     * @param uriHeaders further headers of that URI that may be set by others
     */
    record ReferReceived(String target, Replaces replaces, String referredBy, SipHeaders uriHeaders, SipHeaders headers)
            implements SignalEvent {
    }

    /** The last {@link SignallingLeg#notifyRefer} has its answer, or will get none. */
    record ReferNotified() implements SignalEvent {
    }

    /**
     * The leg cannot go on: no response, no ACK within 64 x T1, transport lost, session expired (RFC 4028), 481 in the dialog.
     * Where a BYE makes sense the leg has sent it. {@link Closed} follows.
     */
    record Lost(EndCause cause) implements SignalEvent {
    }

    /** The last event of every leg, exactly once: nothing is left of it but transactions that run out. */
    record Closed() implements SignalEvent {
    }
}
