package io.github.camelvoice.webhook;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallStatus;
import io.github.camelvoice.call.Milestone;
import io.github.camelvoice.document.CallProgress;
import java.time.Instant;

/** What the events that applications are told of are in a call. */
final class Happening {

    private Happening() {
    }

    static Milestone milestone(CallProgress event) {
        return switch (event) {
            case INITIATED -> Milestone.INITIATED;
            case RINGING -> Milestone.RINGING;
            case ANSWERED -> Milestone.ANSWERED;
            case COMPLETED -> Milestone.COMPLETED;
        };
    }

    /** When it happened; null if it did not. */
    static Instant at(CallProgress event, CallSnapshot call) {
        return switch (event) {
            case INITIATED -> call.createdAt();
            case RINGING -> call.ringingAt();
            case ANSWERED -> call.answeredAt();
            case COMPLETED -> call.endedAt() == null ? call.createdAt() : call.endedAt();
        };
    }

    /** What the call's status was then. */
    static CallStatus status(CallProgress event, CallSnapshot call) {
        return switch (event) {
            case INITIATED -> CallStatus.INITIATED;
            case RINGING -> CallStatus.RINGING;
            case ANSWERED -> CallStatus.IN_PROGRESS;
            case COMPLETED -> CallStatus.ofEnd(call.answeredAt() != null, call.cause());
        };
    }
}
