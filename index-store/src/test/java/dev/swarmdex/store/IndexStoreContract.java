package dev.swarmdex.store;

import dev.swarmdex.store.Change.DownloadResult;
import dev.swarmdex.store.Change.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What every index store does, whatever database it keeps its rows in. */
public abstract class IndexStoreContract {

    private static final String ID = "sha256-tree:" + "ab".repeat(32);
    private static final String OTHER_ID = "sha256-tree:" + "cd".repeat(32);

    private final ManualClock clock = new ManualClock();
    private IndexStore store = new ClosedStore();

    /** Opens a store on the database of this test: a new one the first time, the same one again after a close. */
    protected abstract IndexStore open(ManualClock clock);

    /** Runs a query on the database of the open store, with the rights of its owner. */
    protected abstract List<Map<String, @Nullable Object>> rows(String sql);

    @BeforeEach
    void openStore() {
        store = open(clock);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Test
    void a_registered_content_is_found_by_name_by_id_and_by_words() {
        long alice = join("alice");

        assertThat(register(alice, content("Big Buck Bunny.mkv", ID))).containsExactly(Outcome.DONE);

        for (Page page : List.of(
                store.lookups().byName("Big Buck Bunny.mkv", Cursor.START, 10),
                store.lookups().byId(ID, Cursor.START, 10),
                store.lookups().byWords(List.of("bunny", "BIG"), Cursor.START, 10),
                store.lookups().all(Cursor.START, 10))) {
            assertThat(page.next()).isEmpty();
            assertThat(page.listings()).singleElement().satisfies(listing -> {
                assertThat(listing.content()).isEqualTo(content("Big Buck Bunny.mkv", ID));
                assertThat(listing.sources()).containsExactly(
                        new Source(alice, "alice", "native", clock.instant(), presence("alice").endpoints()));
            });
        }
    }

    @Test
    void what_does_not_match_is_not_found() {
        register(join("alice"), content("one.txt", ID));

        assertThat(store.lookups().byName("ONE.TXT", Cursor.START, 10).listings()).isEmpty();
        assertThat(store.lookups().byId(OTHER_ID, Cursor.START, 10).listings()).isEmpty();
        assertThat(store.lookups().byWords(List.of("one", "two"), Cursor.START, 10).listings()).isEmpty();
    }

    @Test
    void registering_again_changes_nothing_not_even_the_history() {
        long alice = join("alice");
        register(alice, content("one", ID));
        long revision = session(alice).revision();
        clock.advance(Duration.ofMinutes(1));

        assertThat(register(alice, content("one", ID))).containsExactly(Outcome.UNCHANGED);

        assertThat(session(alice).revision()).isEqualTo(revision);
        assertThat(rows("select * from mapping_history")).hasSize(1);
    }

    @Test
    void other_bytes_under_the_same_name_replace_the_mapping() {
        long alice = join("alice");
        register(alice, content("one", ID));
        clock.advance(Duration.ofMinutes(1));

        assertThat(register(alice, content("one", OTHER_ID))).containsExactly(Outcome.DONE);

        assertThat(names(store.lookups().byId(ID, Cursor.START, 10))).isEmpty();
        assertThat(names(store.lookups().byId(OTHER_ID, Cursor.START, 10))).containsExactly("one");
        assertThat(session(alice).mappings()).isEqualTo(1);
        assertThat(rows("select content_id, ended_by, until is null as open from mapping_history order by since"))
                .containsExactly(
                        row("content_id", ID, "ended_by", "replaced", "open", false),
                        row("content_id", OTHER_ID, "ended_by", null, "open", true));
    }

    @Test
    void one_change_can_hold_the_same_name_twice() {
        long alice = join("alice");

        assertThat(register(alice, content("one", ID), content("one", OTHER_ID), content("one", OTHER_ID)))
                .containsExactly(Outcome.DONE, Outcome.DONE, Outcome.UNCHANGED);

        assertThat(store.lookups().byName("one", Cursor.START, 10).listings()).extracting(Listing::content)
                .containsExactly(content("one", OTHER_ID));
        assertThat(rows("select ended_by from mapping_history order by ended_by nulls last"))
                .containsExactly(row("ended_by", "replaced"), row("ended_by", null));
    }

    @Test
    void a_size_that_one_peer_states_wrongly_is_not_shown_for_another() {
        long alice = join("alice");
        long mallory = join("mallory");
        register(mallory, new Content("one", Optional.of(ID), 1));
        register(alice, new Content("one", Optional.of(ID), 1000));

        var offered = new ArrayList<Content>();
        store.lookups().contentsOf(alice, offered::add);

        assertThat(offered).containsExactly(new Content("one", Optional.of(ID), 1000));
    }

    @Test
    void a_content_without_an_id_is_another_one_than_one_with() {
        register(join("alice"), content("one", ID));
        register(join("bob"), new Content("one", Optional.empty(), -1));

        assertThat(store.lookups().byName("one", Cursor.START, 10).listings()).extracting(l -> l.content().id())
                .containsExactlyInAnyOrder(Optional.of(ID), Optional.empty());
        assertThat(store.lookups().byId(ID, Cursor.START, 10).listings()).hasSize(1);
    }

    @Test
    void deregistering_ends_the_mapping_and_keeps_its_history() {
        long alice = join("alice");
        register(alice, content("one", ID), content("two", ID));
        clock.advance(Duration.ofMinutes(1));

        assertThat(deregister(alice, "one", "three"))
                .containsExactly(Outcome.DONE, Outcome.NOT_REGISTERED);

        assertThat(names(store.lookups().all(Cursor.START, 10))).containsExactly("two");
        assertThat(rows("select content, ended_by from mapping_history where until is not null"))
                .containsExactly(row("content", "one", "ended_by", "deregistered"));
        assertThat(deregister(alice, "one")).containsExactly(Outcome.NOT_REGISTERED);
    }

    @Test
    void deregistering_with_an_id_spares_other_bytes_of_that_name() {
        long alice = join("alice");
        register(alice, content("one", ID));

        assertThat(submit(new Change.Deregister(alice, List.of(new Change.Name("one", Optional.of(OTHER_ID))),
                EndedBy.DEREGISTERED))).containsExactly(Outcome.NOT_REGISTERED);
        assertThat(submit(new Change.Deregister(alice, List.of(new Change.Name("one", Optional.of(ID))),
                EndedBy.DEREGISTERED))).containsExactly(Outcome.DONE);
    }

    @Test
    void one_peer_leaving_keeps_what_another_offers() {
        long alice = join("alice");
        long bob = join("bob");
        register(alice, content("one", ID), content("two", ID));
        register(bob, content("one", ID));

        assertThat(submit(new Change.Leave(alice, EndedBy.EXPIRED))).isEqualTo(2);

        assertThat(store.lookups().all(Cursor.START, 10).listings()).singleElement()
                .satisfies(listing -> assertThat(listing.sources()).extracting(Source::peer).containsExactly("bob"));
        assertThat(store.lookups().session("native", "alice")).isEmpty();
        assertThat(store.lookups().session(alice)).isEmpty();
        assertThat(rows("select distinct ended_by from mapping_history where peer = 'alice'"))
                .containsExactly(row("ended_by", "expired"));
        assertThat(rows("select peer, ended_by, mappings from peer_sessions order by peer")).containsExactly(
                row("peer", "alice", "ended_by", "expired", "mappings", 2L),
                row("peer", "bob", "ended_by", null, "mappings", 1L));
    }

    @Test
    void a_session_that_is_not_open_takes_no_changes() {
        long alice = join("alice");
        submit(new Change.Leave(alice, EndedBy.DISCONNECTED));

        assertThat(register(alice, content("one", ID))).containsExactly(Outcome.NO_SESSION);
        assertThat(deregister(alice, "one")).containsExactly(Outcome.NO_SESSION);
        assertThat(submit(new Change.Leave(alice, EndedBy.EXPIRED))).isZero();
        assertThat(register(12345, content("one", ID))).containsExactly(Outcome.NO_SESSION);
    }

    @Test
    void joining_again_as_before_keeps_the_session() {
        long alice = join("alice");
        register(alice, content("one", ID));

        assertThat(join("alice")).isEqualTo(alice);
        assertThat(session(alice).mappings()).isEqualTo(1);
        assertThat(store.lookups().sessions()).hasSize(1);
    }

    @Test
    void joining_with_other_endpoints_replaces_the_session_and_its_mappings() {
        long alice = join("alice");
        register(alice, content("one", ID));
        clock.advance(Duration.ofMinutes(1));
        var moved = new Presence("native", "alice", "alice", Identity.ofSecret("secret of alice"), "192.0.2.7",
                List.of(new Endpoint("tcp", "192.0.2.7", 7000)));

        long again = submit(new Change.Join(moved));

        assertThat(again).isNotEqualTo(alice);
        assertThat(store.lookups().session("native", "alice").orElseThrow().presence()).isEqualTo(moved);
        assertThat(store.lookups().all(Cursor.START, 10).listings()).isEmpty();
        assertThat(rows("select ended_by from mapping_history")).containsExactly(row("ended_by", "replaced"));
    }

    @Test
    void the_views_have_a_row_for_each_endpoint_and_one_for_a_peer_without_any() {
        var endpoints = List.of(new Endpoint("tcp", "192.0.2.1", 7118), new Endpoint("pdu", "2001:db8::1", 7119));
        register(submit(new Change.Join(
                new Presence("native", "alice", "alice", Identity.NONE, "192.0.2.1", endpoints))), content("one", ID));
        register(submit(new Change.Join(
                new Presence("native", "bob", "bob", Identity.NONE, "192.0.2.1", List.of()))), content("two", ID));

        assertThat(rows("select content, scheme, host, port from current_mappings order by content, port"))
                .containsExactly(
                        row("content", "one", "scheme", "tcp", "host", "192.0.2.1", "port", 7118),
                        row("content", "one", "scheme", "pdu", "host", "2001:db8::1", "port", 7119),
                        row("content", "two", "scheme", null, "host", null, "port", null));
        restart();
        assertThat(store.lookups().session("native", "alice").orElseThrow().presence().endpoints())
                .isEqualTo(endpoints);
    }

    @Test
    void the_same_name_over_another_protocol_is_another_session() {
        long alice = join("alice");
        var seed = new Presence("pdu", "alice", "alice", Identity.NONE, "192.0.2.1", List.of());

        assertThat(submit(new Change.Join(seed))).isNotEqualTo(alice);
        assertThat(store.lookups().sessions()).hasSize(2);
    }

    @Test
    void after_a_restart_everything_open_is_shown_again() {
        long alice = join("alice");
        long bob = join("bob");
        register(alice, content("one", ID), content("two", OTHER_ID), new Content("bare", Optional.empty(), -1));
        register(bob, content("one", ID));
        deregister(alice, "two");
        Page before = store.lookups().all(Cursor.START, 100);

        restart();

        assertThat(store.lookups().all(Cursor.START, 100)).isEqualTo(before);
        assertThat(store.lookups().session("native", "alice").orElseThrow().presence()).isEqualTo(presence("alice"));
        assertThat(session(alice).since()).isEqualTo(clock.instant());
        assertThat(session(alice).mappings()).isEqualTo(2);
    }

    @Test
    void after_a_restart_a_returning_peer_is_recognised_and_registers_nothing_anew() {
        long alice = join("alice");
        register(alice, content("one", ID));

        restart();

        assertThat(join("alice")).isEqualTo(alice);
        assertThat(register(alice, content("one", ID))).containsExactly(Outcome.UNCHANGED);
        assertThat(register(alice, content("two", ID))).containsExactly(Outcome.DONE);
        assertThat(rows("select * from mapping_history where until is null and peer = 'alice'")).hasSize(2);
    }

    @Test
    void contents_and_peers_keep_their_rows_over_leaving_and_coming_back() {
        long first = join("alice");
        register(first, content("one", ID), new Content("bare", Optional.empty(), -1));
        submit(new Change.Leave(first, EndedBy.DEREGISTERED));
        restart();

        register(join("alice"), content("one", ID), new Content("bare", Optional.empty(), -1));

        assertThat(rows("select count(*) as n from content")).containsExactly(row("n", 2L));
        assertThat(rows("select count(*) as n from peer")).containsExactly(row("n", 1L));
        assertThat(rows("select count(*) as n from mapping")).containsExactly(row("n", 4L));
    }

    @Test
    void history_never_runs_backwards_even_if_the_clock_does() {
        long alice = join("alice");
        register(alice, content("one", ID));
        clock.advance(Duration.ofMinutes(5));
        deregister(alice, "one");
        clock.advance(Duration.ofMinutes(-10));
        restart();

        register(alice, content("one", ID));

        assertThat(rows("""
                select count(*) as overlaps from mapping a join mapping b on b.number > a.number
                where b.since < a.until""")).containsExactly(row("overlaps", 0L));
    }

    @Test
    void the_past_can_be_asked_for() {
        long alice = join("alice");
        register(alice, content("one", ID));
        clock.advance(Duration.ofHours(1));
        deregister(alice, "one");
        clock.advance(Duration.ofHours(1));

        assertThat(whoHad("one", "2026-03-01T12:30:00Z")).containsOnly("alice");
        assertThat(whoHad("one", "2026-03-01T13:30:00Z")).isEmpty();
        assertThat(whoHad("one", "2026-03-01T11:30:00Z")).isEmpty();
    }

    @Test
    void the_views_show_what_scripts_rely_on() {
        register(join("alice"), content("one", ID));
        submit(report("alice"));

        assertThat(rows("select * from current_mappings")).singleElement().satisfies(
                first -> assertThat(first).containsOnlyKeys(
                        "content", "content_id", "size", "peer", "scheme", "host", "port", "since", "via")
                        .containsEntry("content", "one").containsEntry("content_id", ID).containsEntry("size", 1000L)
                        .containsEntry("peer", "alice").containsEntry("scheme", "tcp")
                        .containsEntry("host", "192.0.2.1").containsEntry("port", 7118)
                        .containsEntry("via", "native"));
        assertThat(rows("select * from mapping_history").getFirst().keySet()).containsExactly(
                "content", "content_id", "size", "peer", "scheme", "host", "port", "since", "via", "until",
                "ended_by");
        assertThat(rows("select * from content_summary").getFirst().keySet())
                .containsExactly("content", "content_id", "size", "peers", "first_seen", "last_seen");
        assertThat(rows("select * from peer_sessions").getFirst().keySet())
                .containsExactly("peer", "host", "since", "until", "ended_by", "mappings");
        assertThat(rows("select * from download_history").getFirst().keySet()).containsExactly(
                "content", "content_id", "peer", "source", "bytes", "seconds", "finished_at", "result");
    }

    @Test
    void the_summary_counts_the_peers_that_offer_a_content_now() {
        long alice = join("alice");
        long bob = join("bob");
        register(alice, content("one", ID), content("two", ID));
        register(bob, content("one", ID));
        deregister(bob, "one");

        assertThat(rows("select content, peers from content_summary order by content")).containsExactly(
                row("content", "one", "peers", 1L), row("content", "two", "peers", 1L));
    }

    @Test
    void a_download_is_recorded_once_however_often_its_report_comes() {
        assertThat(submit(report("alice"))).isTrue();
        assertThat(submit(report("alice"))).isFalse();
        restart();
        assertThat(submit(report("alice"))).isFalse();
        assertThat(submit(report("bob"))).isTrue();
        clock.advance(Duration.ofHours(2));
        assertThat(submit(report("alice"))).isTrue();

        assertThat(rows("select peer, source, bytes, result from download_history where peer = 'bob'"))
                .containsExactly(row("peer", "bob", "source", null, "bytes", 1000L, "result", "wrong_bytes"));
        assertThat(rows("select * from download_history")).hasSize(3);
    }

    @Test
    void pages_show_everything_exactly_once() {
        for (int peer = 0; peer < 7; peer++) {
            register(join("peer" + peer), IntStream.range(0, 10).mapToObj(i -> content("file" + i, ID))
                    .toArray(Content[]::new));
        }

        for (int limit : List.of(1, 3, 7, 69, 70, 71)) {
            var seen = new ArrayList<String>();
            Optional<Cursor> next = Optional.of(Cursor.START);
            while (next.isPresent()) {
                Page page = store.lookups().byId(ID, next.get(), limit);
                page.listings().forEach(listing -> listing.sources()
                        .forEach(source -> seen.add(listing.content().name() + " " + source.peer())));
                assertThat(page.listings().stream().mapToInt(listing -> listing.sources().size()).sum())
                        .isBetween(1, limit);
                next = page.next();
            }
            assertThat(seen).hasSize(70).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_list_goes_on_where_it_was_after_its_last_row_vanished() {
        long alice = join("alice");
        register(alice, content("a", ID), content("b", ID), content("c", ID), content("d", ID));
        Page first = store.lookups().all(Cursor.START, 2);
        assertThat(names(first)).containsExactly("a", "b");

        deregister(alice, "b", "c");
        register(alice, content("e", ID));

        assertThat(names(store.lookups().all(first.next().orElseThrow(), 10))).containsExactly("d", "e");
    }

    @Test
    void changes_are_applied_in_the_order_of_their_submission() {
        long alice = join("alice");
        var answers = new ArrayList<CompletableFuture<List<Outcome>>>();
        for (int i = 0; i < 500; i++) {
            answers.add(store.submit(new Change.Register(alice, List.of(content("one", i % 2 == 0 ? ID : OTHER_ID)))));
            answers.add(store.submit(new Change.Deregister(
                    alice, List.of(new Change.Name("one", Optional.empty())), EndedBy.DEREGISTERED)));
        }

        assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).containsExactly(Outcome.DONE));
        assertThat(rows("select count(*) as n from mapping where ended_by = 'deregistered'"))
                .containsExactly(row("n", 500L));
    }

    @Test
    void a_session_can_begin_and_end_among_changes_that_are_committed_together() {
        var answers = new ArrayList<CompletableFuture<?>>();
        for (int i = 0; i < 200; i++) {
            answers.add(store.submit(new Change.Join(presence("alice"))));
            answers.add(store.submit(new Change.Leave(2L * i + 1, EndedBy.DISCONNECTED)));
            answers.add(store.submit(new Change.Join(presence("alice" + i))));
        }
        answers.forEach(CompletableFuture::join);

        assertThat(rows("select count(*) as n from peer")).containsExactly(row("n", 201L));
        assertThat(rows("select count(*) as n from session where until is null"))
                .containsExactly(row("n", (long) store.lookups().sessions().size()));
    }

    @Test
    void what_is_submitted_before_a_close_is_committed_and_what_comes_later_is_refused() {
        long alice = join("alice");
        var before = IntStream.range(0, 1000)
                .mapToObj(i -> store.submit(new Change.Register(alice, List.of(content("file" + i, ID))))).toList();

        store.close();

        assertThat(before).allSatisfy(answer -> assertThat(answer).isCompletedWithValue(List.of(Outcome.DONE)));
        assertThatThrownBy(() -> register(alice, content("late", ID))).hasCauseInstanceOf(StoreException.class)
                .hasMessageContaining("the index is closed");
        store = open(clock);
        assertThat(session(alice).mappings()).isEqualTo(1000);
    }

    @Test
    void a_change_that_the_database_refuses_fails_alone() {
        long alice = join("alice");
        rows("alter table content add constraint no_poison check (name <> 'poison')");
        var answers = IntStream.range(0, 100).mapToObj(i -> store.submit(
                new Change.Register(alice, List.of(content(i == 42 ? "poison" : "file" + i, ID))))).toList();

        for (int i = 0; i < 100; i++) {
            CompletableFuture<List<Outcome>> answer = answers.get(i);
            if (i == 42) {
                assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(StoreException.class);
            } else {
                assertThat(answer.join()).containsExactly(Outcome.DONE);
            }
        }
        assertThat(session(alice).mappings()).isEqualTo(99);
        restart();
        assertThat(session(alice).mappings()).isEqualTo(99);
    }

    private void restart() {
        store.close();
        store = open(clock);
    }

    private List<String> whoHad(String name, String moment) {
        return rows("""
                select peer from mapping_history where content = '%s'
                and since <= timestamp with time zone '%s' and (until > timestamp with time zone '%s' or until is null)
                """.formatted(name, moment, moment)).stream().map(row -> String.valueOf(row.get("peer"))).toList();
    }

    private <R> R submit(Change<R> change) {
        return store.submit(change).join();
    }

    private long join(String name) {
        return submit(new Change.Join(presence(name)));
    }

    private List<Outcome> register(long session, Content... contents) {
        return submit(new Change.Register(session, List.of(contents)));
    }

    private List<Outcome> deregister(long session, String... names) {
        var all = IntStream.range(0, names.length)
                .mapToObj(i -> new Change.Name(names[i], Optional.empty())).toList();
        return submit(new Change.Deregister(session, all, EndedBy.DEREGISTERED));
    }

    private Session session(long number) {
        return store.lookups().session(number).orElseThrow();
    }

    private static Change.Report report(String peer) {
        return new Change.Report(content("one", ID), peer, "", 1000, Duration.ofMillis(1234),
                DownloadResult.WRONG_BYTES);
    }

    private static List<String> names(Page page) {
        return page.listings().stream().map(listing -> listing.content().name()).toList();
    }

    private static Content content(String name, String id) {
        return new Content(name, Optional.of(id), 1000);
    }

    private static Presence presence(String name) {
        return new Presence("native", name, name, Identity.ofSecret("secret of " + name), "192.0.2.1",
                List.of(new Endpoint("tcp", "192.0.2.1", 7118)));
    }

    private static Map<String, @Nullable Object> row(@Nullable Object... namesAndValues) {
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
        public void close() {
            // nothing is open
        }
    }
}
