package io.github.camelvoice.gateway;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** Connections to the PostgreSQL of the settings. It need not be there when the gateway starts. */
final class PostgresPool {

    private static final int CONNECTIONS = 8;
    private static final long WAIT_MILLIS = 2_000;

    private PostgresPool() {
    }

    static HikariDataSource of(StoreSettings store) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("voice-postgresql");
        config.setDriverClassName("org.postgresql.Driver");
        config.setJdbcUrl(store.url());
        config.setUsername(store.user());
        config.setPassword(store.password());
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setValidationTimeout(WAIT_MILLIS - 500);
        config.setInitializationFailTimeout(-1);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("connectTimeout", "5");
        config.addDataSourceProperty("tcpKeepAlive", "true");
        config.addDataSourceProperty("ApplicationName", "camel-voice");
        return new HikariDataSource(config);
    }
}
