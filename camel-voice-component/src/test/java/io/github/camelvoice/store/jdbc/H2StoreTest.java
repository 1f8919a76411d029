package io.github.camelvoice.store.jdbc;

import io.github.camelvoice.store.CallStore;
import io.github.camelvoice.store.SharedContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2StoreTest extends SharedContract {

    @TempDir
    private Path folder;

    @Override
    protected CallStore open() throws Exception {
        return JdbcStores.h2(folder);
    }
}
