package io.github.camelvoice.media.sdp;

/** Where the exchange of offer and answer stands, and what each step leads to (RFC 3264, section 4). */
public enum NegotiationState {
    /** Nothing was said yet. */
    FRESH,
    /** Our first offer is out. */
    OFFERED,
    /** Both sides agree. */
    AGREED,
    /** They agree, and our next offer is out. */
    REOFFERED;

    /** A step of the exchange. */
    public enum Step {
        /** We offer. */
        OFFER,
        /** The answer to our offer comes. */
        ACCEPT,
        /** We answer an offer. */
        ANSWER,
        /** Our offer was refused. */
        ROLLBACK
    }

    /**
     * The next state; null for a step that is not allowed here. An answer may follow on an answer: each branch of a forked INVITE
     * answers the same offer.
     */
    public NegotiationState after(Step step) {
        return switch (this) {
            case FRESH -> switch (step) {
                case OFFER -> OFFERED;
                case ANSWER -> AGREED;
                case ACCEPT -> null;
                case ROLLBACK -> FRESH;
            };
            case OFFERED -> switch (step) {
                case OFFER -> OFFERED;
                case ACCEPT -> AGREED;
                case ANSWER -> null;
                case ROLLBACK -> FRESH;
            };
            case AGREED -> switch (step) {
                case OFFER -> REOFFERED;
                case ACCEPT, ANSWER, ROLLBACK -> AGREED;
            };
            case REOFFERED -> switch (step) {
                case OFFER -> REOFFERED;
                case ACCEPT, ROLLBACK -> AGREED;
                case ANSWER -> null;
            };
        };
    }
}
