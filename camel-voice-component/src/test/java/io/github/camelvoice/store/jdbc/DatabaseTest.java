package io.github.camelvoice.store.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.camelvoice.store.StoreException;
import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** How a database is made ready: once, and not by one after the other where it is away. */
class DatabaseTest {

    /** A server that takes its time to refuse. */
    private static final class Away implements DataSource {
        private final AtomicInteger asked = new AtomicInteger();
        private final CountDownLatch refuse = new CountDownLatch(1);

        @Override
        public Connection getConnection() throws SQLException {
            asked.incrementAndGet();
            try {
                refuse.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException("away", "08001");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }

        @Override
        public PrintWriter getLogWriter() {
            return null;
        }

        @Override
        public void setLogWriter(PrintWriter out) {
            // says nothing
        }

        @Override
        public void setLoginTimeout(int seconds) {
            // has none
        }

        @Override
        public int getLoginTimeout() {
            return 0;
        }

        @Override
        public Logger getParentLogger() throws SQLFeatureNotSupportedException {
            throw new SQLFeatureNotSupportedException();
        }

        @Override
        public <T> T unwrap(Class<T> type) throws SQLException {
            throw new SQLException("wraps nothing");
        }

        @Override
        public boolean isWrapperFor(Class<?> type) {
            return false;
        }
    }

    @Test
    void theNewestScriptIsTheOneThatIsKnown() throws Exception {
        JdbcDataSource memory = new JdbcDataSource();
        memory.setURL("jdbc:h2:mem:newest;DB_CLOSE_DELAY=-1");
        new Database(memory).prepare();
        try (Connection connection = memory.getConnection(); Statement statement = connection.createStatement()) {
            try (ResultSet newest = statement.executeQuery("select \"version\" from \"" + Database.HISTORY + "\" order by \"installed_rank\" desc")) {
                assertThat(newest.next()).isTrue();
                assertThat(newest.getString(1)).isEqualTo(Database.NEWEST);
            }
            // Flyway would refuse a script that is not the one it ran: it is not asked again.
            statement.executeUpdate("update \"" + Database.HISTORY + "\" set \"checksum\" = 1");
            new Database(memory).prepare();
            statement.execute("SHUTDOWN");
        }
    }

    @Test
    void whoWaitsSharesTheFailure() throws Exception {
        Away away = new Away();
        Database database = new Database(away);
        List<Thread> readers = new ArrayList<>();
        AtomicInteger failed = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            Thread reader = new Thread(() -> {
                try {
                    database.prepare();
                } catch (StoreException expected) {
                    failed.incrementAndGet();
                }
            });
            reader.start();
            readers.add(reader);
        }
        await().until(() -> readers.stream().filter(reader -> reader.getState() == Thread.State.BLOCKED).count() == 7);
        away.refuse.countDown();
        for (Thread reader : readers) {
            reader.join(20_000);
        }
        assertThat(failed).hasValue(8);
        assertThat(away.asked).hasValue(1);
    }
}
