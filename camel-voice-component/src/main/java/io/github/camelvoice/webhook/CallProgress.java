package io.github.camelvoice.webhook;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallStatus;
import io.github.camelvoice.call.Milestone;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** Events of a call that an application may ask to be told of. */
public enum CallProgress {
    INITIATED(Milestone.INITIATED),
    RINGING(Milestone.RINGING),
    ANSWERED(Milestone.ANSWERED),
    COMPLETED(Milestone.COMPLETED);

    private final Milestone milestone;

    CallProgress(Milestone milestone) {
        this.milestone = milestone;
    }

    /** {@code initiated} */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Milestone milestone() {
        return milestone;
    }

    /** When it happened; null if it did not. */
    Instant at(CallSnapshot call) {
        return switch (this) {
            case INITIATED -> call.createdAt();
            case RINGING -> call.ringingAt();
            case ANSWERED -> call.answeredAt();
            case COMPLETED -> call.endedAt() == null ? call.createdAt() : call.endedAt();
        };
    }

    /** What the call's status was then. */
    CallStatus status(CallSnapshot call) {
        return switch (this) {
            case INITIATED -> CallStatus.INITIATED;
            case RINGING -> CallStatus.RINGING;
            case ANSWERED -> CallStatus.IN_PROGRESS;
            case COMPLETED -> CallStatus.ofEnd(call.answeredAt() != null, call.cause());
        };
    }

    /**
     * @param text words between blanks; null or blank for the default, {@code completed}
     * @throws IllegalArgumentException naming what there is
     */
    public static Set<CallProgress> parse(String text) {
        if (text == null || text.isBlank()) {
            return Set.of(COMPLETED);
        }
        Set<CallProgress> found = EnumSet.noneOf(CallProgress.class);
        for (String word : text.strip().split("\\s+")) {
            found.add(Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst().orElseThrow(() ->
                    new IllegalArgumentException("must be words out of initiated, ringing, answered and completed, between blanks")));
        }
        return found;
    }
}
