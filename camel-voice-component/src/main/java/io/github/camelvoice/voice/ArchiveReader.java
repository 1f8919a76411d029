package io.github.camelvoice.voice;

import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.StoreException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * The archive as routes use it. Reads run on a few threads of their own: a slow database holds up those who read, and no call. Thread-safe.
 */
final class ArchiveReader {

    static final int THREADS = 4;
    static final int QUEUE = 1_000;

    private final CallArchive archive;
    private final ExecutorService threads;
    private final Set<Runnable> followers = new CopyOnWriteArraySet<>();
    private final Set<String> names = ConcurrentHashMap.newKeySet();

    ArchiveReader(CallArchive archive, ExecutorService threads) {
        this.archive = archive;
        this.threads = threads;
        archive.onStored(() -> followers.forEach(Runnable::run));
    }

    CallArchive archive() {
        return archive;
    }

    ExecutorService threads() {
        return threads;
    }

    /** What is read of the archive. */
    @FunctionalInterface
    interface Read<T> {
        T from(CallArchive archive) throws StoreException, VoiceException;
    }

    /** @param callId for the message of the failure */
    <T> CompletionStage<T> read(String callId, Read<T> read) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try {
            threads.execute(() -> {
                try {
                    result.complete(read.from(archive));
                } catch (StoreException unreachable) {
                    result.completeExceptionally(new VoiceUnavailableException(callId, "the store of calls cannot be read now: "
                            + unreachable.getMessage(), unreachable));
                } catch (VoiceException | RuntimeException | Error failure) {
                    result.completeExceptionally(failure);
                }
            });
        } catch (RejectedExecutionException full) {
            result.completeExceptionally(new VoiceUnavailableException(callId, "too many reads of the store of calls wait already", full));
        }
        return result;
    }

    /** Runs the listener when entries have come to the store: it must be quick. */
    void follow(Runnable listener) {
        followers.add(listener);
    }

    void unfollow(Runnable listener) {
        followers.remove(listener);
    }

    /** Keeps two consumers from having one cursor. @return false if the name is in use */
    boolean claim(String consumerName) {
        return names.add(consumerName);
    }

    void release(String consumerName) {
        names.remove(consumerName);
    }
}
