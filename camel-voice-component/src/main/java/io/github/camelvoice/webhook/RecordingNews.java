package io.github.camelvoice.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What is told of a recording.
 *
 * @param url       where it can be fetched; null while there is none
 * @param seconds   how long it is, -1 while that is not known
 * @param channels  1 or 2
 * @param source    {@code DialVerb}, {@code RecordVerb}, {@code OutboundAPI}, {@code StartCallRecordingAPI}
 * @param track     {@code inbound}, {@code outbound} or {@code both}; null to say nothing
 * @param startedAt null to say nothing
 */
public record RecordingNews(String sid, String url, RecordingStatus status, long seconds, int channels, String source, String track,
                            Instant startedAt) {

    public RecordingNews {
        Objects.requireNonNull(sid, "sid");
        Objects.requireNonNull(status, "status");
    }

    /** As parameters, without those of the call. */
    List<Map.Entry<String, String>> fields() {
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        CallParameters.add(fields, "RecordingSid", sid);
        CallParameters.add(fields, "RecordingUrl", url);
        CallParameters.add(fields, "RecordingStatus", status.word());
        CallParameters.add(fields, "RecordingDuration", seconds < 0 ? null : Long.toString(seconds));
        CallParameters.add(fields, "RecordingChannels", Integer.toString(channels));
        CallParameters.add(fields, "RecordingSource", source);
        CallParameters.add(fields, "RecordingTrack", track);
        CallParameters.add(fields, "RecordingStartTime", startedAt == null ? null : StatusCallbacks.timestamp(startedAt));
        return fields;
    }
}
