package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.SharedContract;
import io.github.camelvoice.testkit.Postgres;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("peer")
class PostgresStoreTest extends SharedContract {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static Postgres server;

    @BeforeAll
    static void startServer() {
        server = Postgres.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Override
    protected CallStore open() {
        return JdbcStores.postgresql(server.newDatabase("calls" + DATABASES.incrementAndGet()), Postgres.USER, Postgres.PASSWORD);
    }
}
