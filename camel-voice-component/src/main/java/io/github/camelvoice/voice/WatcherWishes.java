package io.github.camelvoice.voice;

import io.github.camelvoice.notifier.WatcherDecision;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Watchers whom no route has decided about yet, by id. Thread-safe. */
final class WatcherWishes {

    private final Map<String, Consumer<WatcherDecision>> undecided = new ConcurrentHashMap<>();

    void add(String watcherId, Consumer<WatcherDecision> decision) {
        undecided.put(watcherId, decision);
    }

    /** @return false if somebody was quicker */
    boolean decide(String watcherId, WatcherDecision decision) {
        Consumer<WatcherDecision> first = undecided.remove(watcherId);
        if (first != null) {
            first.accept(decision);
        }
        return first != null;
    }
}
