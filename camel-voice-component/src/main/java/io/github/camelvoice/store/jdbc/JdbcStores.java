package io.github.camelvoice.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.github.camelvoice.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import javax.sql.DataSource;
import org.h2.api.ErrorCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes stores of calls in databases. */
public final class JdbcStores {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcStores.class);
    private static final String FILE = "calls";
    /**
     * File system layer of H2 that a thread's interrupt does not close, no trace files; closed by us alone. A small cache, and files that are
     * seldom compacted: pages that live for a while and die cost collections of the JVM, and copies of the file cost CPU.
     */
    private static final String H2_OPTIONS = ";CACHE_SIZE=8192;AUTO_COMPACT_FILL_RATE=25;WRITE_DELAY=2000;LOCK_TIMEOUT=10000"
        + ";QUERY_CACHE_SIZE=64;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0";
    private static final long WAIT_MILLIS = 3_000;

    private JdbcStores() {
    }

    /**
     * An H2 database in this folder, for this process alone.
     *
     * @throws StoreException if it cannot be opened; the message says so if another process has it
     */
    public static JdbcStore h2(Path folder) throws StoreException {
        Path file = folder.toAbsolutePath().normalize().resolve(FILE);
        if (file.toString().indexOf(';') >= 0) {
            throw new IllegalArgumentException("the path of the data folder must have no semicolon: " + folder);
        }
        try {
            Files.createDirectories(file.getParent());
        } catch (IOException failure) {
            throw new StoreException("the folder of the database cannot be made: " + failure.getMessage(), failure);
        }
        HikariConfig config = pool("voice-h2", 8);
        config.setDriverClassName("org.h2.Driver");
        config.setJdbcUrl("jdbc:h2:retry:" + file + H2_OPTIONS);
        config.setUsername("sa");
        config.setPassword("");
        config.setExceptionOverride(new ClosedByItself());
        open(config);
        ownersAlone(Path.of(file + ".mv.db"));
        HikariDataSource pool = new HikariDataSource(config);
        JdbcStore store = new JdbcStore(pool, () -> shutDown(pool));
        try {
            store.prepare();
        } catch (StoreException failure) {
            pool.close();
            throw failure;
        }
        return store;
    }

    /** Opens the file, however long that takes after a crash; the pool has less patience. */
    private static void open(HikariConfig config) throws StoreException {
        try (Connection first = DriverManager.getConnection(config.getJdbcUrl(), config.getUsername(), config.getPassword())) {
            LOG.debug("{} is open", first.getMetaData().getDatabaseProductVersion());
        } catch (SQLException failure) {
            throw Failures.of("the store of calls cannot be opened", failure);
        }
    }

    /** What people said to whom is nothing for other users of the machine. */
    private static void ownersAlone(Path file) {
        try {
            if (Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
        } catch (IOException failure) {
            LOG.warn("{} may be readable for other users: {}", file, failure.getMessage());
        }
    }

    /** H2 closes the database when it cannot write; a new connection opens it again, an old one never works again. */
    private static final class ClosedByItself implements SQLExceptionOverride {

        private static final Set<Integer> CODES = Set.of(ErrorCode.DATABASE_IS_CLOSED, ErrorCode.OBJECT_CLOSED, ErrorCode.CONNECTION_BROKEN_1);

        @java.lang.Override
        public Override adjudicate(SQLException failure) {
            return CODES.contains(failure.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
        }
    }

    private static void shutDown(HikariDataSource pool) {
        if (pool.isClosed()) {
            return;
        }
        try (Connection connection = pool.getConnection(); Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException failure) {
            // A statement cannot be closed after the one that closes the database.
            if (failure.getErrorCode() != ErrorCode.DATABASE_CALLED_AT_SHUTDOWN) {
                LOG.warn("the database did not close well, and will be recovered when it is opened: {}",
                        Failures.masked(String.valueOf(failure.getMessage())));
            }
        } finally {
            pool.close();
        }
    }

    /**
     * A PostgreSQL database, with a pool of connections of its own. It need not be there now.
     *
     * @param url      {@code jdbc:postgresql:…}
     * @param user     null or empty if the URL says it
     * @param password null or empty if there is none
     * @throws IllegalArgumentException if the URL is of another kind
     */
    public static JdbcStore postgresql(String url, String user, String password) {
        if (url == null || !url.toLowerCase(Locale.ROOT).startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the URL of the store of calls must begin with jdbc:postgresql:");
        }
        HikariConfig config = pool("voice-postgresql", 8);
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(url);
        if (user != null && !user.isEmpty()) {
            config.setUsername(user);
        }
        if (password != null && !password.isEmpty()) {
            config.setPassword(password);
        }
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "camel-voice");
        HikariDataSource pool = new HikariDataSource(config);
        return reached(new JdbcStore(pool, pool::close));
    }

    /**
     * A database that somebody else looks after: H2 or PostgreSQL. It need not be there now. The data source should be a pool that tests its
     * connections; it stays open when the store is closed.
     *
     * @throws IllegalArgumentException if it is reached and another kind of database
     */
    public static JdbcStore of(DataSource dataSource) {
        return reached(new JdbcStore(dataSource, () -> LOG.debug("the data source stays open")));
    }

    private static JdbcStore reached(JdbcStore store) {
        try {
            store.prepare();
        } catch (StoreException later) {
            LOG.warn("{}; calls are taken meanwhile, and stored later", later.getMessage());
        }
        return store;
    }

    private static HikariConfig pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setValidationTimeout(WAIT_MILLIS - 1000);
        config.setInitializationFailTimeout(-1);
        return config;
    }
}
