package io.github.camelvoice.gateway.grpc;

import java.util.Map;
import java.util.regex.Pattern;

/** What a request may hold, before anything is made of it; what a SIP name or header may be is looked at once more where it is used. */
final class Fields {

    static final int MOST_HEADERS = 64;
    private static final int MOST_TEXT = 1_024;
    private static final int MOST_HEADER_BYTES = 8 * 1024;
    private static final int SHOWN = 64;
    private static final Pattern ACCOUNT = Pattern.compile("(?i)(sips?:)?[^\\s@<>\"]{1,128}@[A-Za-z0-9._:\\[\\]-]{1,255}");
    /** RFC 3261 25.1. */
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9.!%*_+`'~-]{1,128}");

    private Fields() {
    }

    /** {@code user@host[:port]}. @return the same */
    static String account(String field, String name) {
        text(field, name);
        if (!ACCOUNT.matcher(name).matches()) {
            throw GrpcErrors.badField(field, "must be an account, user@host or user@host:port");
        }
        return name;
    }

    /** Not empty. @return the same */
    static String text(String field, String value) {
        if (value.isBlank()) {
            throw GrpcErrors.badField(field, "is empty");
        }
        return optional(field, value);
    }

    /** @return the same */
    static String optional(String field, String value) {
        if (value.length() > MOST_TEXT) {
            throw GrpcErrors.badField(field, "may have " + MOST_TEXT + " characters");
        }
        noControls(field, value);
        return value;
    }

    static void headers(String field, Map<String, String> headers) {
        if (headers.size() > MOST_HEADERS) {
            throw GrpcErrors.badField(field, "may be " + MOST_HEADERS + " headers");
        }
        int bytes = 0;
        for (Map.Entry<String, String> header : headers.entrySet()) {
            if (!TOKEN.matcher(header.getKey()).matches()) {
                throw GrpcErrors.badField(field, "has a name that is none of a SIP header: '" + shown(header.getKey()) + "'");
            }
            noControls(field + "[" + header.getKey() + "]", header.getValue());
            bytes += header.getKey().length() + header.getValue().length();
        }
        if (bytes > MOST_HEADER_BYTES) {
            throw GrpcErrors.badField(field, "may have " + MOST_HEADER_BYTES + " characters in all");
        }
    }

    private static void noControls(String field, String value) {
        if (value.chars().anyMatch(Character::isISOControl)) {
            throw GrpcErrors.badField(field, "has a line break or another control character");
        }
    }

    private static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }
}
