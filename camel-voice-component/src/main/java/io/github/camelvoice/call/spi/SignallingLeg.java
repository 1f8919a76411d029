package io.github.camelvoice.call.spi;

import io.github.camelvoice.call.Party;
import io.github.camelvoice.call.SipHeaders;
import java.util.List;

/**
 * One INVITE usage of ours: its transactions, its dialog, its timers. Every method is called on the call's mailbox and
 * returns without waiting for the network. A command that the leg's state does not allow any more (the far end was quicker)
 * is dropped silently: the event that overtook it is on its way.
 */
public interface SignallingLeg {

    String sipCallId();

    /** From of an outbound leg, To of an inbound one: who we are in this call. Fixed. */
    Party localParty();

    /** Who the far end is: To of an outbound leg, From of an inbound one. Fixed. */
    Party remoteParty();

    /** {@code udp}, {@code tcp} or {@code tls}. Fixed. */
    String transport();

    /** Outbound: sends the INVITE. {@code offer} null makes it a late offer. */
    void invite(String offer);

    /**
     * Inbound: sends a provisional response 101 to 199.
     *
     * @param sdp answer (early media), or null
     * @param reliable ask for PRACK (RFC 3262) if the caller supports it
     */
    void provisional(int code, String phrase, String sdp, boolean reliable, SipHeaders extra);

    /** Inbound: sends the 200 and repeats it until the ACK comes (RFC 3261, section 13.3.1.4). {@code sdp}: answer, or offer if the INVITE had none. */
    void accept(String sdp, SipHeaders extra);

    /** Inbound: final failure, 400 to 699. */
    void reject(int code, String phrase, SipHeaders extra);

    /** Inbound: 302 with these contacts, in this order of preference. */
    void redirect(List<String> contacts, SipHeaders extra);

    /** Outbound: CANCEL, sent as soon as the RFC allows; if a 200 crosses it, the leg answers ACK and BYE by itself. */
    void cancel(String reason);

    /** Ends the dialog with BYE. {@code reason}: value of a Reason header, or null. */
    void bye(String reason, SipHeaders extra);

    /**
     * Ends the leg here and now: {@link SignalEvent.Closed} is told before this returns. What its state asks for (CANCEL, a final failure, BYE) is sent
     * once, and its answer is of no interest; only what would leave the far end in a call of its own is still looked after, without the call: a CANCEL
     * that may not go out yet, a 200 that crosses it, a BYE that has to wait for the ACK.
     */
    void drop(String reason, SipHeaders extra);

    /** Sends the deferred 200 to the BYE that {@link SignalEvent.ByeReceived} or {@link SignalEvent.ByeHeld} told of; even if the leg is closed. */
    void confirmBye();

    /** Outbound after a late offer: sends the ACK with our answer. */
    void ack(String answer);

    /** Offers new media with UPDATE if the far end allows it and {@code preferUpdate}, else re-INVITE. 491 is retried by the leg. */
    void modify(String offer, boolean preferUpdate);

    /** Takes back a {@link #modify} that is not on the wire: it waits for its turn, or to be tried again after a 491. @return whether there was one */
    default boolean withdraw() {
        return false;
    }

    /** Answers {@link SignalEvent.OfferReceived}: 200 with this SDP. */
    void answerOffer(String sdp);

    /** Refuses {@link SignalEvent.OfferReceived}; the session stays as it was. */
    void refuseOffer(int code, String phrase);

    /** Sends INFO in the dialog (RFC 6086; DTMF relay when the content type says so). */
    void info(String contentType, String body);

    /**
     * Asks the far end to call somebody (REFER, RFC 3515): {@link SignalEvent.ReferAnswered}, and {@link SignalEvent.ReferProgress} as
     * long as it tells us more. One at a time.
     *
     * @throws IllegalArgumentException naming a malformed URI, or a header that may not be set
     * @throws IllegalStateException    if one is under way, or there is no dialog
     */
    void refer(ReferRequest request);

    /** Answers {@link SignalEvent.ReferReceived}: 202 to accept, 300 to 699 to refuse. */
    void answerRefer(int code, String phrase);

    /**
     * After an accepted {@link SignalEvent.ReferReceived}: tells the far end how the call of the target goes (NOTIFY with
     * message/sipfrag); 200 and above is the last. Works after the end of the call too. {@link SignalEvent.ReferNotified} follows the last.
     */
    void notifyRefer(int code, String phrase);

    /** The dialog; null while there is none. Any thread. */
    DialogInfo dialog();

    /** Forgets the leg at once, without a word on the wire: for shutdown after the drain, and for bugs. */
    void abandon();
}
