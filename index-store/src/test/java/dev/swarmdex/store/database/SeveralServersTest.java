package dev.swarmdex.store.database;

import dev.swarmdex.store.Change;
import dev.swarmdex.store.Change.Outcome;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Presence;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Stores of several servers on one PostgreSQL database. */
class SeveralServersTest {

    private final String url = PostgresServer.shared().newDatabase();
    private final List<IndexStore> opened = new ArrayList<>();
    private IndexStore one = open();
    private final IndexStore two = open();

    @BeforeEach
    void bothAreEmpty() {
        assertThat(one.lookups().sessions()).isEmpty();
        assertThat(two.lookups().sessions()).isEmpty();
    }

    @AfterEach
    void closeAll() {
        opened.forEach(IndexStore::close);
    }

    @Test
    void each_server_shows_what_the_other_committed() {
        long alice = join(one, "alice");
        register(one, alice, "one", "two");
        deregister(one, alice, "two");
        awaitSame();
        assertThat(names(two)).containsExactly("one");

        long bob = join(two, "bob");
        register(two, bob, "one", "three");
        register(two, alice, "four");
        awaitSame();
        assertThat(names(one)).containsExactly("one", "three", "four");

        submit(one, new Change.Leave(alice, EndedBy.DEREGISTERED));
        awaitSame();
        assertThat(names(two)).containsExactly("one", "three");
    }

    @Test
    void a_name_that_changes_its_bytes_between_two_looks_is_shown_with_the_last() {
        long alice = join(one, "alice");
        submit(one, register(alice, "one", 1));
        awaitSame();

        var last = IntStream.range(2, 200).mapToObj(size -> one.submit(register(alice, "one", size))).toList()
                .getLast();
        last.join();

        awaitSame();
        assertThat(two.lookups().byName("one", Cursor.START, 10).listings()).singleElement()
                .satisfies(listing -> assertThat(listing.content().size()).isEqualTo(199));
    }

    @Test
    void a_peer_that_comes_back_with_other_facts_is_replaced_everywhere() {
        long alice = join(one, "alice");
        register(one, alice, "one");
        awaitSame();

        var moved = new Presence("native", "alice", "alice", Identity.NONE, "192.0.2.9",
                List.of(new Endpoint("tcp", "192.0.2.9", 1)));
        long again = submit(two, new Change.Join(moved));
        register(two, again, "two");

        awaitSame();
        assertThat(one.lookups().session("native", "alice").orElseThrow().number()).isEqualTo(again);
        assertThat(names(one)).containsExactly("two");
    }

    @Test
    void servers_that_write_at_the_same_time_agree_in_the_end_and_no_number_is_given_twice() {
        var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
        long alice = join(one, "alice");
        long bob = join(two, "bob");
        for (int i = 0; i < 2000; i++) {
            answers.add(one.submit(register(alice, "file" + i, 1)));
            answers.add(two.submit(register(bob, "file" + i, 1)));
            if (i % 3 == 0) {
                answers.add(two.submit(deregister(bob, List.of("file" + i))));
            }
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).containsExactly(Outcome.DONE));

        awaitSame();
        assertThat(one.lookups().session(alice).orElseThrow().mappings()).isEqualTo(2000);
        assertThat(two.lookups().session(bob).orElseThrow().mappings()).isEqualTo(2000 - 667);
        assertThat(PostgresServer.rows(url, "select count(*) as n, count(distinct number) as d from content"))
                .containsExactly(Map.of("n", 2000L, "d", 2000L));
        assertThat(PostgresServer.rows(url, """
                select count(*) as n from mapping a join mapping b on b.number > a.number and b.since < a.since"""))
                .as("numbers in the order of time").containsExactly(Map.of("n", 0L));
    }

    @Test
    void what_one_server_acknowledged_is_seen_by_the_next_change_on_the_other() {
        for (int i = 0; i < 20; i++) {
            long session = join(one, "peer" + i);

            assertThat(submit(two, register(session, "file", i))).containsExactly(Outcome.DONE);
        }
    }

    @Test
    void a_change_is_visible_on_the_other_server_soon() {
        long alice = join(one, "alice");
        register(one, alice, "before"); // so that all code has run once
        awaitSame();

        register(one, alice, "now");

        await().pollInterval(Duration.ofMillis(1)).pollDelay(Duration.ZERO).atMost(Duration.ofSeconds(30))
                .until(() -> names(two).contains("now"));
    }

    @Test
    void only_the_keeper_of_a_session_can_let_it_expire() {
        long alice = join(one, "alice");
        awaitSame();
        assertThat(one.keeps(alice)).isTrue();
        assertThat(two.keeps(alice)).isFalse();

        assertThat(submit(two, new Change.Leave(alice, EndedBy.EXPIRED))).isZero();
        assertThat(submit(two, new Change.Keep(alice))).isTrue();

        assertThat(two.keeps(alice)).isTrue();
        assertThat(submit(one, new Change.Leave(alice, EndedBy.EXPIRED))).isZero();
        assertThat(one.keeps(alice)).isFalse();
        assertThat(one.lookups().session(alice)).isPresent();
        submit(two, new Change.Leave(alice, EndedBy.EXPIRED));
        await().until(() -> one.lookups().session(alice).isEmpty());
        assertThat(submit(one, new Change.Keep(alice))).isFalse();
    }

    @Test
    void the_peers_of_a_server_that_stops_are_adopted() {
        long alice = join(one, "alice");
        register(one, alice, "one");
        one.close();

        await().atMost(Duration.ofSeconds(30)).until(() -> two.keeps(alice));
        assertThat(names(two)).containsExactly("one");
        one = open();
        assertThat(one.keeps(alice)).isFalse();
        assertThat(names(one)).containsExactly("one");
    }

    @Test
    void a_server_that_others_took_for_dead_is_known_again_with_its_next_change() {
        PostgresServer.rows(url, "delete from index_server");

        join(one, "alice");
        join(two, "bob");

        assertThat(PostgresServer.rows(url, "select count(*) as n from index_server where not stopped"))
                .containsExactly(Map.of("n", 2L));
    }

    @Test
    void what_could_not_be_read_to_its_end_is_shown_once_when_it_is_read_again() throws SQLException {
        long alice = join(one, "alice");
        awaitSame();

        cutOffWhoReadsKeepers(() -> register(one, alice, "one"));

        awaitSame();
        assertThat(two.mappings()).isEqualTo(1);
    }

    @Test
    void a_server_that_could_not_load_to_the_end_shows_all_once_when_it_loads_again() throws SQLException {
        register(one, join(one, "alice"), "one");
        awaitSame();

        cutOffWhoReadsKeepers(this::open);

        IndexStore three = opened.getLast();
        join(three, "bob"); // is answered once all is loaded
        await().atMost(Duration.ofSeconds(30)).until(() -> three.lookups().complete());
        assertThat(three.mappings()).isEqualTo(1);
        assertThat(PostgresServer.rows(url, "select count(*) as n from index_server where number > 0"))
                .containsExactly(Map.of("n", 3L));
    }

    /** Lets a server wait for the table of keepers once that has been done, and ends its connection. */
    private void cutOffWhoReadsKeepers(Runnable action) throws SQLException {
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table session_keeper in access exclusive mode");
            action.run();
            await().atMost(Duration.ofSeconds(15)).until(() -> !PostgresServer.rows(url, """
                    select pg_terminate_backend(pid) from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'""").isEmpty());
            connection.rollback();
        }
    }

    private IndexStore open() {
        IndexStore store = DatabaseStore.open(PostgresServer.settings(url, InstantSource.system()));
        opened.add(store);
        return store;
    }

    private void awaitSame() {
        await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(all(two)).isEqualTo(all(one)));
    }

    private static Page all(IndexStore store) {
        return store.lookups().all(Cursor.START, 10_000);
    }

    private static List<String> names(IndexStore store) {
        return all(store).listings().stream().map(listing -> listing.content().name()).toList();
    }

    private static <R> R submit(IndexStore store, Change<R> change) {
        return store.submit(change).join();
    }

    private static long join(IndexStore store, String name) {
        return submit(store, new Change.Join(new Presence("native", name, name, Identity.NONE, "192.0.2.1",
                List.of(new Endpoint("tcp", "192.0.2.1", 7118)))));
    }

    private static void register(IndexStore store, long session, String... names) {
        for (String name : names) {
            assertThat(submit(store, register(session, name, 1))).containsExactly(Outcome.DONE);
        }
    }

    private static void deregister(IndexStore store, long session, String... names) {
        assertThat(submit(store, deregister(session, List.of(names)))).containsOnly(Outcome.DONE);
    }

    private static Change.Register register(long session, String name, long size) {
        return new Change.Register(session, List.of(new Content(name, Optional.of("sha256-tree:" + "ab".repeat(32)),
                size)));
    }

    private static Change.Deregister deregister(long session, List<String> names) {
        return new Change.Deregister(session,
                names.stream().map(name -> new Change.Name(name, Optional.empty())).toList(), EndedBy.DEREGISTERED);
    }
}
