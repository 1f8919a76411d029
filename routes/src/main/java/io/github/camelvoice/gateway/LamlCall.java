package io.github.camelvoice.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.CallStatus;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.webhook.CallParameters;
import io.github.camelvoice.webhook.StatusCallbacks;
import java.time.Duration;
import java.time.Instant;

/**
 * A call as the 2010-04-01 API shows it, live or past.
 *
 * @param direction {@code inbound}, {@code outbound-api} or {@code outbound-dial}
 * @param parent    id of the call that it was placed for, null for none
 */
record LamlCall(String id, CallStatus status, String direction, String from, String to, String callerName, String parent, Instant createdAt,
                Instant answeredAt, Instant endedAt) {

    static LamlCall of(CallSnapshot call) {
        return new LamlCall(call.callId(), listed(CallStatus.of(call)), CallParameters.direction(call), call.from().uri(), call.to().uri(),
                call.from().displayName(), call.parentCallId(), call.createdAt(), call.answeredAt(), call.endedAt());
    }

    static LamlCall of(CallRecord call) {
        CallStatus status = call.isOver() ? CallStatus.ofEnd(call.answeredAt() != null, call.cause())
                : call.answeredAt() != null ? CallStatus.IN_PROGRESS : call.ringingAt() != null || call.direction() == CallDirection.INBOUND
                ? CallStatus.RINGING : CallStatus.QUEUED;
        String direction = call.direction() == CallDirection.INBOUND ? "inbound" : call.parentCallId() == null ? "outbound-api" : "outbound-dial";
        return new LamlCall(call.callId(), status, direction, call.from(), call.to(), "", call.parentCallId(), call.createdAt(), call.answeredAt(),
                call.endedAt());
    }

    /** Lists do not know {@code initiated}. */
    private static CallStatus listed(CallStatus status) {
        return status == CallStatus.INITIATED ? CallStatus.QUEUED : status;
    }

    /** @param base path of the account: {@code /2010-04-01/Accounts/AC…} */
    ObjectNode json(String base, String account) {
        String uri = base + "/Calls/" + id;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sid", id).put("account_sid", account).put("api_version", CallParameters.API_VERSION);
        json.put("parent_call_sid", parent).put("status", status.word()).put("direction", direction);
        json.put("from", from).put("from_formatted", from).put("to", to).put("to_formatted", to);
        json.put("caller_name", callerName.isEmpty() ? null : callerName);
        json.put("date_created", time(createdAt)).put("date_updated", time(endedAt != null ? endedAt : answeredAt != null ? answeredAt : createdAt));
        json.put("start_time", time(createdAt)).put("end_time", time(endedAt));
        json.put("duration", endedAt == null ? null : Long.toString(answeredAt == null ? 0
                : Math.max(0, (Duration.between(answeredAt, endedAt).toMillis() + 500) / 1_000)));
        for (String unknown : new String[] {"phone_number_sid", "price", "price_unit", "answered_by", "annotation", "forwarded_from", "group_sid",
            "trunk_sid"}) {
            json.putNull(unknown);
        }
        json.put("queue_time", "0").put("uri", uri + ".json");
        json.putObject("subresource_uris").put("recordings", uri + "/Recordings.json");
        return json;
    }

    private static String time(Instant time) {
        return time == null ? null : StatusCallbacks.timestamp(time);
    }
}
