package io.github.camelvoice.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An error of the APIs under {@code /v1beta1}, in the envelope of google.rpc.Status over HTTP. */
enum GoogleError {
    INVALID_ARGUMENT(400, "the request is wrong"),
    FAILED_PRECONDITION(400, "not possible now"),
    UNAUTHENTICATED(401, "account and token needed"),
    PERMISSION_DENIED(403, "not allowed"),
    NOT_FOUND(404, "not found"),
    UNIMPLEMENTED(405, "the path has other methods"),
    RESOURCE_EXHAUSTED(429, "too many requests"),
    INTERNAL(500, "internal error"),
    UNAVAILABLE(503, "not available now");

    static final String MEDIA_TYPE = "application/json; charset=UTF-8";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final int code;
    private final String plain;

    GoogleError(int code, String plain) {
        this.code = code;
        this.plain = plain;
    }

    int code() {
        return code;
    }

    /** @param message a sentence for people; null for the one that goes with the status */
    String json(String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message == null ? plain : message);
        error.put("status", name());
        error.put("details", List.of());
        try {
            return JSON.writeValueAsString(Map.of("error", error));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error is plain text", e);
        }
    }

    /** What an HTTP status is among these. */
    static GoogleError ofStatus(int status) {
        for (GoogleError each : values()) {
            if (each.code == status) {
                return each;
            }
        }
        return status >= 400 && status < 500 ? INVALID_ARGUMENT : INTERNAL;
    }
}
