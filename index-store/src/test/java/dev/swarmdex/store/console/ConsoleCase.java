package dev.swarmdex.store.console;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.ManualClock;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A store with one content in it, whose database a console reads. */
abstract class ConsoleCase {

    @TempDir
    protected Path folder;

    protected IndexStore open() {
        IndexStore store = DatabaseStore.open(settings());
        register(store, "one");
        return store;
    }

    protected StoreSettings settings() {
        return new StoreSettings(
                "jdbc:h2:file:" + folder.resolve("index"), "", "", Durability.PROCESS, new ManualClock());
    }

    protected static void register(IndexStore store, String name) {
        long session = store.submit(new Change.Join(new Presence("native", "alice", "alice",
                Identity.ofSecret("secret"), "192.0.2.1", List.of(new Endpoint("tcp", "192.0.2.1", 7118))))).join();
        var content = new Content(name, Optional.of("sha256-tree:" + "ab".repeat(32)), 1000);
        assertThat(store.submit(new Change.Register(session, List.of(content))).join()).hasSize(1);
    }

    protected static List<List<@Nullable Object>> all(SqlConsole console, String sql) {
        var all = new ArrayList<List<@Nullable Object>>();
        try (var rows = console.query(sql)) {
            for (var row = rows.next(); row.isPresent(); row = rows.next()) {
                all.add(row.get());
            }
        }
        return all;
    }

    protected static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
