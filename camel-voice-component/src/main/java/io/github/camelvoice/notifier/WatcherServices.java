package io.github.camelvoice.notifier;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Timers;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What all watchers share. @param pool runs their mailboxes */
record WatcherServices(NotifierOptions options, Board board, Composer composer, EngineClock clock, Timers timers, Executor pool, Counts counts,
                       Consumer<Watcher> whenGone) {

    void gone(Watcher watcher) {
        whenGone.accept(watcher);
    }
}
