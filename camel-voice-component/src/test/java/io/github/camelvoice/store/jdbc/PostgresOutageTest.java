package io.github.camelvoice.store.jdbc;

import static io.github.camelvoice.store.CallSamples.START;
import static io.github.camelvoice.store.CallSamples.live;
import static io.github.camelvoice.store.CallSamples.parties;
import static io.github.camelvoice.store.CallSamples.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.call.CallDirection;
import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.testkit.Postgres;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A server that goes and comes back, and several who share it. */
@Tag("peer")
class PostgresOutageTest {

    private static final Duration LONG = Duration.ofSeconds(60);
    private static Postgres server;

    @BeforeAll
    static void startServer() {
        server = Postgres.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static PGSimpleDataSource source(String url) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setURL(url);
        source.setUser(Postgres.USER);
        source.setPassword(Postgres.PASSWORD);
        return source;
    }

    @Test
    void aRestartInMidWorkLosesNothingAndDoublesNothing() throws Exception {
        try (JdbcStore store = JdbcStores.postgresql(server.newDatabase("restart"), Postgres.USER, Postgres.PASSWORD)) {
            AtomicBoolean stop = new AtomicBoolean();
            AtomicInteger taken = new AtomicInteger();
            AtomicInteger refused = new AtomicInteger();
            AtomicReference<Throwable> bug = new AtomicReference<>();
            Thread writer = new Thread(() -> {
                for (int i = 1; !stop.get(); ) {
                    try {
                        store.apply("node", i, whole(i, live("c" + i, START.plusSeconds(i)), Kind.NORMAL));
                        taken.set(i++);
                    } catch (StoreException down) {
                        refused.incrementAndGet();
                    } catch (RuntimeException | Error other) {
                        bug.set(other);
                        return;
                    }
                }
            });
            writer.start();
            await().atMost(LONG).until(() -> taken.get() > 20);
            server.stop();
            await().atMost(LONG).until(() -> refused.get() > 0 || bug.get() != null);
            assertThat(bug.get()).isNull();
            assertThatThrownBy(() -> store.find("main", "c1")).isInstanceOf(StoreException.class).hasMessageContaining("cannot be reached");
            int before = taken.get();
            server.startAgain();
            await().atMost(LONG).until(() -> taken.get() > before + 20);
            stop.set(true);
            writer.join();
            assertThat(bug.get()).isNull();
            assertThat(store.position("node")).isEqualTo(taken.get());
            assertThat(store.lastEnded("node")).isEqualTo(taken.get());
            assertThat(store.endedAfter("node", 0, Integer.MAX_VALUE)).hasSize(taken.get())
                    .allSatisfy(call -> assertThat(call.info().messages()).hasSize(7));
        }
    }

    @Test
    void aServerThatIsNotThereYetIsUsedWhenItComes() throws Exception {
        String url = server.newDatabase("later");
        server.stop();
        try (JdbcStore store = JdbcStores.postgresql(url, Postgres.USER, Postgres.PASSWORD)) {
            assertThatThrownBy(() -> store.position("node")).isInstanceOf(StoreException.class).hasMessageContaining("cannot be reached");
            server.startAgain();
            await().atMost(LONG).ignoreExceptionsInstanceOf(StoreException.class).untilAsserted(() -> {
                store.apply("node", 1, whole(1, live("c1", START), Kind.NORMAL));
                assertThat(store.find("main", "c1")).isPresent();
            });
        } finally {
            server.startAgain();
        }
    }

    @Test
    void wrongCredentialsAreSaidWithoutThem() throws Exception {
        try (JdbcStore store = JdbcStores.postgresql(server.url() + "?user=voice&password=wr0ng", null, null)) {
            assertThatThrownBy(() -> store.position("node")).isInstanceOf(StoreException.class).hasMessageContaining("refuses the user or the password")
                    .satisfies(failure -> assertThat(failure.getMessage() + failure.getCause()).doesNotContain("wr0ng"));
        }
    }

    @Test
    void storesThatStartTogetherMakeTheTablesOnce() throws Exception {
        H2FileTest.together(source(server.newDatabase("together")));
    }

    @Test
    void anyCharacterSetOfTheServerWillDo() throws Exception {
        server.execute("create database latin encoding 'LATIN1' template template0 locale 'C'");
        JdbcStore store = JdbcStores.of(source(server.url().replace("/postgres", "/latin")));
        String odd = "sip:\u4e2d\u6587\u0000@example.com";
        store.apply(odd, 1, whole(1, parties(live(odd, START), "main",
                CallDirection.INBOUND, odd, odd), Kind.NORMAL));
        assertThat(store.find("main", odd).orElseThrow().from()).isEqualTo(odd);
        assertThat(store.purge(Instant.now().plusSeconds(3600L * 24 * 365), 10)).isEqualTo(1);
    }
}
