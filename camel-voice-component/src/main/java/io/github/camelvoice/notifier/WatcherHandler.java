package io.github.camelvoice.notifier;

import java.util.function.Consumer;

/** Decides who may watch. Called on threads of the notifier: to return at once. */
public interface WatcherHandler {

    /** Whether it decides about this one. Without side effects. */
    boolean wants(WatcherRequest request);

    /** @param decision to be told, now or later; where that takes more than 10 s the watcher pends meanwhile. After the first one use {@link Notifier#decide} */
    void asked(WatcherRequest request, Consumer<WatcherDecision> decision);
}
