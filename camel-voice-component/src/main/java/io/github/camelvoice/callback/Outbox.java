package io.github.camelvoice.callback;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Where callbacks are written down, and read again after a restart: a port of this room. Thread-safe; only {@link #waiting} waits. */
public interface Outbox {

    /** A number higher than all that were given before, also before a restart. */
    long nextNumber();

    /** @return false if there was no room, or the outbox is closed */
    boolean append(CallbackEntry entry);

    /** Done when all that was appended before survives the end of this process. Dependants must be quick. */
    CompletionStage<Void> durable();

    /** Done when all that was appended before can be read; fails while it cannot be. */
    CompletionStage<Void> stored();

    /** In plain words why nothing can be written down, null if it can. */
    String trouble();

    /**
     * Callbacks of this node that wait, as they were when they were stored last.
     *
     * @param receiver null for all, else {@link Callback#receiver}
     * @param after    the lowest number, exclusive
     * @param below    the highest number, exclusive
     */
    List<StoredCallback> waiting(String receiver, long after, long below, int most) throws IOException;
}
