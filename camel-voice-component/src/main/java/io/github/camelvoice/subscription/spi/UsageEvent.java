package io.github.camelvoice.subscription.spi;

import java.util.List;

/** What happens to a subscription usage. Durations are seconds, -1 where nothing was said. */
public sealed interface UsageEvent {

    /** A 2xx came. @param expires granted, 0 or more @param eventList whether the notifier said that this is a list (Require: eventlist) */
    record Accepted(int expires, boolean eventList) implements UsageEvent {
    }

    /**
     * A NOTIFY came and was answered with 200. Where one dialog of several is lost without a NOTIFY that says so, it is told as
     * terminated here too, without reason and body.
     *
     * @param dialog      which dialog of the usage it came in: another one is another fork (RFC 6665, section 4.1.4)
     * @param state       of the subscription
     * @param reason      of a terminated one in lower case, empty if none was given
     * @param retryAfter  with it, seconds
     * @param expires     how long the subscription lasts from now, seconds
     * @param contentType with its parameters, null without a body
     * @param body        not to be changed; empty without a body
     */
    record Notified(String dialog, State state, String reason, int retryAfter, int expires, String contentType, byte[] body) implements UsageEvent {
    }

    /** The SUBSCRIBE was refused, or nobody answered it (code 408, 503). The usage is over. @param unsupported option tags of a 420 */
    record Refused(int code, String phrase, int retryAfter, List<String> unsupported) implements UsageEvent {
    }

    /** The usage is over after it was accepted: unsubscribed, terminated in all its dialogs, or a refresh failed. */
    record Ended(Why why, int code, String phrase) implements UsageEvent {
    }

    /** Subscription-State (RFC 6665, section 4.1.3). A state that is not known counts as active. */
    enum State { ACTIVE, PENDING, TERMINATED }

    /** Why a usage ended. */
    enum Why {
        /** We asked for it, or it was a fetch. */
        UNSUBSCRIBED,
        /** The notifier said terminated: the last {@link Notified} has reason and retry-after. */
        TERMINATED,
        /** A refresh was answered with 481, or with another failure: {@link Ended#code}. */
        REFRESH_FAILED,
        /** No NOTIFY came in 64 x T1 (Timer N). */
        NO_NOTIFY
    }
}
