package io.github.camelvoice.store;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Questions to the store, for those who know nothing of stores. */
final class Asking {

    /** How long a reader waits for what has just happened to reach the store. */
    private static final Duration FRESHNESS_LIMIT = Duration.ofSeconds(5);

    private Asking() {
    }

    /** Something that the store knows. */
    interface Question<T> {
        T ask() throws StoreException;
    }

    static <T> T of(Question<T> question) throws IOException {
        try {
            return question.ask();
        } catch (StoreException away) {
            throw new IOException(away.getMessage(), away);
        }
    }

    /** Waits, for at most 5 s, until all that was appended before can be read. @throws StoreException if it cannot */
    static void catchUp(FedLog log) throws StoreException {
        try {
            log.stored().toCompletableFuture().get(FRESHNESS_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted", interrupted);
        } catch (ExecutionException | TimeoutException late) {
            throw new StoreException("the store is behind the calls", late);
        }
    }
}
