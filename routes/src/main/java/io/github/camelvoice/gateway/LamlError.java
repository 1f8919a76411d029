package io.github.camelvoice.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.call.CallException;
import io.github.camelvoice.document.DocumentException;
import io.github.camelvoice.store.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A request to the 2010-04-01 API that cannot be carried out, with the number that its clients know for it. */
final class LamlError extends RuntimeException {

    static final String MEDIA_TYPE = "application/json";
    static final int INVALID = 20001;
    static final int NOT_FOUND = 20404;
    static final int NO_TO = 21201;
    static final int BAD_URL = 21205;
    static final int NO_URL = 21218;
    static final int BAD_TO = 21211;
    static final int BAD_FROM = 21212;
    static final int NO_FROM = 21213;
    static final int FORBIDDEN_TO = 21215;
    static final int WRONG_STATE = 21220;
    static final int NO_DOCUMENT = 12100;
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(LamlError.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private final int status;
    private final int code;

    LamlError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    static LamlError badParameter(String name, String problem) {
        return new LamlError(400, INVALID, "Parameter " + name + " " + problem);
    }

    int status() {
        return status;
    }

    String json() {
        return json(status, code, getMessage());
    }

    /** What clients get for an HTTP status alone. @param message null for the one that goes with it */
    static String json(int status, String message) {
        int code = switch (status) {
            case 400, 413, 414, 415, 431 -> INVALID;
            case 401, 403 -> 20003;
            case 405 -> 20004;
            default -> 20000 + status;
        };
        return json(status, code, message == null ? Problem.title(status) : message);
    }

    private static String json(int status, int code, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        error.put("more_info", "https://www.twilio.com/docs/errors/" + code);
        error.put("status", status);
        try {
            return JSON.writeValueAsString(error);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an error is plain text", e);
        }
    }

    /** Any failure of a route; of unexpected ones the client is told only that there was one. */
    static LamlError of(Throwable failure) {
        if (failure instanceof LamlError known) {
            return known;
        }
        if (failure instanceof CallException call) {
            return of(call);
        }
        if (failure instanceof DocumentException document) {
            return new LamlError(400, NO_DOCUMENT, "Document parse failure: " + document.getMessage());
        }
        if (failure instanceof ApiException) {
            Problem problem = ApiException.problem(failure);
            return new LamlError(problem.status(), 20000 + problem.status(), problem.detail());
        }
        if (failure instanceof StoreException) {
            return new LamlError(503, 20503, "records of calls cannot be read now");
        }
        LOG.warn("a request to the 2010-04-01 API failed", failure);
        return new LamlError(500, 20500, "internal error");
    }

    private static LamlError of(CallException failure) {
        String message = failure.getMessage();
        return switch (failure.kind()) {
            case BAD_REQUEST -> new LamlError(400, BAD_TO, message);
            case NO_SUCH_CALL -> new LamlError(404, NOT_FOUND, message);
            case WRONG_STATE, REFUSED, NOT_REGISTERED -> new LamlError(400, WRONG_STATE, message);
            case FORBIDDEN -> new LamlError(403, FORBIDDEN_TO, message);
            case OVERLOADED -> new LamlError(429, 20429, message);
            case MEDIA, UNAVAILABLE -> new LamlError(503, 20503, message);
        };
    }
}
