package io.github.camelvoice.document;

import io.github.camelvoice.call.CallSnapshot;
import io.github.camelvoice.call.SipHeaders;
import io.github.camelvoice.dial.DialResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the application of a Dial is told of it, beyond the standard parameters of the call. */
final class DialParameters {

    private static final int MOST_HEADERS = 32;

    private DialParameters() {
    }

    /**
     * @param leg       the winner, or the leg with the best refusal, as it is now; null if nobody was called
     * @param answered  headers of its 200, none if there was none
     * @param recording null without one
     */
    static List<Map.Entry<String, String>> of(DialResult result, CallSnapshot leg, SipHeaders answered, RecordingNews recording, Instant now) {
        List<Map.Entry<String, String>> parameters = new ArrayList<>();
        parameters.add(Map.entry("DialCallStatus", result.outcome().name().toLowerCase(Locale.ROOT).replace('_', '-')));
        if (leg != null) {
            parameters.add(Map.entry("DialCallSid", leg.callId()));
            parameters.add(Map.entry("DialCallDuration", String.valueOf(seconds(leg, now))));
        }
        parameters.add(Map.entry("DialBridged", String.valueOf(result.bridged())));
        if (recording != null && recording.status() == RecordingStatus.COMPLETED) {
            parameters.add(Map.entry("RecordingSid", recording.id()));
            if (recording.url() != null) {
                parameters.add(Map.entry("RecordingUrl", recording.url()));
            }
            parameters.add(Map.entry("RecordingDuration", String.valueOf(recording.seconds())));
        }
        if (leg != null) {
            parameters.add(Map.entry("DialSipCallId", leg.sipCallId()));
            parameters.add(Map.entry("DialSipResponseCode", String.valueOf(result.sipCode())));
            Map<String, String> headers = headers("DialSipHeader_", answered);
            headers.putAll(headers("DialSipHeader_", leg.responseHeaders()));
            headers.forEach((name, value) -> parameters.add(Map.entry(name, value)));
        }
        return parameters;
    }

    private static long seconds(CallSnapshot leg, Instant now) {
        if (leg.answeredAt() == null) {
            return 0;
        }
        Duration lasted = Duration.between(leg.answeredAt(), leg.endedAt() == null ? now : leg.endedAt());
        return Math.max(0, Math.round(lasted.toMillis() / 1000.0));
    }

    /** Those of a message that begin with {@code X-}, by the names that they came with; of several of one name the last. */
    private static Map<String, String> headers(String prefix, SipHeaders headers) {
        Map<String, String> told = new LinkedHashMap<>();
        for (SipHeaders.Field field : headers) {
            if (field.name().regionMatches(true, 0, "x-", 0, 2) && told.size() < MOST_HEADERS) {
                told.put(prefix + field.name(), field.value());
            }
        }
        return told;
    }
}
