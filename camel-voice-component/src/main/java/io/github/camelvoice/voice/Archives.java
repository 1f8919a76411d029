package io.github.camelvoice.voice;

import io.github.camelvoice.runtime.EngineClock;
import io.github.camelvoice.store.CallArchive;
import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.Keeping;
import io.github.camelvoice.store.StoreException;
import io.github.camelvoice.store.jdbc.JdbcStores;
import io.github.camelvoice.store.memory.MemoryLog;
import io.github.camelvoice.store.memory.MemoryStore;
import io.github.camelvoice.store.secret.SecretKeys;
import io.github.camelvoice.store.spool.SpoolLog;
import io.github.camelvoice.store.spool.SpoolOptions;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.apache.camel.util.TimeUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the component's options to the archive of its calls. */
final class Archives {

    private static final Logger LOG = LoggerFactory.getLogger(Archives.class);
    private static final String SPOOL = "spool";
    /** As operators know it. */
    private static final String PASSWORD_KEY = "passwordKey (voice.secret.key of the gateway)";
    private static final Duration LEAST_RETENTION = Duration.ofMinutes(1);
    private static final int MEMORY_CALLS = 10_000;
    private static final long MEMORY_BYTES = 64L << 20;
    private static final Map<String, String> FOR_JDBC = Map.of("org.flywaydb.core.Flyway", "org.flywaydb:flyway-core");
    private static final Map<String, String> FOR_H2 = Map.of("org.h2.Driver", "com.h2database:h2", "com.zaxxer.hikari.HikariDataSource",
            "com.zaxxer:HikariCP", "org.flywaydb.core.Flyway", "org.flywaydb:flyway-core");

    private Archives() {
    }

    /**
     * @throws IllegalArgumentException naming the option that is wrong, or the library that is missing
     * @throws StoreException if the database cannot be opened
     */
    static CallArchive of(VoiceComponent component) throws StoreException {
        Duration retention = Duration.ofMillis(component.getRetention());
        if (retention.compareTo(LEAST_RETENTION) < 0) {
            throw new IllegalArgumentException("retention must be 1 minute or more: " + component.getRetention() + " ms");
        }
        String folder = Arguments.blankToNull(component.getDataDir());
        return switch (component.getStore()) {
            case "memory" -> memory(component, folder, retention);
            case "h2" -> {
                refuse("h2", "dataSource", component.getDataSource(), "store=jdbc");
                Path path = path("h2", folder);
                require(component, "h2", FOR_H2);
                Keeping keeping = keeping(component, path);
                yield durable(JdbcStores.h2(path.resolve("db")), path, retention, keeping);
            }
            case "jdbc" -> {
                Path path = path("jdbc", folder);
                require(component, "jdbc", FOR_JDBC);
                Keeping keeping = keeping(component, path);
                yield durable(JdbcStores.of(dataSource(component)), path, retention, keeping);
            }
            default -> throw new IllegalArgumentException("store has no value '" + component.getStore() + "'; there are [memory, h2, jdbc]");
        };
    }

    /** Says in the log where calls are kept, and for how long: those who look for them look there first. */
    static void announce(VoiceComponent component) {
        String kept = inWords(Duration.ofMillis(component.getRetention()));
        if (!component.isCapture()) {
            LOG.info("calls are not written down (capture=false); those of before are kept for {}", kept);
            return;
        }
        switch (component.getStore()) {
            case "memory" -> LOG.info("calls and their SIP messages are kept in memory: the latest {}, for {} at most, and not beyond this process",
                    MEMORY_CALLS, kept);
            case "h2" -> LOG.info("calls and their SIP messages are kept for {}, in a database in {}", kept, component.getDataDir());
            default -> LOG.info("calls and their SIP messages are kept for {}, in the database of the data source; what it has not got yet is in {}", kept,
                    Path.of(component.getDataDir(), SPOOL));
        }
    }

    static String inWords(Duration time) {
        return time.equals(Duration.ofDays(time.toDays())) ? time.toDays() + (time.toDays() == 1 ? " day" : " days")
                : TimeUtils.printDuration(time.toMillis(), true);
    }

    private static Keeping keeping(VoiceComponent component, Path folder) throws StoreException {
        int history = component.getSessionHistory();
        if (history < 1 || history > Keeping.MOST_HISTORY) {
            throw new IllegalArgumentException("sessionHistory must be 1 to " + Keeping.MOST_HISTORY + ": " + history);
        }
        try {
            return new Keeping(SecretKeys.of(component.getPasswordKey(), PASSWORD_KEY, folder), history);
        } catch (IOException failure) {
            throw new StoreException("the key that seals passwords cannot be read or made in " + folder + ": " + failure, failure);
        }
    }

    private static CallArchive memory(VoiceComponent component, String folder, Duration retention) throws StoreException {
        refuse("memory", "dataDir", folder, "store=h2 and store=jdbc");
        refuse("memory", "dataSource", component.getDataSource(), "store=jdbc");
        MemoryStore store = new MemoryStore(MEMORY_CALLS, MEMORY_BYTES);
        return new CallArchive(store, new MemoryLog(store, EngineClock.SYSTEM, retention), EngineClock.SYSTEM, keeping(component, null));
    }

    private static CallArchive durable(CallStore store, Path folder, Duration retention, Keeping keeping) {
        SpoolLog log = new SpoolLog(store, SpoolOptions.in(folder.resolve(SPOOL)).withRetention(retention), EngineClock.SYSTEM);
        return new CallArchive(store, log, EngineClock.SYSTEM, keeping);
    }

    private static DataSource dataSource(VoiceComponent component) {
        if (component.getDataSource() != null) {
            return component.getDataSource();
        }
        Set<DataSource> found = component.getCamelContext().getRegistry().findByType(DataSource.class);
        if (found.size() != 1) {
            throw new IllegalArgumentException("store=jdbc needs a dataSource: the registry has " + found.size()
                    + (found.isEmpty() ? "" : "; dataSource=#name takes one of them"));
        }
        return found.iterator().next();
    }

    private static Path path(String store, String folder) {
        if (folder == null) {
            throw new IllegalArgumentException("store=" + store + " needs dataDir, the folder of its log");
        }
        try {
            return Path.of(folder);
        } catch (InvalidPathException wrong) {
            throw new IllegalArgumentException("dataDir is no path: " + folder, wrong);
        }
    }

    private static void refuse(String store, String option, Object value, String place) {
        if (value != null) {
            throw new IllegalArgumentException("store=" + store + " has no " + option + ": it belongs to " + place);
        }
    }

    /** Databases are optional: who uses one adds its libraries. */
    private static void require(VoiceComponent component, String store, Map<String, String> classes) {
        new TreeMap<>(classes).forEach((name, artifact) -> {
            if (component.getCamelContext().getClassResolver().resolveClass(name) == null) {
                throw new IllegalArgumentException("store=" + store + " needs the library " + artifact + " on the class path");
            }
        });
    }
}
