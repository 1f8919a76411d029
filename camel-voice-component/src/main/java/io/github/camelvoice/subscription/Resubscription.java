package io.github.camelvoice.subscription;

import io.github.camelvoice.subscription.spi.UsageEvent;
import java.util.List;

/**
 * What is done when a subscription is over or refused. Pure.
 *
 * @param when    it is tried again
 * @param seconds with {@link When#ASKED}, that the notifier asked for
 * @param reason  with which the resource counts as terminated, as in RFC 6665, section 4.1.3; null where its last state stands
 * @param trouble what is told of it in plain words
 */
record Resubscription(When when, int seconds, String reason, String trouble) {

    /** When a watch subscribes again. */
    enum When {
        /** At once; where that has just been done, like {@link #BACK_OFF}. */
        NOW,
        /** After what the notifier asked for. */
        ASKED,
        /** After a pause that grows with failures in a row. */
        BACK_OFF,
        /** After a long pause: it will hardly change. */
        SLOWLY,
        NEVER
    }

    private static final String REJECTED = "rejected";
    private static final String NO_RESOURCE = "noresource";

    /** RFC 6665, section 4.1.3. @param reason in lower case, empty if none was given @param retryAfter seconds, -1 for none */
    static Resubscription terminated(String reason, int retryAfter) {
        String trouble = "terminated by the notifier" + (reason.isEmpty() ? "" : ": " + shown(reason));
        return switch (reason) {
            case "deactivated", "timeout" -> new Resubscription(When.NOW, -1, null, trouble);
            case REJECTED, NO_RESOURCE, "invariant" -> new Resubscription(When.NEVER, -1, reason, trouble);
            case "probation", "giveup" -> retryAfter > 0
                    ? new Resubscription(When.ASKED, retryAfter, reason, trouble)
                    : new Resubscription(When.BACK_OFF, -1, reason, trouble);
            default -> retryAfter > 0
                    ? new Resubscription(When.ASKED, retryAfter, null, trouble)
                    : new Resubscription(When.BACK_OFF, -1, null, trouble);
        };
    }

    private static String shown(String reason) {
        return reason.length() > 40 ? reason.substring(0, 40) : reason;
    }

    /** A first SUBSCRIBE was refused, or nobody answered. */
    static Resubscription refused(int code, String phrase, int retryAfter) {
        String trouble = code + " " + phrase;
        if (passes(code)) {
            return retryAfter > 0
                    ? new Resubscription(When.ASKED, retryAfter, null, trouble)
                    : new Resubscription(When.BACK_OFF, -1, null, trouble);
        }
        return new Resubscription(When.SLOWLY, -1, code == 404 || code == 410 || code == 604 ? NO_RESOURCE : REJECTED, trouble);
    }

    /** The notifier, or what is between, may be in a better mood soon. */
    private static boolean passes(int code) {
        return switch (code) {
            case 408, 423, 480, 481, 482, 486, 491, 600 -> true;
            case 501, 505, 513 -> false;
            default -> code >= 500 && code < 600 || code < 400;
        };
    }

    /**
     * A usage ended after it was accepted, other than by a NOTIFY. Whatever a refresh was refused for, what counts is the answer to a new SUBSCRIBE: a
     * notifier that challenges refreshes may be another one than who was asked first.
     */
    static Resubscription ended(UsageEvent.Why why, int code, String phrase) {
        if (why == UsageEvent.Why.NO_NOTIFY) {
            return new Resubscription(When.BACK_OFF, -1, null, "no NOTIFY came");
        }
        if (why == UsageEvent.Why.REFRESH_FAILED && code != 481 && passes(code)) {
            return refused(code, phrase, -1);
        }
        return new Resubscription(When.NOW, -1, null, code > 0 ? code + " " + phrase : "the subscription ended");
    }

    /** Something was missed, and full state did not come. */
    static Resubscription unhealed() {
        return new Resubscription(When.NOW, -1, null, "something was missed, and the full state did not come");
    }

    /**
     * Whether this refusal of a list means that the server does not watch lists, so that each entry has to be subscribed to.
     *
     * @param guessed whether the list server was not configured: then silence says the same
     */
    static boolean noLists(int code, int retryAfter, List<String> unsupported, boolean guessed) {
        if (code == 401 || code == 407 || code == 503) {
            return false;
        }
        if (code == 420) {
            return unsupported.isEmpty() || unsupported.contains("recipient-list-subscribe") || unsupported.contains("eventlist");
        }
        if (guessed) {
            return retryAfter <= 0;
        }
        return !passes(code);
    }
}
