package io.github.camelvoice.store;

import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.callback.Outbox;
import io.github.camelvoice.callback.StoredCallback;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Callbacks in the log and the store of the calls. */
final class StoredOutbox implements Outbox {

    private final FedLog log;
    private final CallStore store;

    StoredOutbox(FedLog log, CallStore store) {
        this.log = log;
        this.store = store;
    }

    @Override
    public long nextNumber() {
        return log.nextTrace();
    }

    @Override
    public boolean append(CallbackEntry entry) {
        return log.append(entry);
    }

    @Override
    public CompletionStage<Void> durable() {
        return log.durable();
    }

    @Override
    public CompletionStage<Void> stored() {
        return log.stored();
    }

    @Override
    public String trouble() {
        return log.trouble();
    }

    @Override
    public List<StoredCallback> waiting(String receiver, long after, long below, int most) throws IOException {
        try {
            return store.waitingCallbacks(log.source(), receiver, after, below, most);
        } catch (StoreException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
    }
}
