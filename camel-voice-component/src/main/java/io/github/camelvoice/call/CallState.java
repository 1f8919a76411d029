package io.github.camelvoice.call;

/**
 * The states of a call leg. Inbound: {@code OFFERED → RINGING → ACCEPTED → ACTIVE}; outbound: {@code CALLING → ALERTING → ACTIVE};
 * both end by {@code ENDING → ENDED}.
 */
public enum CallState {
    /** Inbound: the INVITE is here, the route has not decided. */
    OFFERED,
    /** Inbound: we sent 180 or 183. */
    RINGING,
    /** Inbound: we sent the 200, its ACK is not here yet. Commands on media work already. */
    ACCEPTED,
    /** Outbound: the INVITE is out, nothing but 100 came. */
    CALLING,
    /** Outbound: a 180 to 199 came. */
    ALERTING,
    /** Outbound: we gave up; CANCEL is out, the INVITE has no final response yet. */
    CANCELLING,
    /** Both sides can talk. */
    ACTIVE,
    /** A BYE or a final response is on its way. */
    ENDING,
    /** Over; nothing of the call is left but its record. */
    ENDED;

    /** Answered and not yet ending: media commands are possible. */
    public boolean isAnswered() {
        return this == ACCEPTED || this == ACTIVE;
    }

    public boolean isOver() {
        return this == ENDING || this == ENDED;
    }

    /** An inbound call about which nobody has decided. */
    public boolean isUndecided() {
        return this == OFFERED || this == RINGING;
    }
}
