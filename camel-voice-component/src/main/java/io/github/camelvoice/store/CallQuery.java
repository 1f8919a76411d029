package io.github.camelvoice.store;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause;
import java.time.Instant;

/**
 * Which calls to list; null parts ask nothing.
 *
 * @param project  project of the calls
 * @param party    text that caller or called URI must contain, case ignored
 * @param cause    why the call ended
 * @param since    created then or later
 * @param until    created before
 * @param live     true: only those that live; false: only those that are over
 * @param pageToken what {@link CallPage#nextPageToken} of the page before said
 * @param limit    most calls of the page, 1 to 1000
 */
public record CallQuery(String project, String party, CallDirection direction, EndCause.Kind cause, Instant since, Instant until, Boolean live,
                        String pageToken, int limit) {
}
