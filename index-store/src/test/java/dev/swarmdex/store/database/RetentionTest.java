package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.ManualClock;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.SwarmChange;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is too old goes, and nothing else. */
class RetentionTest {

    private static final int MANY = 2 * Retention.PART + 50;

    private final ManualClock clock = new ManualClock();

    @TempDir
    private Path folder;

    @Test
    void what_ended_longer_ago_than_history_is_kept_is_deleted_in_parts_and_the_rest_stays() {
        try (var store = open()) {
            long alice = join(store, "alice");
            register(store, alice, "old", MANY);
            register(store, alice, "still there", 1);
            store.submit(new Change.Deregister(alice, names("old", MANY), EndedBy.DEREGISTERED)).join();
            long gone = join(store, "gone");
            register(store, gone, "of the gone", 1);
            store.submit(new Change.Leave(gone, EndedBy.EXPIRED)).join();
            report(store);
            clock.advance(Duration.ofDays(9));
            register(store, alice, "recent", 2);
            store.submit(new Change.Deregister(alice, names("recent", 2), EndedBy.DEREGISTERED)).join();
            report(store);
            long later = join(store, "later");
            assertThat(later).isGreaterThan(gone);
            clock.advance(Duration.ofDays(2));
        }

        try (var store = open()) {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(names())
                    .containsExactlyInAnyOrder("recent0", "recent1", "still there0"));
            assertThat(rows("select name from content order by name")).extracting(row -> row.get("name"))
                    .containsExactly("recent0", "recent1", "report", "still there0");
            await().untilAsserted(() -> assertThat(rows("select number from session")).hasSize(2));
            assertThat(rows("select number from download")).hasSize(1);
            assertThat(rows("select session from endpoint")).hasSize(2);

            long alice = join(store, "alice");
            assertThat(register(store, alice, "old", 1)).containsExactly(Change.Outcome.DONE);
        }
        try (var store = open()) {
            await().until(store.lookups()::complete);
            assertThat(store.lookups().session("native", "alice").orElseThrow().mappings()).isEqualTo(2);
        }
    }

    @Test
    void members_of_swarms_go_and_with_its_last_member_a_swarm() {
        String old = "ab".repeat(20);
        String recent = "cd".repeat(20);
        try (var store = open()) {
            store.submit(new Change.Track(List.of(new SwarmChange.Present(old, "192.0.2.1", 1, true),
                    new SwarmChange.Present(recent, "192.0.2.1", 1, true),
                    new SwarmChange.Present(recent, "192.0.2.2", 1, true)))).join();
            store.submit(new Change.Track(List.of(new SwarmChange.Gone(old, "192.0.2.1", 1, EndedBy.EXPIRED),
                    new SwarmChange.Gone(recent, "192.0.2.2", 1, EndedBy.EXPIRED)))).join();
            clock.advance(Duration.ofDays(11));
        }

        try (var _ = open()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(rows("select content from swarm_members"))
                            .extracting(row -> row.get("content")).containsExactly(recent));
            assertThat(rows("select content from swarm_summary")).extracting(row -> row.get("content"))
                    .containsExactly(recent);
        }
    }

    /** The writer asks each minute, while registrations wait. */
    @ParameterizedTest
    @ValueSource(strings = {Retention.IS_ANY_DUE, Retention.MAPPINGS, Retention.DOWNLOADS, Retention.SESSIONS,
            Retention.MEMBERS})
    void however_much_is_open_and_due_only_what_is_deleted_next_is_read(String sql) {
        try (var store = open()) {
            long alice = join(store, "alice");
            register(store, alice, "open", MANY);
            register(store, alice, "old", MANY);
            store.submit(new Change.Deregister(alice, names("old", MANY), EndedBy.DEREGISTERED)).join();
            report(store);
            clock.advance(Duration.ofDays(11));

            assertThat(RowsRead.by(url(), sql, query -> query.define("part", Retention.PART).bind("last", 0)
                    .bind("first", Times.bind(Instant.EPOCH)).bind("oldest", Times.bind(clock.instant()))))
                    .isBetween(1, Retention.PART + 10);
        }
    }

    private List<String> names() {
        return rows("select content from mapping_history").stream().map(row -> String.valueOf(row.get("content")))
                .toList();
    }

    private List<Map<String, @Nullable Object>> rows(String sql) {
        return OwnerSql.rows(url(), sql);
    }

    private IndexStore open() {
        return DatabaseStore.open(new StoreSettings(url(), "", "", Durability.PROCESS, clock, Duration.ofDays(10)));
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("index");
    }

    private static long join(IndexStore store, String name) {
        return store.submit(new Change.Join(new Presence("native", name, name, Identity.ofSecret(name), "192.0.2.1",
                List.of(new Endpoint("tcp", "192.0.2.1", 7118))))).join();
    }

    private static List<Change.Outcome> register(IndexStore store, long session, String name, int count) {
        return store.submit(new Change.Register(session, IntStream.range(0, count)
                .mapToObj(i -> new Content(name + i, Optional.empty(), 1)).toList())).join();
    }

    private static List<Change.Name> names(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> new Change.Name(name + i, Optional.empty())).toList();
    }

    private static void report(IndexStore store) {
        store.submit(new Change.Report(new Content("report", Optional.empty(), 1), "alice", "bob", 1,
                Duration.ofSeconds(1), Change.DownloadResult.FINISHED)).join();
    }
}
