package io.github.camelvoice.store.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.callback.Callback;
import io.github.camelvoice.callback.CallbackQuery;
import io.github.camelvoice.callback.CallbackState;
import io.github.camelvoice.callback.Delivery;
import io.github.camelvoice.callback.Dispatcher;
import io.github.camelvoice.callback.Outcome;
import io.github.camelvoice.callback.Schedule;
import io.github.camelvoice.callback.Terms;
import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.runtime.ScheduledTimers;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.jdbc.JdbcStore;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.testkit.Postgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away: callbacks are taken and delivered all the same, and it hears of them later. */
@Tag("peer")
class CallbackOutageTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Terms TERMS = new Terms(Set.of(), 4, Schedule.DEFAULT);

    @TempDir
    Path folder;

    private static void send(Dispatcher dispatcher, String text) throws Exception {
        dispatcher.send(Callback.json("tap", "c1", "https://example.com/", text)).toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private CallArchive archive(String url) throws Exception {
        JdbcStore store = JdbcStores.postgresql(url, Postgres.USER, Postgres.PASSWORD);
        CallArchive archive = new CallArchive(store, new SpoolLog(store, Entries.quick(folder.resolve("spool")), EngineClock.SYSTEM),
                EngineClock.SYSTEM);
        archive.start();
        return archive;
    }

    @Test
    void nothingWaitsForTheDatabaseAndNothingIsLost() throws Exception {
        try (Postgres server = Postgres.start(); ScheduledTimers timers = new ScheduledTimers()) {
            String url = server.newDatabase("callbacks");
            List<String> bodies = new CopyOnWriteArrayList<>();
            try (CallArchive archive = archive(url); Dispatcher dispatcher = CallbackChild.dispatcher(archive, timers)) {
                dispatcher.start();
                dispatcher.attend(delivery -> take(bodies, delivery), TERMS);
                send(dispatcher, "before");
                await().until(() -> archive.callbacks(new CallbackQuery(CallbackState.DELIVERED, null, null, 10)).callbacks().size() == 1);
                server.stop();
                send(dispatcher, "meanwhile");
                await().until(() -> bodies.equals(List.of("before", "meanwhile")));
                server.startAgain();
                await().atMost(LONG).ignoreExceptions()
                        .until(() -> archive.callbacks(new CallbackQuery(CallbackState.DELIVERED, null, null, 10)).callbacks().size() == 2);
                server.stop();
                send(dispatcher, "fails");
            }
            bodies.clear();
            try (CallArchive archive = archive(url); Dispatcher dispatcher = CallbackChild.dispatcher(archive, timers)) {
                dispatcher.start();
                dispatcher.attend(delivery -> {
                    bodies.add(new String(delivery.callback().body()));
                    delivery.outcome().accept(new Outcome.Delivered());
                }, TERMS);
                send(dispatcher, "new");
                await().until(() -> bodies.equals(List.of("new")));
                server.startAgain();
                await().atMost(LONG).until(() -> bodies.equals(List.of("new", "fails")));
                assertThat(dispatcher.figures().trouble()).isNull();
            }
        }
    }

    private static void take(List<String> bodies, Delivery delivery) {
        String text = new String(delivery.callback().body());
        bodies.add(text);
        delivery.outcome().accept(text.equals("fails") ? new Outcome.Failed("not now", Duration.ofHours(1)) : new Outcome.Delivered());
    }
}
