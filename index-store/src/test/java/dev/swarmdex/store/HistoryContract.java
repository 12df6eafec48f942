package dev.swarmdex.store;

import dev.swarmdex.store.Change.DownloadResult;
import dev.swarmdex.store.Change.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a store keeps of what was, for SQL to ask. */
public abstract class HistoryContract extends StoreContract {

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

        assertThat(names(store().lookups().byId(ID, Cursor.START, 10))).isEmpty();
        assertThat(names(store().lookups().byId(OTHER_ID, Cursor.START, 10))).containsExactly("one");
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

        assertThat(store().lookups().byName("one", Cursor.START, 10).listings()).extracting(Listing::content)
                .containsExactly(content("one", OTHER_ID));
        assertThat(rows("select ended_by from mapping_history order by ended_by nulls last"))
                .containsExactly(row("ended_by", "replaced"), row("ended_by", null));
    }

    @Test
    void deregistering_ends_the_mapping_and_keeps_its_history() {
        long alice = join("alice");
        register(alice, content("one", ID), content("two", ID));
        clock.advance(Duration.ofMinutes(1));

        assertThat(deregister(alice, "one", "three"))
                .containsExactly(Outcome.DONE, Outcome.NOT_REGISTERED);

        assertThat(names(store().lookups().all(Cursor.START, 10))).containsExactly("two");
        assertThat(rows("select content, ended_by from mapping_history where until is not null"))
                .containsExactly(row("content", "one", "ended_by", "deregistered"));
        assertThat(deregister(alice, "one")).containsExactly(Outcome.NOT_REGISTERED);
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
        assertThat(store().lookups().session("native", "alice").orElseThrow().presence().endpoints())
                .isEqualTo(endpoints);
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

    private List<String> whoHad(String name, String moment) {
        return rows("""
                select peer from mapping_history where content = '%s'
                and since <= timestamp with time zone '%s' and (until > timestamp with time zone '%s' or until is null)
                """.formatted(name, moment, moment)).stream().map(row -> String.valueOf(row.get("peer"))).toList();
    }

    private static Change.Report report(String peer) {
        return new Change.Report(content("one", ID), peer, "", 1000, Duration.ofMillis(1234),
                DownloadResult.WRONG_BYTES);
    }

    @Test
    void the_history_of_a_name_or_an_id_is_read_in_pages_from_the_latest_on() {
        long alice = join("alice");
        register(alice, content("one", ID), content("other", ID));
        deregister(alice, "one");
        register(alice, content("one", OTHER_ID));
        History history = store().history();

        History.Part<History.Entry> first = history.ofName("one", Long.MAX_VALUE, 1);
        assertThat(first.entries()).extracting(History.Entry::content).containsExactly(content("one", OTHER_ID));
        assertThat(first.entries().getFirst().until()).isEmpty();
        History.Part<History.Entry> second = history.ofName("one", first.next().orElseThrow(), 1);
        assertThat(second.next()).isEmpty();
        assertThat(second.entries()).singleElement().satisfies(entry -> {
            assertThat(entry.content()).isEqualTo(content("one", ID));
            assertThat(entry.endedBy()).contains(EndedBy.DEREGISTERED);
            assertThat(entry.until().orElseThrow()).isAfterOrEqualTo(entry.since());
            assertThat(entry.peer()).isEqualTo("alice");
        });
        assertThat(history.ofId(ID, Long.MAX_VALUE, 10).entries()).extracting(entry -> entry.content().name())
                .containsExactlyInAnyOrder("one", "other");
        assertThat(history.ofName("unknown' or 1=1", Long.MAX_VALUE, 10).entries()).isEmpty();
    }

    @Test
    void the_sessions_of_a_peer_are_read_in_pages_from_the_latest_on() {
        long first = join("alice");
        register(first, content("one", ID), content("two", ID));
        join("bob");
        submit(new Change.Leave(first, EndedBy.DISCONNECTED));
        clock.advance(Duration.ofHours(1));
        join("alice");
        History history = store().history();

        History.Part<History.Visit> latest = history.ofPeer("alice", Long.MAX_VALUE, 1);
        assertThat(latest.entries()).singleElement().satisfies(visit -> {
            assertThat(visit.until()).isEmpty();
            assertThat(visit.mappings()).isZero();
        });
        History.Part<History.Visit> older = history.ofPeer("alice", latest.next().orElseThrow(), 1);
        assertThat(older.next()).isEmpty();
        assertThat(older.entries()).singleElement().satisfies(visit -> {
            assertThat(visit.via()).isEqualTo("native");
            assertThat(visit.host()).isEqualTo("192.0.2.1");
            assertThat(visit.endedBy()).contains(EndedBy.DISCONNECTED);
            assertThat(visit.until().orElseThrow()).isBefore(latest.entries().getFirst().since());
            assertThat(visit.mappings()).isEqualTo(2);
        });
        assertThat(history.ofPeer("nobody", Long.MAX_VALUE, 10).entries()).isEmpty();
    }

    @Test
    void how_many_mappings_had_been_opened_is_known_for_any_moment() {
        assertThat(store().history().openedBefore(List.of(clock.instant()))).containsExactly(0L);
        var start = clock.instant();
        long alice = join("alice");
        register(alice, content("one", ID));
        clock.advance(Duration.ofMinutes(10));
        register(alice, content("two", ID), content("three", ID), content("four", ID));
        deregister(alice, "two");
        clock.advance(Duration.ofMinutes(10));
        register(alice, content("five", ID));

        var moments = IntStream.rangeClosed(0, 5).mapToObj(i -> start.plus(Duration.ofMinutes(5L * i))).toList();
        assertThat(store().history().openedBefore(moments)).containsExactly(0L, 1L, 1L, 4L, 4L, 5L);
    }

    @Test
    void the_store_says_how_much_is_open() {
        long alice = join("alice");
        register(alice, content("one", ID), content("two", ID));
        assertThat(store().mappings()).isEqualTo(2);
        restart();
        assertThat(store().mappings()).isEqualTo(2);
        assertThat(store().waiting()).isZero();
    }
}
