package io.github.camelvoice.store.jdbc;

import static io.github.camelvoice.store.CallSamples.START;
import static io.github.camelvoice.store.CallSamples.live;
import static io.github.camelvoice.store.CallSamples.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.camelvoice.call.EndCause.Kind;
import io.github.camelvoice.store.CallPage;
import io.github.camelvoice.store.CallQuery;
import io.github.camelvoice.store.CallSamples;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.trace.CallRecord;
import io.github.camelvoice.trace.TraceEntry;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The database file in the data folder, and data sources of others. */
class H2FileTest {

    @TempDir
    private Path folder;

    /** Writes calls until it is killed, and says the number of each that was taken. */
    public static final class Writer {

        private Writer() {
        }

        public static void main(String[] arguments) throws Exception {
            try (JdbcStore store = JdbcStores.h2(Path.of(arguments[0]))) {
                for (long i = 1; i < 1_000_000; i++) {
                    store.apply("node", i, whole(i, live("c" + i, START.plusSeconds(i)), Kind.NORMAL));
                    System.out.println("taken " + i);
                }
            }
        }
    }

    private Process writer() throws Exception {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                Writer.class.getName(), folder.toString()).redirectErrorStream(true).start();
    }

    @Test
    void whatWasTakenSurvivesAKill() throws Exception {
        Process process = writer();
        long taken = 0;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream()))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("taken ")) {
                    taken = Long.parseLong(line.substring(6));
                }
                if (taken == 20) {
                    assertThatThrownBy(() -> JdbcStores.h2(folder)).isInstanceOf(StoreException.class)
                            .hasMessageContaining("in use by another process");
                    process.toHandle().destroyForcibly();
                }
            }
        }
        process.waitFor();
        try (JdbcStore store = JdbcStores.h2(folder)) {
            long position = store.position("node");
            assertThat(position).isGreaterThanOrEqualTo(taken).isGreaterThanOrEqualTo(20);
            assertThat(store.lastEnded("node")).isEqualTo(position);
            assertThat(store.endedAfter("node", 0, Integer.MAX_VALUE)).hasSize((int) position).allSatisfy(call -> {
                assertThat(call.info().messages()).hasSize(7);
                assertThat(call.info().call().callId()).isEqualTo("c" + call.number());
            });
        }
    }

    @Test
    void itIsThereAgainAfterAnOrderlyEnd() throws Exception {
        CallRecord call = live("c1", START);
        try (JdbcStore store = JdbcStores.h2(folder)) {
            store.apply("node", 5, List.of(new TraceEntry.Opened(1, call)));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("calls.mv.db")))).isEqualTo("rw-------");
        }
        try (JdbcStore store = JdbcStores.h2(folder)) {
            assertThat(store.position("node")).isEqualTo(5);
            store.apply("node", 6, List.of(new TraceEntry.Ended(1, CallSamples.over(call, Kind.BUSY), 0)));
            assertThat(store.find("main", "c1").orElseThrow().cause().kind()).isEqualTo(Kind.BUSY);
            assertThat(store.live("node")).isEmpty();
        }
    }

    @Test
    void aReaderThatIsInterruptedHurtsNobody() throws Exception {
        try (JdbcStore store = JdbcStores.h2(folder)) {
            for (int i = 1; i < 50; i++) {
                store.apply("node", i, whole(i, live("c" + i, START.plusSeconds(i)), Kind.NORMAL));
            }
            Thread.currentThread().interrupt();
            try {
                store.read("main", "c1");
            } catch (StoreException allowed) {
                assertThat(allowed.getMessage()).contains("could not be read");
            }
            Thread.interrupted();
            assertThat(store.read("main", "c2").orElseThrow().messages()).hasSize(7);
            store.apply("node", 100, whole(100, live("c100", START), Kind.NORMAL));
        }
    }

    @Test
    void aDatabaseThatWasShutDownIsOpenedAgain() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + folder.resolve("own"));
        JdbcStore store = JdbcStores.of(source);
        store.apply("node", 1, whole(1, live("c1", START), Kind.NORMAL));
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("SHUTDOWN IMMEDIATELY");
        } catch (SQLException closed) {
            assertThat(closed.getMessage()).contains("closed");
        }
        assertThat(store.read("main", "c1").orElseThrow().messages()).hasSize(7);
        store.apply("node", 2, whole(2, live("c2", START), Kind.NORMAL));
        assertThat(store.lastEnded("node")).isEqualTo(2);
    }

    @Test
    void tablesOfOthersMayLiveBesideOurs() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:beside;DB_CLOSE_DELAY=-1");
        try (Connection connection = source.getConnection()) {
            connection.createStatement().execute("create table customer (id int)");
        }
        JdbcStore store = JdbcStores.of(source);
        store.apply("node", 1, whole(1, live("c1", START), Kind.NORMAL));
        assertThat(JdbcStores.of(source).find("main", "c1")).isPresent();
    }

    @Test
    void storesThatStartTogetherMakeTheTablesOnce() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:together;DB_CLOSE_DELAY=-1");
        together(source);
    }

    static void together(DataSource source) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> stores = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                String node = "node" + i;
                stores.add(threads.submit(() -> {
                    JdbcStore store = JdbcStores.of(source);
                    store.apply(node, 1, whole(1, live(node, START), Kind.NORMAL));
                    return null;
                }));
            }
            for (Future<?> store : stores) {
                store.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(JdbcStores.of(source).list(new CallQuery("main", null, null, null, null, null, null, null, 10)).calls()).hasSize(4);
    }

    @Test
    void anotherDatabaseIsRefusedByName() {
        DatabaseMetaData metaData = (DatabaseMetaData) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DatabaseMetaData.class},
                (proxy, method, arguments) -> "MySQL");
        Connection connection = (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> method.getName().equals("getMetaData") ? metaData : null);
        DataSource source = (DataSource) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> connection);
        assertThatThrownBy(() -> JdbcStores.of(source)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("not in MySQL");
        assertThatThrownBy(() -> JdbcStores.postgresql("jdbc:mysql://localhost/x", "", "")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFilteredPageLooksAtSoManyCallsAndGoesOnFromThere() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:bounded;DB_CLOSE_DELAY=-1");
        JdbcStore store = new JdbcStore(source, () -> { }, 10);
        for (int i = 1; i <= 25; i++) {
            store.apply("node", i, whole(i, live("c" + i, START.plusSeconds(i)), i == 1 || i == 24 ? Kind.BUSY : Kind.NORMAL));
        }
        List<String> found = new ArrayList<>();
        int pages = 0;
        String token = null;
        do {
            CallPage page = store.list(new CallQuery("main", null, null, Kind.BUSY, null, null, null, token, 5));
            page.calls().forEach(call -> found.add(call.callId()));
            token = page.nextPageToken();
            pages++;
        } while (token != null);
        assertThat(found).containsExactly("c24", "c1");
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void secretsOfUrlsAreMasked() {
        String shown = Failures.masked("no driver for jdbc:postgresql://h/db?user=u&password=s3cret (password=s3cret)");
        assertThat(shown).doesNotContain("s3cret").contains("no driver for");
        SQLException secret = new SQLException("cannot open jdbc:postgresql://u:s3cret@h/db", "08001");
        StoreException failure = Failures.of("calls could not be read", new IllegalStateException("jdbc:x://s3cret", secret));
        assertThat(failure).hasMessage("calls could not be read: the database cannot be reached").hasStackTraceContaining("cannot open");
        assertThat(failure.getCause().getMessage()).doesNotContain("s3cret");
    }

    @Test
    void tablesThatWereBeingMadeWhenTheProcessWasKilledAreMadeWhole() throws Exception {
        try (JdbcStore store = JdbcStores.h2(folder)) {
            store.apply("node", 1, whole(1, live("c1", START), Kind.NORMAL));
        }
        String[] left = {"drop table \"" + Database.HISTORY + "\"", "drop table voice_cursor", "drop index voice_call_by_sip_call_id",
            "update \"" + Database.HISTORY + "\" set \"success\" = false"};
        for (String undo : left) {
            JdbcDataSource file = new JdbcDataSource();
            file.setURL("jdbc:h2:" + folder.toAbsolutePath().resolve("calls") + ";DB_CLOSE_DELAY=0");
            file.setUser("sa");
            file.setPassword("");
            try (Connection connection = file.getConnection(); var statement = connection.createStatement()) {
                statement.execute(undo);
                if (!undo.contains(Database.HISTORY)) {
                    statement.execute("drop table \"" + Database.HISTORY + "\"");
                }
            }
            try (JdbcStore store = JdbcStores.h2(folder)) {
                assertThat(store.find("main", "c1")).isPresent();
                store.moveCursor("node", "consumer", 1);
            }
        }
    }
}
