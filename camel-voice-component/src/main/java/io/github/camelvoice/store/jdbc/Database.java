package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.StoreException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A data source with our tables in it: they are made or brought up to date when it is first reached. Thread-safe. */
final class Database {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    /** How long a server may be silent before a connection is given up. */
    private static final int SILENCE_MILLIS = 30_000;

    /** Where Flyway notes what it did. */
    static final String HISTORY = "voice_schema_history";
    /** Version of our newest script. */
    static final String NEWEST = "5";

    private final DataSource dataSource;
    private final AtomicInteger attempts = new AtomicInteger();
    private volatile Dialect dialect;
    private StoreException lastFailure;

    Database(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** Known as soon as there is a connection to work on. */
    Dialect dialect() {
        return dialect;
    }

    /** Something to do with a connection. */
    interface Work<T> {
        T on(Connection connection) throws SQLException, StoreException;
    }

    /** Reads, each statement for itself. */
    <T> T read(String doing, Work<T> work) throws StoreException {
        return run(doing, true, work);
    }

    /** Writes all or nothing. */
    <T> T write(String doing, Work<T> work) throws StoreException {
        return run(doing, false, work);
    }

    private <T> T run(String doing, boolean autoCommit, Work<T> work) throws StoreException {
        prepare();
        try (Connection connection = dataSource.getConnection()) {
            boolean before = connection.getAutoCommit();
            int silence = limitSilence(connection);
            if (before != autoCommit) {
                connection.setAutoCommit(autoCommit);
            }
            try {
                T result = work.on(connection);
                if (!autoCommit) {
                    connection.commit();
                }
                return result;
            } catch (SQLException | StoreException | RuntimeException | Error failure) {
                if (!autoCommit) {
                    rollback(connection);
                }
                throw failure;
            } finally {
                restore(connection, before, autoCommit, silence);
            }
        } catch (SQLException | IllegalArgumentException failure) {
            throw Failures.of(doing, failure);
        } catch (AssertionError lost) {
            // PostgreSQL's driver says so when the connection breaks within a batch.
            throw Failures.of(doing, new SQLException(lost.getMessage(), "08006", lost));
        }
    }

    private int limitSilence(Connection connection) throws SQLException {
        if (dialect != Dialect.POSTGRESQL) {
            return -1;
        }
        int before = connection.getNetworkTimeout();
        if (before > 0 && before <= SILENCE_MILLIS) {
            return -1;
        }
        connection.setNetworkTimeout(Runnable::run, SILENCE_MILLIS);
        return before;
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException lost) {
            LOG.debug("a lost connection has rolled back by itself: {}", Failures.masked(String.valueOf(lost.getMessage())));
        }
    }

    private static void restore(Connection connection, boolean before, boolean autoCommit, int silence) {
        try {
            if (before != autoCommit) {
                connection.setAutoCommit(before);
            }
            if (silence >= 0) {
                connection.setNetworkTimeout(Runnable::run, silence);
            }
        } catch (SQLException lost) {
            LOG.debug("a lost connection goes back to its pool: {}", Failures.masked(String.valueOf(lost.getMessage())));
        }
    }

    /** Brings what was committed to the disk. */
    void force(String doing) throws StoreException {
        String force = dialect.force();
        if (force == null) {
            return;
        }
        read(doing, connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(force);
            }
            return null;
        });
    }

    /**
     * Makes the tables or brings them up to date, once.
     *
     * @throws StoreException           if that cannot be now
     * @throws IllegalArgumentException if it is a database of another kind
     */
    void prepare() throws StoreException {
        if (dialect == null) {
            prepareOnce(attempts.get());
        }
    }

    /** Who waited while another tried shares its failure: a database that is away is not waited for by one after the other. */
    private synchronized void prepareOnce(int seen) throws StoreException {
        if (dialect != null) {
            return;
        }
        if (seen != attempts.get() && lastFailure != null) {
            throw lastFailure;
        }
        lastFailure = null;
        try {
            migrate();
        } catch (StoreException failure) {
            lastFailure = failure;
            throw failure;
        } finally {
            attempts.incrementAndGet();
        }
    }

    private void migrate() throws StoreException {
        Dialect found;
        try (Connection connection = dataSource.getConnection()) {
            found = Dialect.of(connection);
            if (isCurrent(connection)) {
                dialect = found;
                return;
            }
        } catch (SQLException failure) {
            throw Failures.of("the store of calls cannot be opened", failure);
        }
        try {
            Flyway flyway = Flyway.configure(Database.class.getClassLoader())
                    .dataSource(dataSource)
                    .locations("classpath:io/github/camelvoice/store/jdbc")
                    .table(HISTORY)
                    .placeholders(found.placeholders())
                    // Other tables may live beside ours.
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .failOnMissingLocations(true)
                    .load();
            if (found == Dialect.H2) {
                // There a script is no transaction: one that failed, on a full disk for example, is tried again; it takes what is there.
                flyway.repair();
            }
            flyway.migrate();
        } catch (RuntimeException failure) {
            throw Failures.of("the tables of the store of calls could not be made", failure);
        }
        dialect = found;
    }

    /** Whether the tables are those of our newest script. Then there is no work for Flyway, whose start takes longer than all the rest. */
    private static boolean isCurrent(Connection connection) {
        try (Statement statement = connection.createStatement();
                ResultSet newest = statement.executeQuery("select \"version\", \"success\" from \"" + HISTORY
                        + "\" order by \"installed_rank\" desc limit 1")) {
            return newest.next() && NEWEST.equals(newest.getString(1)) && newest.getBoolean(2);
        } catch (SQLException notYet) {
            LOG.debug("there are no tables of calls yet: {}", Failures.masked(String.valueOf(notYet.getMessage())));
            return false;
        }
    }
}
