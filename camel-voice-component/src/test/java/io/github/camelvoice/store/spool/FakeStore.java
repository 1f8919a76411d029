package io.github.camelvoice.store.spool;

import io.github.camelvoice.account.StoredUser;
import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.StoredCallback;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.LogEntry;
import io.github.camelvoice.trace.SipInfo;
import io.github.camelvoice.trace.TraceEntry;
import java.sql.SQLDataException;
import java.sql.SQLTransientConnectionException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;

/** Remembers what it is given, in order; fails, hangs, refuses, and loses its answers on command. */
final class FakeStore implements CallStore {

    final List<TraceEntry> entries = new ArrayList<>();
    final List<Integer> batches = new ArrayList<>();
    final Map<String, LiveTrace> live = new LinkedHashMap<>();
    long position;
    int applied;
    int purges;
    int expired;
    Instant purgedBefore;

    volatile boolean forgets;
    volatile boolean down;
    volatile RuntimeException bug;
    volatile Predicate<TraceEntry> refuses = entry -> false;
    volatile CountDownLatch hang;
    volatile int answersToLose;

    @Override
    public long usersVersion() {
        return 0;
    }

    @Override
    public List<StoredUser> users() {
        return List.of();
    }

    @Override
    public void putUser(StoredUser user) {
        throw new IllegalStateException("no users here");
    }

    @Override
    public boolean removeUser(String name) {
        return false;
    }

    @Override
    public List<AccountRow> accounts(String source) {
        return List.of();
    }

    @Override
    public List<byte[]> statuses(String source, String account, long after, int most) {
        return List.of();
    }

    @Override
    public List<CallRecord> children(String project, String callId, int most) {
        return List.of();
    }

    @Override
    public void apply(String source, long newPosition, List<? extends LogEntry> all) throws StoreException {
        answer();
        List<TraceEntry> given = all.stream().filter(TraceEntry.class::isInstance).map(TraceEntry.class::cast).toList();
        synchronized (this) {
            for (TraceEntry entry : given) {
                if (refuses.test(entry)) {
                    throw new StoreException("refused", new SQLDataException("value too long", "22001"));
                }
            }
            position = newPosition;
            applied++;
            if (forgets) {
                return;
            }
            entries.addAll(List.copyOf(given));
            batches.add(given.size());
            given.forEach(this::follow);
            if (answersToLose > 0) {
                answersToLose--;
                throw new StoreException("the connection broke", new SQLTransientConnectionException("broken", "08006"));
            }
        }
    }

    private void follow(TraceEntry entry) {
        if (entry instanceof TraceEntry.Opened opened) {
            live.put(opened.call().callId(), new LiveTrace(opened.trace(), opened.call()));
        } else if (entry instanceof TraceEntry.Ended ended) {
            live.remove(ended.call().callId());
        }
    }

    private void answer() throws StoreException {
        CountDownLatch latch = hang;
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException interrupted) {
                throw new StoreException("interrupted", interrupted);
            }
        }
        if (down) {
            throw new StoreException("the database is down", new SQLTransientConnectionException("refused", "08001"));
        }
        if (bug != null) {
            throw bug;
        }
    }

    synchronized List<TraceEntry> entries() {
        return List.copyOf(entries);
    }

    @Override
    public long position(String source) throws StoreException {
        answer();
        synchronized (this) {
            return position;
        }
    }

    @Override
    public List<LiveTrace> live(String source) throws StoreException {
        answer();
        synchronized (this) {
            return List.copyOf(live.values());
        }
    }

    @Override
    public synchronized int purge(Instant createdBefore, int most) {
        purges++;
        purgedBefore = createdBefore;
        int now = Math.min(expired, most);
        expired -= now;
        return now;
    }

    @Override
    public Optional<CallRecord> find(String project, String id) {
        return Optional.empty();
    }

    @Override
    public Optional<SipInfo> read(String project, String id) {
        return Optional.empty();
    }

    @Override
    public CallPage list(CallQuery query) {
        return new CallPage(List.of(), null);
    }

    @Override
    public List<NumberedCall> endedAfter(String source, long after, int most) {
        return List.of();
    }

    @Override
    public long lastEnded(String source) {
        return 0;
    }

    @Override
    public OptionalLong cursor(String source, String consumer) {
        return OptionalLong.empty();
    }

    @Override
    public void moveCursor(String source, String consumer, long number) {
        // Nobody reads.
    }

    @Override
    public List<StoredCallback> waitingCallbacks(String source, String receiver, long after, long below, int most) {
        return List.of();
    }

    @Override
    public Optional<Found> callback(String id) {
        return Optional.empty();
    }

    @Override
    public CallbackPage callbacks(CallbackQuery query) {
        return new CallbackPage(List.of(), null);
    }

    @Override
    public List<Row> takeUp(String source, int partition, boolean takeOver) {
        return List.of();
    }

    @Override
    public Optional<Row> subscription(String id) {
        return Optional.empty();
    }

    @Override
    public List<Row> subscriptions(String account, int most) {
        return List.of();
    }

    @Override
    public List<Errand> errands(int most) {
        return List.of();
    }

    @Override
    public Map<Integer, Long> beat(String source) {
        return Map.of();
    }

    @Override
    public Set<Integer> partitionsOfOthers(String source) {
        return Set.of();
    }

    @Override
    public void close() {
        // Nothing is open.
    }
}
