package io.github.camelvoice.store.memory;

import io.github.camelvoice.callback.Attempt;
import io.github.camelvoice.callback.CallbackEntry;
import io.github.camelvoice.callback.CallbackPage;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.StoredCallback;
import io.github.camelvoice.store.CallbackKey;
import io.github.camelvoice.store.CallbackStore.Found;
import io.github.camelvoice.store.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Callbacks on the heap. Where there are too many, those settled longest ago leave; those that wait stay. Guarded by its owner. */
final class HeldCallbacks {

    /** Callbacks that are kept beside those that wait. */
    private static final int MOST_SETTLED = 10_000;
    /** Callbacks that may wait. */
    private static final int MOST_WAITING = 50_000;
    private static final long MOST_BYTES = 16L << 20;

    private record Held(String source, StoredCallback callback) {

        CallbackKey key() {
            return new CallbackKey(Micros.of(callback.at()), callback.number());
        }

        CallbackKey end() {
            return new CallbackKey(Micros.of(callback.settledAt()), callback.number());
        }

        int bytes() {
            return callback.callback().body().length + 100 * callback.attempts().size();
        }
    }

    private final Map<String, TreeMap<Long, Held>> sources = new HashMap<>();
    private final Map<String, Held> byId = new HashMap<>();
    private final TreeMap<CallbackKey, Held> all = new TreeMap<>();
    private final TreeMap<CallbackKey, Held> settled = new TreeMap<>();
    private long settledBytes;

    boolean hasRoom() {
        return all.size() - settled.size() < MOST_WAITING;
    }

    void apply(String source, CallbackEntry entry) {
        TreeMap<Long, Held> known = sources.computeIfAbsent(source, name -> new TreeMap<>());
        Held before = known.get(entry.number());
        if (entry instanceof CallbackEntry.Queued queued) {
            if (before == null) {
                put(new Held(source, new StoredCallback(queued.number(), queued.id(), queued.callback(), queued.at(), queued.at(),
                        CallbackState.WAITING, null, null, 0, List.of())));
            }
        } else if (before != null) {
            remove(before);
            put(new Held(source, after(before.callback(), entry)));
        }
        while (settled.size() > MOST_SETTLED || settledBytes > MOST_BYTES) {
            remove(settled.firstEntry().getValue());
        }
    }

    private static StoredCallback after(StoredCallback was, CallbackEntry entry) {
        if (entry instanceof CallbackEntry.Attempted attempted && attempted.attempt().number() > was.tried()) {
            List<Attempt> attempts = new ArrayList<>(was.attempts());
            attempts.add(attempted.attempt());
            return new StoredCallback(was.number(), was.id(), was.callback(), was.at(), was.since(), was.state(), was.settledAt(), was.cause(),
                    attempted.attempt().number(), attempts);
        } else if (entry instanceof CallbackEntry.Settled end) {
            return new StoredCallback(was.number(), was.id(), was.callback(), was.at(), was.since(), end.state(), end.at(), end.cause(),
                    was.tried(), was.attempts());
        } else if (entry instanceof CallbackEntry.Replayed replayed) {
            return new StoredCallback(was.number(), was.id(), was.callback(), was.at(), replayed.at(), CallbackState.WAITING, null, null,
                    was.tried(), was.attempts());
        }
        return was;
    }

    private void put(Held held) {
        sources.get(held.source()).put(held.callback().number(), held);
        byId.put(held.callback().id(), held);
        all.put(held.key(), held);
        if (held.callback().settledAt() != null) {
            settled.put(held.end(), held);
            settledBytes += held.bytes();
        }
    }

    private void remove(Held held) {
        sources.get(held.source()).remove(held.callback().number());
        byId.remove(held.callback().id());
        all.remove(held.key());
        if (held.callback().settledAt() != null && settled.remove(held.end()) != null) {
            settledBytes -= held.bytes();
        }
    }

    List<StoredCallback> waiting(String source, String receiver, long after, long below, int most) {
        TreeMap<Long, Held> known = sources.get(source);
        return known == null || after >= below ? List.of() : known.subMap(after, false, below, false).values().stream().map(Held::callback)
                .filter(each -> each.state() == CallbackState.WAITING
                    && (receiver == null || receiver.equals(each.callback().receiver()))).limit(most).map(HeldCallbacks::listed).toList();
    }

    Optional<Found> find(String id) {
        return Optional.ofNullable(byId.get(id)).map(held -> new Found(held.source(), held.callback()));
    }

    CallbackPage page(CallbackQuery query) {
        CallbackKey from = CallbackKey.of(query);
        List<StoredCallback> page = new ArrayList<>();
        for (Held held : (from == null ? all : all.headMap(from, false)).descendingMap().values()) {
            StoredCallback callback = held.callback();
            if (query.state() != null && query.state() != callback.state()
                    || query.callId() != null && !query.callId().equals(callback.callback().callId())) {
                continue;
            }
            if (page.size() == query.limit()) {
                StoredCallback last = page.get(page.size() - 1);
                return new CallbackPage(page, new CallbackKey(Micros.of(last.at()), last.number()).token());
            }
            page.add(listed(callback));
        }
        return new CallbackPage(page, null);
    }

    private static StoredCallback listed(StoredCallback it) {
        return new StoredCallback(it.number(), it.id(), it.callback(), it.at(), it.since(), it.state(), it.settledAt(), it.cause(), it.tried(),
                List.of());
    }

    int purge(Instant settledBefore, int most) {
        List<Held> old = settled.headMap(new CallbackKey(Micros.of(settledBefore), 0), false).values().stream().limit(most).toList();
        old.forEach(this::remove);
        return old.size();
    }
}
