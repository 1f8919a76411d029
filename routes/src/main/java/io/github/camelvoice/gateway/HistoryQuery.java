package io.github.camelvoice.gateway;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import io.github.camelvoice.store.CallQuery;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Message;

/** Reads the parameters of {@code GET /api/v1/history}; what it cannot read is a 400 that names the parameter. */
final class HistoryQuery {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private HistoryQuery() {
    }

    static CallQuery of(Message message, String project) {
        return new CallQuery(project, text(message, "party"), word(message, "direction", CallDirection.class),
                word(message, "cause", EndCause.Kind.class), time(message, "since"), time(message, "until"), flag(message, "live"),
                text(message, "pageToken"), limit(message));
    }

    private static String text(Message message, String name) {
        String text = message.getHeader(name, String.class);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static <E extends Enum<E>> E word(Message message, String name, Class<E> type) {
        String text = text(message, name);
        if (text == null) {
            return null;
        }
        for (E each : type.getEnumConstants()) {
            if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
                return each;
            }
        }
        throw wrong(name, "must be one of " + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    private static Instant time(Message message, String name) {
        String text = text(message, name);
        if (text == null) {
            return null;
        }
        try {
            // A plus sign of an offset that was not percent-encoded arrives as a blank.
            return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
        } catch (DateTimeException e) {
            throw wrong(name, "must be a time such as 2026-11-21T12:00:00Z");
        }
    }

    private static Boolean flag(Message message, String name) {
        String text = text(message, name);
        if (text != null && !text.equals("true") && !text.equals("false")) {
            throw wrong(name, "must be true or false");
        }
        return text == null ? null : Boolean.valueOf(text);
    }

    private static int limit(Message message) {
        String text = text(message, "limit");
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (text.matches("[0-9]{1,4}") && Integer.parseInt(text) >= 1 && Integer.parseInt(text) <= MAX_LIMIT) {
            return Integer.parseInt(text);
        }
        throw wrong("limit", "must be 1 to " + MAX_LIMIT);
    }

    private static ApiException wrong(String name, String problem) {
        return new ApiException(400, "bad-parameter", name + " " + problem);
    }
}
