package io.github.camelvoice.account;

import java.time.Instant;
import java.util.List;

/**
 * Where a user can be reached: a contact that was registered. Immutable.
 *
 * @param id           of this binding for as long as it lives
 * @param user         whose it is
 * @param aor          address of record, as it was registered
 * @param contact      URI
 * @param key          equal for URIs that are equal
 * @param target       where requests go: the contact, or where its REGISTER came from
 * @param path         what requests pass on their way, the nearest to us first
 * @param quality      q in thousandths
 * @param instance     of the device (RFC 5626), empty if it said none
 * @param regId        which flow of that device (RFC 5626), 0 if it said none
 * @param callId       of the REGISTER
 * @param sequence     of the REGISTER
 * @param transport    of the REGISTER
 * @param source       host and port that it came from
 * @param userAgent    empty if it said none
 * @param registeredAt when it was made
 * @param refreshedAt  when it was registered last
 * @param expires      seconds from then
 * @param deadline     the same on the monotonic clock, nanoseconds
 */
public record Binding(String id, String user, String aor, String contact, String key, String target, List<String> path, int quality,
                      String instance, int regId, String callId, long sequence, String transport, String source, String userAgent, Instant registeredAt,
                      Instant refreshedAt, int expires, long deadline) {

    public Binding {
        path = List.copyOf(path);
    }

    /** Seconds that are left at this time of the monotonic clock, 0 and more; a begun second counts. */
    public int left(long nanos) {
        long left = deadline - nanos;
        return left <= 0 ? 0 : (int) ((left + 999_999_999L) / 1_000_000_000L);
    }
}
