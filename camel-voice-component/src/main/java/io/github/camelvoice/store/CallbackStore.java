package io.github.camelvoice.store;

import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.StoredCallback;
import java.util.List;
import java.util.Optional;

/** Keeps callbacks beside calls: they come with the same entries. Thread-safe; methods wait for the database. */
public interface CallbackStore {

    /**
     * Callbacks of a source that wait, with numbers above {@code after} and below {@code below}, ascending; without their attempts.
     *
     * @param receiver null for all, else {@link io.github.camelvoice.callback.Callback#receiver}
     */
    List<StoredCallback> waitingCallbacks(String source, String receiver, long after, long below, int most) throws StoreException;

    /** The callback with this id, with its attempts. */
    Optional<Found> callback(String id) throws StoreException;

    /** @param source the log that it came from: the node that delivers it */
    record Found(String source, StoredCallback callback) {
    }

    /** A page of callbacks, newest first. @throws IllegalArgumentException if the page token is none */
    CallbackPage callbacks(CallbackQuery query) throws StoreException;
}
