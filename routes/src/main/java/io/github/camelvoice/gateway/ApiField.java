package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.camelvoice.voice.VoiceConstants;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Message;

/** Reads one field; fails with a {@link ApiException} that names it. */
@FunctionalInterface
interface ApiField {

    int MAX_TEXT = 1024;
    int MAX_LIST = 32;
    String HEADER_NAME = "[A-Za-z0-9-]{1,64}";

    void apply(String name, JsonNode value, Message message);

    static ApiField text(String header) {
        return (name, value, message) -> message.setHeader(header, string(name, value));
    }

    static ApiField body() {
        return (name, value, message) -> string(name, value);
    }

    static ApiField flag(String header) {
        return (name, value, message) -> {
            if (!value.isBoolean()) {
                throw ApiException.badField(name, "must be true or false");
            }
            message.setHeader(header, value.booleanValue());
        };
    }

    static ApiField number(String header, int most) {
        return (name, value, message) -> message.setHeader(header, integer(name, value, most));
    }

    static ApiField whole(String header, int least, int most) {
        return (name, value, message) -> message.setHeader(header, integer(name, value, least, most));
    }

    /** Seconds, which become milliseconds. */
    static ApiField secondsFrom(String header, int least, int most) {
        return (name, value, message) -> message.setHeader(header, integer(name, value, least, most) * 1000L);
    }

    /** From 10 on in steps of 10. */
    static ApiField tens(String header, int most) {
        return (name, value, message) -> {
            if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 10 || value.intValue() > most || value.intValue() % 10 > 0) {
                throw ApiException.badField(name, "must be 10 to " + most + " in steps of 10");
            }
            message.setHeader(header, value.intValue());
        };
    }

    static ApiField oneOf(String header, Object... choices) {
        return (name, value, message) -> {
            for (Object choice : choices) {
                if (value.isTextual() && choice.equals(value.textValue()) || value.isInt() && choice.equals(value.intValue())) {
                    message.setHeader(header, choice);
                    return;
                }
            }
            throw ApiException.badField(name, "must be one of " + List.of(choices));
        };
    }

    static ApiField seconds(String header, int most) {
        return (name, value, message) -> message.setHeader(header, integer(name, value, most) * 1000L);
    }

    static ApiField words(String header) {
        return (name, value, message) -> {
            List<String> words = new ArrayList<>();
            if (!value.isArray() || value.size() > MAX_LIST) {
                throw ApiException.badField(name, "must be a list of at most " + MAX_LIST + " texts");
            }
            value.forEach(each -> words.add(string(name, each)));
            message.setHeader(header, String.join(",", words));
        };
    }

    static ApiField headers() {
        return texts(VoiceConstants.SET_SIP_HEADER, HEADER_NAME);
    }

    /** An object of texts: each becomes a header whose name begins with the prefix. */
    static ApiField texts(String prefix, String names) {
        return (name, value, message) -> {
            if (!value.isObject() || value.size() > MAX_LIST) {
                throw ApiException.badField(name, "must be an object of at most " + MAX_LIST + " texts");
            }
            value.properties().forEach(each -> {
                if (!each.getKey().matches(names) || each.getKey().regionMatches(true, 0, "Camel", 0, 5)) {
                    throw ApiException.badField(name, "has a name that is none: " + ApiException.quote(each.getKey()));
                }
                message.setHeader(prefix + each.getKey(), string(name, each.getValue()));
            });
        };
    }

    /** How to log in where a tap goes: {@code username} and {@code password}, or {@code bearerToken}. */
    static ApiField credentials() {
        Map<String, String> headers = Map.of("username", VoiceConstants.TAP_USERNAME, "password", VoiceConstants.TAP_PASSWORD, "bearerToken",
                VoiceConstants.TAP_ACCESS_TOKEN);
        return (name, value, message) -> {
            Set<String> given = new HashSet<>();
            value.fieldNames().forEachRemaining(given::add);
            if (!given.equals(Set.of("username", "password")) && !given.equals(Set.of("bearerToken"))) {
                throw ApiException.badField(name, "must be an object of username and password, or of bearerToken");
            }
            value.properties().forEach(each -> message.setHeader(headers.get(each.getKey()), string(name + "." + each.getKey(), each.getValue())));
        };
    }

    private static String string(String name, JsonNode value) {
        if (!value.isTextual() || value.textValue().length() > MAX_TEXT) {
            throw ApiException.badField(name, "must be a text of at most " + MAX_TEXT + " characters");
        }
        if (value.textValue().chars().anyMatch(c -> c < ' ' || c == 0x7f) && !name.equals("body")) {
            throw ApiException.badField(name, "has a control character");
        }
        return value.textValue();
    }

    private static int integer(String name, JsonNode value, int most) {
        return integer(name, value, 0, most);
    }

    private static int integer(String name, JsonNode value, int least, int most) {
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < least || value.intValue() > most) {
            throw ApiException.badField(name, "must be a whole number from " + least + " to " + most);
        }
        return value.intValue();
    }
}
