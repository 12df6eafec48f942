package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Change.Outcome;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** The database of a running index is killed, and comes back. */
class DatabaseLostTest {

    @Test
    void what_was_acknowledged_is_there_when_the_database_comes_back_and_lookups_went_on() {
        try (var server = PostgresServer.start()) {
            String url = server.newDatabase();
            try (var store = open(url); var other = open(url)) {
                long session = join(store, "alice");
                store.submit(register(session, "before")).join();
                await().until(() -> shown(other).contains("before"));
                for (int round = 0; round < 2; round++) {
                    var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
                    for (int i = 0; i < 3000; i++) {
                        answers.add(store.submit(register(session, round + " " + i)));
                    }
                    answers.get(500 * round).join();
                    await().until(() -> shown(other).contains("0 0"));
                    server.kill();

                    assertThat(shown(store)).contains(round + " 0");
                    assertThat(shown(other)).contains("before");
                    await().atMost(Duration.ofSeconds(40)).until(() -> answers.stream().allMatch(a -> a.isDone()));
                    assertThatThrownBy(() -> store.submit(register(session, "meanwhile")).join())
                            .isInstanceOf(CompletionException.class).hasCauseInstanceOf(StoreException.class);

                    server.restart();
                    awaitRecovered(store, session, "after " + round);
                    awaitRecovered(other, session, "other after " + round);
                    for (int i = 0; i < answers.size(); i++) {
                        if (!answers.get(i).isCompletedExceptionally()) {
                            assertThat(shown(store)).contains(round + " " + i);
                        }
                    }
                }
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(shown(other)).isEqualTo(shown(store)));
                assertThat(PostgresServer.rows(url, "select count(*) as n from current_mappings")).singleElement()
                        .satisfies(row -> assertThat(row).containsEntry("n", (long) shown(store).size()));
                assertThat(PostgresServer.rows(url, "select content from mapping group by content having count(*) > 1"))
                        .as("registered twice").isEmpty();
            }
        }
    }

    @Test
    void while_its_file_cannot_be_opened_again_the_index_hardly_works_at_it(@TempDir Path folder) throws Exception {
        var settings = StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.FSYNC);
        try (var store = DatabaseStore.open(settings)) {
            join(store, "alice");
            try (var connection = DatabaseStore.connectBeside(settings); var statement = connection.createStatement()) {
                statement.execute("SHUTDOWN IMMEDIATELY");
            }
            Files.writeString(folder.resolve("index.mv.db"), "not a database");
            assertThatThrownBy(() -> join(store, "bob")).isInstanceOf(CompletionException.class);

            Duration before = workOfWriters();
            await().during(Duration.ofSeconds(4)).atMost(Duration.ofSeconds(8))
                    .until(() -> workOfWriters().minus(before).compareTo(Duration.ofSeconds(1)) < 0);
        }
    }

    private static Duration workOfWriters() {
        var threads = ManagementFactory.getThreadMXBean();
        return Duration.ofNanos(Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("index-store-writer"))
                .mapToLong(thread -> threads.getThreadCpuTime(thread.threadId())).sum());
    }

    private static void awaitRecovered(IndexStore store, long session, String name) {
        await().atMost(Duration.ofSeconds(40)).pollInterval(Duration.ofMillis(100))
                .ignoreException(CompletionException.class)
                .until(() -> store.submit(register(session, name)).join().getFirst() != Outcome.NO_SESSION);
    }

    private static IndexStore open(String url) {
        return DatabaseStore.open(PostgresServer.settings(url, InstantSource.system()));
    }

    private static List<String> shown(IndexStore store) {
        return store.lookups().all(Cursor.START, 10_000).listings().stream().map(each -> each.content().name())
                .sorted().toList();
    }

    private static long join(IndexStore store, String name) {
        return store.submit(
                new Change.Join(new Presence("native", name, name, Identity.NONE, "192.0.2.1", List.of()))).join();
    }

    private static Change.Register register(long session, String name) {
        return new Change.Register(session, List.of(new Content(name, Optional.empty(), -1)));
    }
}
