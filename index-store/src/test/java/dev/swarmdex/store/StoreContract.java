package dev.swarmdex.store;

import dev.swarmdex.store.Change.Outcome;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import static java.util.Objects.requireNonNull;
import static org.awaitility.Awaitility.await;

/** What the suites of the contract share: a store on a new database of the backend under test, and short ways to use it. */
public abstract class StoreContract {

    protected static final String ID = "sha256-tree:" + "ab".repeat(32);
    protected static final String OTHER_ID = "sha256-tree:" + "cd".repeat(32);

    protected final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;
    private @Nullable TestDatabase database;
    private IndexStore store = new ClosedStore();

    /** A database of one test. */
    public interface TestDatabase {

        /** Opens a store on it: a new one the first time, the same one again after a close. */
        IndexStore open(ManualClock clock);

        /** Runs SQL beside the open store, with the rights of its owner. */
        List<Map<String, @Nullable Object>> rows(String sql);
    }

    /** Makes a new database, which may use the folder. */
    protected abstract TestDatabase newDatabase(Path folder);

    @BeforeEach
    void openStore() {
        database = newDatabase(folder);
        store = database.open(clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    protected IndexStore store() {
        return store;
    }

    protected List<Map<String, @Nullable Object>> rows(String sql) {
        return requireNonNull(database).rows(sql);
    }

    /** Closes the store and opens it again, until all is in memory. */
    protected void restart() {
        store.close();
        store = requireNonNull(database).open(clock);
        await().until(store.lookups()::complete);
    }

    protected <R> R submit(Change<R> change) {
        return store.submit(change).join();
    }

    protected long join(String name) {
        return submit(new Change.Join(presence(name)));
    }

    protected List<Outcome> register(long session, Content... contents) {
        return submit(new Change.Register(session, List.of(contents)));
    }

    protected List<Outcome> deregister(long session, String... names) {
        var all = IntStream.range(0, names.length)
                .mapToObj(i -> new Change.Name(names[i], Optional.empty())).toList();
        return submit(new Change.Deregister(session, all, EndedBy.DEREGISTERED));
    }

    protected Session session(long number) {
        return store.lookups().session(number).orElseThrow();
    }

    protected static List<String> names(Page page) {
        return page.listings().stream().map(listing -> listing.content().name()).toList();
    }

    protected static Content content(String name, String id) {
        return new Content(name, Optional.of(id), 1000);
    }

    protected static Presence presence(String name) {
        return new Presence("native", name, name, Identity.ofSecret("secret of " + name), "192.0.2.1",
                List.of(new Endpoint("tcp", "192.0.2.1", 7118)));
    }

    protected static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
        var row = new HashMap<String, @Nullable Object>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return row;
    }

    /** Stands for the store before it is opened, so that a test that fails to open one closes nothing. */
    private static final class ClosedStore implements IndexStore {

        @Override
        public <R> CompletableFuture<R> submit(Change<R> change) {
            return CompletableFuture.failedFuture(new StoreException("not open"));
        }

        @Override
        public Lookups lookups() {
            throw new IllegalStateException("not open");
        }

        @Override
        public History history() {
            throw new IllegalStateException("not open");
        }

        @Override
        public int mappings() {
            return 0;
        }

        @Override
        public int waiting() {
            return 0;
        }

        @Override
        public boolean keeps(long session) {
            return false;
        }

        @Override
        public void visitSwarms(SwarmChange.Visitor visitor) {
            throw new IllegalStateException("not open");
        }

        @Override
        public void close() {
            // nothing is open
        }
    }
}
