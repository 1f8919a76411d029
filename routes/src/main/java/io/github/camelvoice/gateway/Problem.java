package io.github.camelvoice.gateway;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.List;

/**
 * An error of the HTTP API (RFC 9457).
 *
 * @param title  reason phrase of the status
 * @param code   word to branch on, {@code no-such-call} for example
 * @param detail a sentence for people, null where the title says all
 * @param callId the call in question, null if there is none
 * @param problems what is wrong with a document, and where; null where there is no document
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"title", "status", "code", "detail", "callId", "problems"})
public record Problem(int status, String title, String code, String detail, String callId, List<At> problems) {

    /** @param place JSON pointer; {@code line} and {@code column} are from 1, and missing where there are none */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record At(String code, String place, Integer line, Integer column, String message) {
    }

    Problem(int status, String title, String code, String detail, String callId) {
        this(status, title, code, detail, callId, null);
    }

    static final String MEDIA_TYPE = "application/problem+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static Problem of(int status, String code, String detail) {
        return new Problem(status, title(status), code, detail, null);
    }

    static String title(int status) {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem is plain text", e);
        }
    }
}
