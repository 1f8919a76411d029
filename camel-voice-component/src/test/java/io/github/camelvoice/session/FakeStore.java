package io.github.camelvoice.session;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps in memory, as long as the test lives; {@link #fails} as the test wants. */
final class FakeStore implements SessionStore {

    final Map<String, Kept> kept = new LinkedHashMap<>();
    final List<SessionStatus> statuses = new ArrayList<>();
    boolean fails;

    @Override
    public synchronized CompletionStage<Void> put(Kept account) {
        if (fails) {
            return CompletableFuture.failedFuture(new IOException("the disk is full"));
        }
        kept.put(account.account().name(), account);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized CompletionStage<Void> remove(String account) {
        kept.remove(account);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public synchronized void add(SessionStatus status) {
        statuses.add(status);
    }

    @Override
    public synchronized List<Kept> load() throws IOException {
        if (fails) {
            throw new IOException("the database is away");
        }
        List<Kept> list = new ArrayList<>();
        for (Kept one : kept.values()) {
            long last = statuses.stream().filter(status -> status.account().equals(one.account().name())).mapToLong(SessionStatus::sequence).max().orElse(0);
            list.add(one.withSequence(last));
        }
        return list;
    }

    @Override
    public synchronized List<SessionStatus> history(String account, long after, int most) {
        List<SessionStatus> all = statuses.stream().filter(status -> status.account().equals(account) && status.sequence() > after).toList();
        return all.subList(Math.max(0, all.size() - most), all.size());
    }
}
