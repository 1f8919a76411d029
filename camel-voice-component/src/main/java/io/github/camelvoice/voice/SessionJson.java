package io.github.camelvoice.voice;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The one JSON form of statuses and accounts for routes: times in ISO 8601 (UTC), nothing where there is no value. Thread-safe. */
public final class SessionJson {

    private static final ObjectMapper JSON = new ObjectMapper().setSerializationInclusion(JsonInclude.Include.NON_NULL);

    private SessionJson() {
    }

    public static String write(SessionStatus status) {
        return text(values(status));
    }

    public static String write(SessionInfo info) {
        return text(values(info));
    }

    /** An array. */
    public static String statuses(List<SessionStatus> statuses) {
        return text(statuses.stream().map(SessionJson::values).toList());
    }

    /** An array. */
    public static String accounts(List<SessionInfo> infos) {
        return text(infos.stream().map(SessionJson::values).toList());
    }

    public static Map<String, Object> values(SessionStatus status) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", status.account());
        fields.put("sequence", status.sequence());
        put(fields, "time", text(status.time()));
        fields.put("status", status.type().name());
        fields.put("number", status.type().number());
        put(fields, "callId", status.callId());
        put(fields, "callee", status.callee());
        put(fields, "transferTarget", status.transferTarget());
        if (!status.headers().isEmpty()) {
            fields.put("headers", status.headers());
        }
        put(fields, "description", status.description());
        put(fields, "exceptionName", status.exceptionName());
        put(fields, "exceptionTraceback", status.exceptionTraceback());
        put(fields, "nluSessionName", status.nluSessionName());
        return fields;
    }

    public static Map<String, Object> values(SessionInfo info) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", info.account());
        put(fields, "owner", info.owner());
        info.registration().ifPresent(registration -> fields.put("registration", values(registration)));
        fields.put("started", info.started());
        if (info.started()) {
            fields.put("autoAnswerInterval", info.autoAnswerInterval());
        }
        put(fields, "callId", info.callId());
        if (info.status() != null) {
            fields.put("status", values(info.status()));
        }
        return fields;
    }

    private static Map<String, Object> values(RegistrationInfo registration) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("state", registration.state().name().toLowerCase(Locale.ROOT));
        put(fields, "server", registration.server());
        put(fields, "transport", registration.transport());
        put(fields, "registeredAt", text(registration.registeredAt()));
        put(fields, "expiresAt", text(registration.expiresAt()));
        if (registration.code() != 0) {
            fields.put("code", registration.code());
            put(fields, "phrase", registration.phrase());
        }
        if (registration.attempts() > 0) {
            fields.put("attempts", registration.attempts());
        }
        put(fields, "nextAt", text(registration.nextAt()));
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, String value) {
        if (value != null && !value.isEmpty()) {
            fields.put(name, value);
        }
    }

    private static String text(Instant at) {
        return at == null ? null : at.toString();
    }

    private static String text(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
