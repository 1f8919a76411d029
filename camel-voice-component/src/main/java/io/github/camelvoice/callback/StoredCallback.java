package io.github.camelvoice.callback;

import java.time.Instant;
import java.util.List;

/**
 * A callback as it is kept.
 *
 * @param number    its number at its source
 * @param id        by which receivers know it
 * @param at        when it was taken
 * @param since     when it was taken or replayed last: from then on its time runs
 * @param settledAt when it was delivered or given up, null while it waits
 * @param cause     why it was given up, null if it was not
 * @param tried     how often it was tried
 * @param attempts  the attempts in order; empty in a list
 */
public record StoredCallback(long number, String id, Callback callback, Instant at, Instant since, CallbackState state, Instant settledAt,
                             String cause, int tried, List<Attempt> attempts) {

    public StoredCallback {
        attempts = List.copyOf(attempts);
    }
}
