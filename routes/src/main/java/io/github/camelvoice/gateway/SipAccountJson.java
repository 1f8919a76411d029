package io.github.camelvoice.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.camelvoice.registration.RegistrationInfo;
import io.github.camelvoice.session.SessionInfo;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.voice.SessionJson;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** SIP accounts and statuses as JSON, in the form of {@code voice:session}. No password is in any of it, nor our Contact: whoever knows that can call us. */
final class SipAccountJson {

    private static final ObjectMapper JSON = new ObjectMapper();

    private SipAccountJson() {
    }

    /**
     * @param all  those that were asked for, counted as a whole
     * @param most of them are listed
     * @param may  what the caller may do
     */
    static String page(List<SessionInfo> all, int most, Collection<String> may) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("count", all.size());
        root.put("registered", count(all, each -> state(each) == RegistrationInfo.State.REGISTERED));
        root.put("sessions", count(all, SessionInfo::started));
        root.put("calls", count(all, each -> !each.callId().isEmpty()));
        root.put("may", may);
        root.put("accounts", all.subList(0, Math.min(most, all.size())).stream().map(SessionJson::values).toList());
        return text(root);
    }

    private static long count(List<SessionInfo> all, Predicate<SessionInfo> wanted) {
        return all.stream().filter(wanted).count();
    }

    /** Of one that is not registered and not to be: gone. */
    static RegistrationInfo.State state(SessionInfo info) {
        return info.registration().map(RegistrationInfo::state).orElse(RegistrationInfo.State.GONE);
    }

    static String word(RegistrationInfo.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    static String account(SessionInfo info, Collection<String> may) {
        Map<String, Object> root = new LinkedHashMap<>(SessionJson.values(info));
        root.put("may", may);
        return text(root);
    }

    static String status(SessionStatus status) {
        return SessionJson.write(status);
    }

    static String history(List<SessionStatus> statuses, boolean more) {
        return text(Map.of("statuses", statuses.stream().map(SessionJson::values).toList(), "more", more));
    }

    private static String text(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an account is plain text", e);
        }
    }
}
