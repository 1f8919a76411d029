package io.github.camelvoice.voice;

import java.util.Arrays;
import java.util.Locale;

/** What a producer of {@code voice:subscribe} does; the names are those of the option {@code operation}. */
public enum SubscribeOperation {
    /** Makes a subscription. */
    CREATE,
    /** One subscription with all that is known of its resources. */
    GET,
    /** All subscriptions, without their resources. */
    LIST,
    /** Other resources for a subscription. */
    CHANGE,
    /** Ends a subscription. */
    END,
    /** Asks for the state once. */
    FETCH,
    /** Sets the state that those who watch us see. */
    PUBLISH,
    /** Lets a watcher watch. */
    ACCEPT,
    /** Leaves a watcher waiting. */
    PEND,
    /** Sends a watcher away. */
    REFUSE,
    /** All watchers. */
    WATCHERS;

    /** As it stands in a URI: {@code create}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is about a subscription of ours that there is already. */
    boolean isAboutOne() {
        return this == GET || this == CHANGE || this == END;
    }

    /** Whether it is a decision about a watcher. */
    boolean isDecision() {
        return this == ACCEPT || this == PEND || this == REFUSE;
    }

    /** @throws IllegalArgumentException listing what there is */
    public static SubscribeOperation of(String word) {
        for (SubscribeOperation operation : values()) {
            if (operation.word().equals(word)) {
                return operation;
            }
        }
        throw new IllegalArgumentException("voice:subscribe has no operation '" + word + "'; there are "
                + Arrays.stream(values()).map(SubscribeOperation::word).toList());
    }
}
