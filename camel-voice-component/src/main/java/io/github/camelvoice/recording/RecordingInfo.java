package io.github.camelvoice.recording;

import io.github.camelvoice.document.RecordingNews;
import io.github.camelvoice.document.RecordingStatus;
import java.time.Instant;

/**
 * What is known of a recording.
 *
 * @param sid       {@code RE} and 32 hexadecimal digits
 * @param callId    the call that was recorded
 * @param account   that the call belongs to
 * @param source    who asked for it: {@code DialVerb}, {@code RecordVerb}, {@code OutboundAPI}, {@code StartCallRecordingAPI}
 * @param channels  1 or 2
 * @param startedAt wall time
 * @param millis    length of the audio, 0 until it has ended
 * @param detail    why it failed, or is absent; empty else
 * @param upload    how its sending elsewhere gets on; null where it goes nowhere
 */
public record RecordingInfo(String sid, String callId, String account, RecordingStatus status, String source, int channels, Instant startedAt,
                            long millis, String detail, Upload upload) {

    /**
     * Where it is sent.
     *
     * @param target   URL or name; may have credentials
     * @param method   PUT or POST
     * @param state    {@code pending}, {@code done} or {@code failed}
     * @param attempts that were made
     * @param detail   what went wrong last; empty if nothing did
     */
    public record Upload(String target, String method, String state, int attempts, String detail) {
        public static final String PENDING = "pending";
        public static final String DONE = "done";
        public static final String FAILED = "failed";
    }

    RecordingInfo ended(RecordingStatus how, long length, String why) {
        return new RecordingInfo(sid, callId, account, how, source, channels, startedAt, length, why, upload);
    }

    RecordingInfo with(Upload how) {
        return new RecordingInfo(sid, callId, account, status, source, channels, startedAt, millis, detail, how);
    }

    /** @param url where it can be fetched, null for nowhere */
    public RecordingNews news(String url) {
        return new RecordingNews(sid, status, url, source, channels, startedAt, millis, detail);
    }
}
