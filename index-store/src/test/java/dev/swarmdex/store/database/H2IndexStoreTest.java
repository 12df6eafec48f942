package dev.swarmdex.store.database;

import dev.swarmdex.store.Durability;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.IndexStoreContract;
import dev.swarmdex.store.ManualClock;
import dev.swarmdex.store.StoreSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** The contract on an embedded H2 file. */
class H2IndexStoreTest extends IndexStoreContract {

    @TempDir
    private Path folder;

    @Override
    protected IndexStore open(ManualClock clock) {
        return DatabaseStore.open(new StoreSettings(url(), "", "", Durability.PROCESS, clock));
    }

    @Override
    protected List<Map<String, @Nullable Object>> rows(String sql) {
        return OwnerSql.rows(url(), sql);
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("index");
    }
}
