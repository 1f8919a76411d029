package io.github.camelvoice.store.spool;

import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.callback.Outcome;
import io.github.camelvoice.callback.Schedule;
import io.github.camelvoice.callback.Terms;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.Ids;
import io.github.camelvoice.runtime.ScheduledTimers;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.jdbc.JdbcStores;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;

/**
 * A process of its own that sends callbacks of five calls until it is killed, to a receiver that takes each third and fails for the others. Prints
 * {@code sent N} when it was told that N is written down, {@code tried ID N} and {@code took ID N}. Arguments: folder, first number.
 */
final class CallbackChild {

    private CallbackChild() {
    }

    static Dispatcher dispatcher(CallArchive archive, ScheduledTimers timers) {
        return new Dispatcher(archive.outbox(), EngineClock.SYSTEM, timers, Executors.newFixedThreadPool(2), new Ids("n1"), url -> { });
    }

    static CallArchive archive(Path folder) throws Exception {
        CallStore store = JdbcStores.h2(folder.resolve("database"));
        return new CallArchive(store, new SpoolLog(store, Entries.quick(folder.resolve("spool")), EngineClock.SYSTEM), EngineClock.SYSTEM);
    }

    public static void main(String[] arguments) throws Exception {
        CallArchive archive = archive(Path.of(arguments[0]));
        archive.start();
        Dispatcher dispatcher = dispatcher(archive, new ScheduledTimers());
        dispatcher.start();
        dispatcher.attend(delivery -> {
            String text = new String(delivery.callback().body());
            boolean takes = Integer.parseInt(text) % 3 == 0;
            System.out.println((takes ? "took " : "tried ") + delivery.id() + " " + text);
            delivery.outcome().accept(takes ? new Outcome.Delivered() : new Outcome.Failed("not now", null));
        }, new Terms(Set.of(), 4, Schedule.DEFAULT));
        int first = Integer.parseInt(arguments[1]);
        for (int number = first;; number++) {
            int told = number;
            String call = first + "-" + number % 5;
            CompletionStage<Void> sent = dispatcher.send(Callback.json("tap", call, "https://example.com/", Integer.toString(number)));
            sent.thenRun(() -> System.out.println("sent " + told));
            if (number % 10 == 0) {
                sent.toCompletableFuture().get();
            }
        }
    }
}
