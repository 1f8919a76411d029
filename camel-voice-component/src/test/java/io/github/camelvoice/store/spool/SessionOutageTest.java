package io.github.camelvoice.store.spool;

import static io.github.camelvoice.store.SessionSamples.kept;
import static io.github.camelvoice.store.SessionSamples.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.session.SessionStatus;
import io.github.camelvoice.session.SessionStore;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.Keeping;
import io.github.camelvoice.store.jdbc.JdbcStore;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.store.secret.SecretKeys;
import io.github.camelvoice.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that goes away: accounts are made known and statuses come all the same, and it has them later, in order. */
@Tag("peer")
class SessionOutageTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static final String ALICE = "alice@example.com";
    private static final String BOB = "bob@example.com";

    @TempDir
    Path folder;

    private CallArchive archive(String url) throws Exception {
        JdbcStore store = JdbcStores.postgresql(url, Postgres.USER, Postgres.PASSWORD);
        CallArchive archive = new CallArchive(store, new SpoolLog(store, Entries.quick(folder.resolve("spool"), Duration.ofMillis(500)),
                EngineClock.SYSTEM), EngineClock.SYSTEM, new Keeping(SecretKeys.of(null, "voice.secret.key", folder), 50));
        archive.start();
        return archive;
    }

    private static void add(SessionStore sessions, long from, long to) {
        LongStream.rangeClosed(from, to).forEach(sequence -> sessions.add(status(ALICE, sequence)));
    }

    private static List<Long> sequences(SessionStore sessions) throws IOException {
        return sessions.history(ALICE, 0, 1_000).stream().map(SessionStatus::sequence).toList();
    }

    @Test
    void nothingWaitsForTheDatabaseAndNothingIsLost() throws Exception {
        try (Postgres server = Postgres.start()) {
            String url = server.newDatabase("sessions");
            try (CallArchive archive = archive(url)) {
                SessionStore sessions = archive.sessions();
                sessions.put(kept(ALICE, "one")).toCompletableFuture().get(10, TimeUnit.SECONDS);
                add(sessions, 1, 10);
                assertThat(sequences(sessions)).hasSize(10);
                server.stop();
                sessions.put(kept(BOB, "two")).toCompletableFuture().get(10, TimeUnit.SECONDS);
                add(sessions, 11, 40);
                assertThatThrownBy(() -> sequences(sessions)).isInstanceOf(IOException.class).message().doesNotContain("two");
                server.startAgain();
                await().atMost(LONG).ignoreExceptions().until(() -> sequences(sessions).size() == 40);
                server.stop();
                add(sessions, 41, 120);
                sessions.remove(BOB).toCompletableFuture().get(10, TimeUnit.SECONDS);
            }
            try (CallArchive archive = archive(url)) {
                SessionStore sessions = archive.sessions();
                assertThatThrownBy(sessions::load).isInstanceOf(IOException.class);
                server.startAgain();
                await().atMost(LONG).ignoreExceptions().until(() -> !sessions.load().isEmpty());
                assertThat(sessions.load()).extracting(kept -> kept.account().password()).containsExactly("one");
                assertThat(sequences(sessions)).containsExactlyElementsOf(LongStream.rangeClosed(71, 120).boxed().toList());
            }
        }
    }
}
