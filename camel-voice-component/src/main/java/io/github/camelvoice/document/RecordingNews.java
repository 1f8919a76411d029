package io.github.camelvoice.document;

import java.time.Instant;

/**
 * How a recording stands.
 *
 * @param id        its RecordingSid
 * @param url       where it can be fetched, without ending; null where nobody serves recordings
 * @param source    who asked for it, as {@link RecordingOrder#source()}
 * @param channels  1 or 2
 * @param startedAt wall time
 * @param millis    length of the audio; 0 while it runs
 * @param detail    why it failed, or is absent; empty else
 */
public record RecordingNews(String id, RecordingStatus status, String url, String source, int channels, Instant startedAt, long millis,
                            String detail) {

    /** Length in whole seconds, rounded. */
    public long seconds() {
        return Math.round(millis / 1000.0);
    }
}
