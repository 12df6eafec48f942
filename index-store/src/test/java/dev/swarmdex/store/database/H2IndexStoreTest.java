package dev.swarmdex.store.database;

import dev.swarmdex.store.CommitContract;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.HistoryContract;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.LookupContract;
import dev.swarmdex.store.ManualClock;
import dev.swarmdex.store.StoreContract.TestDatabase;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.SwarmContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** The contract on an embedded H2 file. */
class H2IndexStoreTest {

    @Nested
    class Lookup extends LookupContract {

        @Override
        protected TestDatabase newDatabase(Path folder) {
            return new H2(folder);
        }
    }

    @Nested
    class History extends HistoryContract {

        @Override
        protected TestDatabase newDatabase(Path folder) {
            return new H2(folder);
        }
    }

    @Nested
    class Commit extends CommitContract {

        @Override
        protected TestDatabase newDatabase(Path folder) {
            return new H2(folder);
        }
    }

    @Nested
    class Swarms extends SwarmContract {

        @Override
        protected TestDatabase newDatabase(Path folder) {
            return new H2(folder);
        }
    }

    private record H2(Path folder) implements TestDatabase {

        @Override
        public IndexStore open(ManualClock clock) {
            return DatabaseStore.open(new StoreSettings(url(), "", "", Durability.PROCESS, clock));
        }

        @Override
        public List<Map<String, @Nullable Object>> rows(String sql) {
            return OwnerSql.rows(url(), sql);
        }

        private String url() {
            return "jdbc:h2:file:" + folder.resolve("index");
        }
    }
}
