package io.github.camelvoice.call;

import java.util.Locale;

/** How a call stands in the words that applications of cXML and TwiML know ({@code CallStatus}). */
public enum CallStatus {
    QUEUED,
    INITIATED,
    RINGING,
    IN_PROGRESS,
    COMPLETED,
    BUSY,
    FAILED,
    NO_ANSWER,
    CANCELED;

    /** {@code no-answer} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean isFinal() {
        return ordinal() >= COMPLETED.ordinal();
    }

    /** An inbound call that nobody decided about rings. */
    public static CallStatus of(CallSnapshot call) {
        if (call.cause() != null || call.state().isOver()) {
            return ofEnd(call.answeredAt() != null, call.cause());
        }
        return switch (call.state()) {
            case CALLING -> INITIATED;
            case ACCEPTED, ACTIVE -> IN_PROGRESS;
            default -> RINGING;
        };
    }

    /**
     * What the end of a call is.
     *
     * @param answered whether it was answered: then it is completed, whatever ended it
     * @param cause    null for unknown
     */
    public static CallStatus ofEnd(boolean answered, EndCause cause) {
        if (answered) {
            return COMPLETED;
        }
        if (cause == null) {
            return FAILED;
        }
        return switch (cause.kind()) {
            case BUSY -> BUSY;
            case NO_ANSWER, UNAVAILABLE -> NO_ANSWER;
            case CANCELLED -> CANCELED;
            default -> FAILED;
        };
    }
}
