package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** That a database file neither grows without need, nor changes under those who read it. */
class H2SpaceTest {

    private static final int COMMITS = 4_000;
    private static final int CONTENTS = 1_000;

    @TempDir
    private Path folder;

    @Test
    void room_that_small_commits_leave_behind_is_used_again() throws Exception {
        assertThat(sizeAfterSmallCommits(true)).isLessThan(sizeAfterSmallCommits(false) / 2);
    }

    @Test
    void a_snapshot_stays_as_it_was_while_all_that_it_shows_is_changed() throws Exception {
        var settings = settings();
        try (var store = DatabaseStore.open(settings)) {
            long session = join(store);
            store.submit(new Change.Register(session, contents(0, CONTENTS))).join();
            registerAndDeregister(store, session); // so that there are parts of the file without contents, which stay
            try (Connection snapshot = Snapshot.open(settings, List.of("current_mappings"))) {
                for (long start = System.nanoTime(); System.nanoTime() - start < 4e9;) {
                    registerAndDeregister(store, session);
                }
                assertThat(names(snapshot)).isEqualTo(CONTENTS);
            }
        }
    }

    private long sizeAfterSmallCommits(boolean tidied) throws SQLException, IOException {
        H2Loopback.choose();
        H2File file = new H2File(folder.resolve("tidied-" + tidied));
        try (Handle handle = Jdbi.open(file.url() + ";WRITE_DELAY=0");
                var space = new H2Space(Readers.of(file), Duration.ofMillis(100))) {
            handle.execute("create table t (number int primary key, payload varchar)");
            handle.execute("insert into t select x, rpad('', 2000, 'old') from system_range(1, 2000)");
            var random = new Random(7);
            for (int commit = 0; commit < COMMITS; commit++) {
                handle.execute("update t set payload = rpad('', 2000, ?) where number = ?", "" + commit,
                        random.nextInt(2000));
                if (tidied) {
                    space.tidy(handle);
                }
            }
            return Files.size(file.data());
        }
    }

    private StoreSettings settings() {
        return StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS);
    }

    private static long join(IndexStore store) {
        return store.submit(new Change.Join(new Presence("native", "alice", "alice", Identity.ofSecret("alice"),
                "192.0.2.1", List.of(new Endpoint("tcp", "192.0.2.1", 7118))))).join();
    }

    private static void registerAndDeregister(IndexStore store, long session) {
        for (int first = 0; first < CONTENTS; first += 40) {
            var some = contents(first, 40);
            store.submit(new Change.Deregister(session,
                    some.stream().map(content -> new Change.Name(content.name(), Optional.empty())).toList(),
                    EndedBy.DEREGISTERED)).join();
            store.submit(new Change.Register(session, some)).join();
        }
    }

    private static List<Content> contents(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> new Content("%08x-%s".formatted(number * 0x9E37_79B9, "x".repeat(500)),
                        Optional.empty(), number))
                .toList();
    }

    private static int names(Connection snapshot) throws SQLException {
        try (var statement = snapshot.createStatement();
                var rows = statement.executeQuery("select count(distinct content) from current_mappings")) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
