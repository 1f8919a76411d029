package io.github.camelvoice.notifier;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What is published, and who looks at it. Thread-safe; nothing here waits: watchers are told on their own mailboxes. */
final class Board {

    /** A publication. @param tag its entity tag; the engine's own publication has none: an empty one */
    record Entry(String tag, Body body) {
    }

    /** Oldest first. */
    private final ConcurrentMap<ResourceKey, List<Entry>> entries = new ConcurrentHashMap<>();
    private final ConcurrentMap<ResourceKey, Set<Watched>> watching = new ConcurrentHashMap<>();
    private final AtomicInteger published = new AtomicInteger();

    void put(ResourceKey key, Entry entry) {
        replace(key, entry.tag(), entry);
    }

    void remove(ResourceKey key, String tag) {
        entries.computeIfPresent(key, (k, known) -> {
            List<Entry> list = without(known, tag);
            count(known, list);
            return list.isEmpty() ? null : List.copyOf(list);
        });
        changed(key);
    }

    /** A publication takes the place of an earlier one of its publisher, and is the latest now. */
    void replace(ResourceKey key, String old, Entry entry) {
        entries.compute(key, (k, known) -> {
            List<Entry> list = without(known, old);
            list.add(entry);
            count(known, list);
            return List.copyOf(list);
        });
        changed(key);
    }

    /** The same publication with another tag: nothing that watchers would hear of. */
    void rename(ResourceKey key, String old, String tag) {
        entries.computeIfPresent(key, (k, known) ->
                known.stream().map(each -> each.tag().equals(old) ? new Entry(tag, each.body()) : each).toList());
    }

    private static List<Entry> without(List<Entry> known, String tag) {
        List<Entry> list = new ArrayList<>();
        if (known != null) {
            known.stream().filter(each -> !each.tag().equals(tag)).forEach(list::add);
        }
        return list;
    }

    private void count(List<Entry> before, List<Entry> after) {
        published.addAndGet(after.size() - (before == null ? 0 : before.size()));
    }

    /** Oldest first. */
    List<Entry> entries(ResourceKey key) {
        return entries.getOrDefault(key, List.of());
    }

    int published() {
        return published.get();
    }

    void watch(Watched watched) {
        watching.compute(watched.key(), (key, known) -> {
            Set<Watched> all = known == null ? ConcurrentHashMap.newKeySet(2) : known;
            all.add(watched);
            return all;
        });
    }

    void forget(Watched watched) {
        watching.computeIfPresent(watched.key(), (key, known) -> {
            known.remove(watched);
            return known.isEmpty() ? null : known;
        });
    }

    void changed(ResourceKey key) {
        watchers(key).forEach(Watched::changed);
    }

    /** Each watcher is told this, whatever comes after it. */
    void report(ResourceKey key, Body report) {
        watchers(key).forEach(each -> each.reported(report));
    }

    private Set<Watched> watchers(ResourceKey key) {
        return watching.getOrDefault(key, Set.of());
    }
}
