package io.github.camelvoice.callback;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** An outbox on the heap: durable at once, or when the test says so; outlives its dispatcher. Thread-safe. */
final class FakeOutbox implements Outbox {

    final List<CallbackEntry> entries = new ArrayList<>();
    private final Map<Long, StoredCallback> stored = new TreeMap<>();
    private final List<CompletableFuture<Void>> unforced = new ArrayList<>();
    private long numbers = 1000;
    boolean slow;
    boolean full;
    volatile boolean down;
    int pages;

    @Override
    public synchronized long nextNumber() {
        return ++numbers;
    }

    @Override
    public synchronized boolean append(CallbackEntry entry) {
        if (full) {
            return false;
        }
        entries.add(entry);
        stored.compute(entry.number(), (number, was) -> after(was, entry));
        return true;
    }

    private static StoredCallback after(StoredCallback was, CallbackEntry entry) {
        if (entry instanceof CallbackEntry.Queued it) {
            return new StoredCallback(it.number(), it.id(), it.callback(), it.at(), it.at(), CallbackState.WAITING, null, null, 0, List.of());
        } else if (was == null) {
            return null;
        } else if (entry instanceof CallbackEntry.Attempted it) {
            List<Attempt> attempts = new ArrayList<>(was.attempts());
            attempts.add(it.attempt());
            return new StoredCallback(was.number(), was.id(), was.callback(), was.at(), was.since(), was.state(), null, null,
                    it.attempt().number(), attempts);
        } else if (entry instanceof CallbackEntry.Settled it) {
            return new StoredCallback(was.number(), was.id(), was.callback(), was.at(), was.since(), it.state(), it.at(), it.cause(), was.tried(),
                    was.attempts());
        }
        return new StoredCallback(was.number(), was.id(), was.callback(), was.at(), ((CallbackEntry.Replayed) entry).at(), CallbackState.WAITING,
                null, null, was.tried(), was.attempts());
    }

    synchronized StoredCallback stored(long number) {
        return stored.get(number);
    }

    synchronized List<StoredCallback> all() {
        return List.copyOf(stored.values());
    }

    /** How each callback came out, by body: {@code WAITING}, {@code DELIVERED}, {@code GIVEN_UP}. */
    synchronized Map<String, CallbackState> states() {
        Map<String, CallbackState> states = new LinkedHashMap<>();
        stored.values().forEach(each -> states.put(new String(each.callback().body()), each.state()));
        return states;
    }

    synchronized void force() {
        List<CompletableFuture<Void>> done = List.copyOf(unforced);
        unforced.clear();
        done.forEach(each -> each.complete(null));
    }

    synchronized void breakDown() {
        List<CompletableFuture<Void>> done = List.copyOf(unforced);
        unforced.clear();
        done.forEach(each -> each.completeExceptionally(new IOException("the disk is gone")));
    }

    @Override
    public synchronized CompletionStage<Void> durable() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        if (slow) {
            unforced.add(future);
        } else {
            future.complete(null);
        }
        return future;
    }

    @Override
    public CompletionStage<Void> stored() {
        return down ? CompletableFuture.failedFuture(new IOException("the database is down")) : CompletableFuture.completedFuture(null);
    }

    @Override
    public String trouble() {
        return full ? "the disk is full" : null;
    }

    @Override
    public synchronized List<StoredCallback> waiting(String receiver, long after, long below, int most) throws IOException {
        pages++;
        if (down) {
            throw new IOException("the database is down");
        }
        return stored.values().stream().filter(each -> each.number() > after && each.number() < below && each.state() == CallbackState.WAITING
                && (receiver == null || receiver.equals(each.callback().receiver()))).limit(most).toList();
    }
}
