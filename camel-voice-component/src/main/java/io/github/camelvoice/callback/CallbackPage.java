package io.github.camelvoice.callback;

import java.util.List;

/**
 * Callbacks, newest first.
 *
 * @param nextPageToken where the next page begins, null if this is the last
 */
public record CallbackPage(List<StoredCallback> callbacks, String nextPageToken) {

    public CallbackPage {
        callbacks = List.copyOf(callbacks);
    }
}
