package dev.swarmdex.store.database;

import dev.swarmdex.store.CommitContract;
import dev.swarmdex.store.HistoryContract;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.LookupContract;
import dev.swarmdex.store.ManualClock;
import dev.swarmdex.store.StoreContract.TestDatabase;
import dev.swarmdex.store.SwarmContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;

/** The contract on a real PostgreSQL server. */
class PostgresIndexStoreTest {

    @Nested
    class Lookup extends LookupContract {

        @Override
        protected TestDatabase newDatabase(Path folder) {
            return new Postgres(PostgresServer.shared().newDatabase());
        }
    }

    @Nested
    class History extends HistoryContract {

        @Override
        protected TestDatabase newDatabase(Path folder) {
            return new Postgres(PostgresServer.shared().newDatabase());
        }
    }

    @Nested
    class Commit extends CommitContract {

        @Override
        protected TestDatabase newDatabase(Path folder) {
            return new Postgres(PostgresServer.shared().newDatabase());
        }
    }

    @Nested
    class Swarms extends SwarmContract {

        @Override
        protected TestDatabase newDatabase(Path folder) {
            return new Postgres(PostgresServer.shared().newDatabase());
        }
    }

    private record Postgres(String url) implements TestDatabase {

        @Override
        public IndexStore open(ManualClock clock) {
            return DatabaseStore.open(PostgresServer.settings(url, clock));
        }

        @Override
        public List<Map<String, @Nullable Object>> rows(String sql) {
            return PostgresServer.rows(url, sql);
        }
    }
}
