package io.github.camelvoice.store;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.SessionStore;
import io.github.camelvoice.store.secret.SecretBox;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accounts of ours and their statuses in the log and the store of the calls. */
final class StoredSessions implements SessionStore {

    private static final Logger LOG = LoggerFactory.getLogger(StoredSessions.class);
    private static final long PATIENCE_MILLIS = 10_000;
    private static final long LOG_EVERY = TimeUnit.SECONDS.toNanos(60);
    /** Statuses that wait in memory while the log takes none. */
    static final int MOST_HELD = 10_000;
    private static final int LOOK_EVERY = 64;

    private final FedLog log;
    private final CallStore store;
    private final EngineClock clock;
    private final SecretBox secrets;
    private final int most;
    /** Statuses are not to fill the disk that calls need; guarded by this, as all below. */
    private final Deque<SessionEntry.Status> held = new ArrayDeque<>();
    private int sinceLook;
    private long loggedAt;

    StoredSessions(FedLog log, CallStore store, EngineClock clock, Keeping keeping) {
        this.log = log;
        this.store = store;
        this.clock = clock;
        this.secrets = keeping.secrets();
        this.most = keeping.history();
        this.loggedAt = clock.nanos() - LOG_EVERY;
        log.onStored(this::flush);
    }

    @Override
    public CompletionStage<Void> put(Kept kept) {
        byte[] details = SessionForm.pack(kept, secrets);
        if (details.length > SessionForm.MOST) {
            return failed("the account is too large to be kept: " + details.length + " bytes, at most " + SessionForm.MOST);
        }
        return written(new SessionEntry.Put(log.nextTrace(), kept.account().name(), details));
    }

    @Override
    public CompletionStage<Void> remove(String account) {
        return written(new SessionEntry.Removed(log.nextTrace(), account));
    }

    private CompletionStage<Void> written(SessionEntry entry) {
        String trouble = log.trouble();
        if (trouble != null) {
            return failed(trouble);
        }
        if (!log.append(entry)) {
            return failed("there is no room in the log");
        }
        return log.durable().toCompletableFuture().copy().orTimeout(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)
                .handle((nothing, late) -> late == null ? CompletableFuture.<Void>completedStage(null) : failed("it could not be written down in time"))
                .thenCompose(stage -> stage);
    }

    private static CompletionStage<Void> failed(String why) {
        return CompletableFuture.failedFuture(new IOException(why));
    }

    @Override
    public synchronized void add(SessionStatus status) {
        SessionEntry.Status entry = new SessionEntry.Status(log.nextTrace(), status.account(), status.sequence(), status.time(), most,
                SessionForm.pack(status));
        if (!held.isEmpty() || isFarBehind() || !log.append(entry)) {
            complain("the store is far behind, or the log is full: statuses of accounts wait in memory, {} at most", MOST_HELD);
            if (held.size() == MOST_HELD) {
                held.removeFirst();
            }
            held.addLast(entry);
        }
    }

    private boolean isFarBehind() {
        sinceLook = (sinceLook + 1) % LOOK_EVERY;
        return sinceLook == 0 && log.figures().waitingBytes() > HeldStates.MOST_WAITING;
    }

    private synchronized void complain(String message, Object... parts) {
        if (clock.nanos() - loggedAt >= LOG_EVERY) {
            loggedAt = clock.nanos();
            LOG.warn(message, parts);
        }
    }

    private synchronized void flush() {
        if (held.isEmpty() || log.trouble() != null || log.figures().waitingBytes() > HeldStates.MOST_WAITING / 2) {
            return;
        }
        while (!held.isEmpty()) {
            SessionEntry.Status next = held.removeFirst();
            if (!log.append(next)) {
                held.addFirst(next);
                return;
            }
        }
    }

    @Override
    public List<Kept> load() throws IOException {
        catchUp();
        List<Kept> found = new ArrayList<>();
        List<String> sealed = new ArrayList<>();
        for (SessionRows.AccountRow row : Asking.of(() -> store.accounts(log.source()))) {
            try {
                SessionForm.Opened opened = SessionForm.unpack(row, secrets);
                Kept kept = opened.kept();
                found.add(kept);
                if (!kept.trouble().isEmpty()) {
                    sealed.add(kept.account().name() + ": " + kept.trouble());
                } else if (opened.old()) {
                    put(kept);
                }
            } catch (RuntimeException broken) {
                complain("an account cannot be read, and is not known until it is registered anew: {}", broken.toString());
            }
        }
        if (!sealed.isEmpty()) {
            LOG.error("{} of {} accounts cannot be registered: {}{}", sealed.size(), found.size(), sealed.get(0), sealed.size() > 1 ? "; and so on" : "");
        }
        found.sort(Comparator.comparing(kept -> kept.account().name()));
        return found;
    }

    @Override
    public List<SessionStatus> history(String account, long after, int limit) throws IOException {
        catchUp();
        List<SessionStatus> found = new ArrayList<>();
        for (byte[] row : Asking.of(() -> store.statuses(log.source(), account, after, Math.min(limit, most)))) {
            try {
                found.add(SessionForm.unpackStatus(row));
            } catch (RuntimeException broken) {
                complain("a status of {} cannot be read: {}", account, broken.toString());
            }
        }
        return found;
    }

    /** What was told can be read. */
    private void catchUp() throws IOException {
        flush();
        synchronized (this) {
            if (!held.isEmpty()) {
                throw new IOException("the store is behind");
            }
        }
        Asking.of(() -> {
            Asking.catchUp(log);
            return null;
        });
    }
}
