package io.github.camelvoice.recording;

import java.time.Duration;

/**
 * How recordings are kept and reached.
 *
 * @param publicUrl beginning of their URLs, without a slash at the end; null where nobody serves them
 * @param retention how long they are kept, from their beginning; null for ever
 * @param targets   where they may be sent by name
 */
public record RecordingSettings(String publicUrl, Duration retention, Uploads.Targets targets) {

    /** Kept for ever, served by nobody, sent to URLs alone. */
    public static final RecordingSettings DEFAULT = new RecordingSettings(null, null, Uploads.Targets.NONE);

    /** Path of a recording, after the public URL and without ending. */
    public static String path(String account, String sid) {
        return "/api/laml/2010-04-01/Accounts/" + account + "/Recordings/" + sid;
    }

    String url(RecordingInfo info) {
        return publicUrl == null ? null : publicUrl + path(info.account(), info.sid());
    }
}
