package io.github.camelvoice.sip.event;

import io.github.camelvoice.sip.dialog.Answers;
import io.github.camelvoice.subscription.spi.UsageEvent;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Subscription-State (RFC 6665, section 8.2.3).
 *
 * @param reason     in lower case, empty if there is none
 * @param retryAfter seconds, -1 without
 * @param expires    seconds, -1 without
 */
record SubscriptionState(UsageEvent.State state, String reason, int retryAfter, int expires) {

    private static final Pattern TOKEN = Pattern.compile("[a-zA-Z0-9!%*_+`'~.-]{1,64}");

    /** @return null for what is none: no token, a parameter twice or without its value, a number that is none */
    static SubscriptionState of(String value) {
        if (value == null) {
            return null;
        }
        String[] parts = value.split(";", -1);
        String name = parts[0].trim();
        if (!TOKEN.matcher(name).matches() || parts.length > 16) {
            return null;
        }
        String reason = null;
        int retryAfter = -1;
        int expires = -1;
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String key = (equals < 0 ? parts[i] : parts[i].substring(0, equals)).trim().toLowerCase(Locale.ROOT);
            String given = equals < 0 ? "" : parts[i].substring(equals + 1).trim();
            switch (key) {
                case "reason" -> {
                    if (reason != null || !TOKEN.matcher(given).matches()) {
                        return null;
                    }
                    reason = given.toLowerCase(Locale.ROOT);
                }
                case "retry-after" -> {
                    if (retryAfter >= 0 || (retryAfter = number(given)) < 0) {
                        return null;
                    }
                }
                case "expires" -> {
                    if (expires >= 0 || (expires = number(given)) < 0) {
                        return null;
                    }
                }
                default -> {
                    if (!TOKEN.matcher(key).matches()) {
                        return null;
                    }
                }
            }
        }
        return new SubscriptionState(state(name), reason == null ? "" : reason, retryAfter, expires);
    }

    private static UsageEvent.State state(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "pending" -> UsageEvent.State.PENDING;
            case "terminated" -> UsageEvent.State.TERMINATED;
            default -> UsageEvent.State.ACTIVE;
        };
    }

    private static int number(String text) {
        try {
            return Answers.seconds(text);
        } catch (NumberFormatException none) {
            return -1;
        }
    }
}
