package dev.swarmdex.store;

import dev.swarmdex.store.Change.Outcome;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a store shows of what is registered, whatever database it keeps its rows in. */
public abstract class LookupContract extends StoreContract {

    @Test
    void a_registered_content_is_found_by_name_by_id_and_by_words() {
        long alice = join("alice");

        assertThat(register(alice, content("Big Buck Bunny.mkv", ID))).containsExactly(Outcome.DONE);

        for (Page page : List.of(
                store().lookups().byName("Big Buck Bunny.mkv", Cursor.START, 10),
                store().lookups().byId(ID, Cursor.START, 10),
                store().lookups().byWords(List.of("bunny", "BIG"), Cursor.START, 10),
                store().lookups().all(Cursor.START, 10))) {
            assertThat(page.next()).isEmpty();
            assertThat(page.listings()).singleElement().satisfies(listing -> {
                assertThat(listing.content()).isEqualTo(content("Big Buck Bunny.mkv", ID));
                Source source = listing.sources().getFirst();
                assertThat(source.since()).isBetween(clock.instant(), clock.instant().plusMillis(1));
                assertThat(listing.sources()).containsExactly(
                        new Source(alice, "alice", "native", source.since(), presence("alice").endpoints()));
            });
        }
    }

    @Test
    void what_does_not_match_is_not_found() {
        register(join("alice"), content("one.txt", ID));

        assertThat(store().lookups().byName("ONE.TXT", Cursor.START, 10).listings()).isEmpty();
        assertThat(store().lookups().byId(OTHER_ID, Cursor.START, 10).listings()).isEmpty();
        assertThat(store().lookups().byWords(List.of("one", "two"), Cursor.START, 10).listings()).isEmpty();
    }

    @Test
    void a_search_that_must_not_allocate_finds_what_the_others_find() {
        long alice = join("alice");
        register(alice, content("größer.mkv", ID), content("other.mkv", OTHER_ID),
                content("by name", "sha256-flat:00"));
        register(join("bob"), content("größer.mkv", ID), new Content("renamed.mkv", Optional.of(ID), 7));
        deregister(alice, "other.mkv");
        TreeSearch search = store().lookups().treeSearch();
        List<String> ids = List.of(ID, OTHER_ID, "sha256-tree:" + "ef".repeat(32));

        assertFindsTheSame(search, ids);
        IntStream.range(0, 50).forEach(_ -> ids.forEach(id -> search.expect(digest(id), 3)));
        assertFindsTheSame(search, ids);
        assertThat(found(search, ID)).hasSize(3);
    }

    private void assertFindsTheSame(TreeSearch search, List<String> ids) {
        for (String id : ids) {
            assertThat(found(search, id)).isEqualTo(store().lookups().byId(id, Cursor.START, 10).listings().stream()
                    .flatMap(listing -> listing.sources().stream().map(source -> listing.content().name() + " "
                            + listing.content().size() + " " + source.peer() + " " + source.since()))
                    .toList());
        }
    }

    private static ByteBuffer digest(String id) {
        return ByteBuffer.allocate(40).put(3, HexFormat.of().parseHex(id.substring(id.indexOf(':') + 1)));
    }

    private static List<String> found(TreeSearch search, String id) {
        List<String> found = new ArrayList<>();
        assertThat(search.find(digest(id), 3, new TreeSearch.Receiver() {

            private String content = "";

            @Override
            public boolean content(byte[] bytes, int nameStart, int nameLength, long size) {
                content = new String(bytes, nameStart, nameLength, StandardCharsets.UTF_8) + " " + size;
                return true;
            }

            @Override
            public boolean source(long session, Presence presence, long since) {
                found.add(content + " " + presence.peer() + " " + Instant.EPOCH.plus(since, ChronoUnit.MICROS));
                return true;
            }
        })).isTrue();
        return found;
    }

    @Test
    void a_size_that_one_peer_states_wrongly_is_not_shown_for_another() {
        long alice = join("alice");
        long mallory = join("mallory");
        register(mallory, new Content("one", Optional.of(ID), 1));
        register(alice, new Content("one", Optional.of(ID), 1000));

        var offered = new ArrayList<Content>();
        store().lookups().contentsOf(alice, offered::add);

        assertThat(offered).containsExactly(new Content("one", Optional.of(ID), 1000));
    }

    @Test
    void a_visit_of_what_a_session_offers_ends_when_the_visitor_has_enough() {
        long alice = join("alice");
        register(alice, content("one", ID), content("two", ID), content("three", ID));
        var visited = new ArrayList<Content>();

        store().lookups().contentsOf(alice, content -> visited.add(content) && visited.size() < 2);

        assertThat(visited).hasSize(2);
    }

    @Test
    void a_content_without_an_id_is_another_one_than_one_with() {
        register(join("alice"), content("one", ID));
        register(join("bob"), new Content("one", Optional.empty(), -1));

        assertThat(store().lookups().byName("one", Cursor.START, 10).listings()).extracting(l -> l.content().id())
                .containsExactlyInAnyOrder(Optional.of(ID), Optional.empty());
        assertThat(store().lookups().byId(ID, Cursor.START, 10).listings()).hasSize(1);
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
    void whether_a_session_offers_a_name_is_known_at_once() {
        long alice = join("alice");
        long bob = join("bob");
        register(alice, content("one", ID), content("two", ID));
        register(bob, content("three", ID));
        deregister(alice, "two");

        Lookups lookups = store().lookups();

        assertThat(lookups.offers(alice, "one")).isTrue();
        assertThat(lookups.offers(alice, "two")).isFalse();
        assertThat(lookups.offers(alice, "three")).isFalse();
        assertThat(lookups.offers(12345, "one")).isFalse();
    }

    @Test
    void one_peer_leaving_keeps_what_another_offers() {
        long alice = join("alice");
        long bob = join("bob");
        register(alice, content("one", ID), content("two", ID));
        register(bob, content("one", ID));

        assertThat(submit(new Change.Leave(alice, EndedBy.EXPIRED))).isEqualTo(2);

        assertThat(store().lookups().all(Cursor.START, 10).listings()).singleElement()
                .satisfies(listing -> assertThat(listing.sources()).extracting(Source::peer).containsExactly("bob"));
        assertThat(store().lookups().session("native", "alice")).isEmpty();
        assertThat(store().lookups().session(alice)).isEmpty();
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
        assertThat(store().lookups().sessions()).hasSize(1);
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
        assertThat(store().lookups().session("native", "alice").orElseThrow().presence()).isEqualTo(moved);
        assertThat(store().lookups().all(Cursor.START, 10).listings()).isEmpty();
        assertThat(rows("select ended_by from mapping_history")).containsExactly(row("ended_by", "replaced"));
    }

    @Test
    void the_same_name_over_another_protocol_is_another_session() {
        long alice = join("alice");
        var seed = new Presence("pdu", "alice", "alice", Identity.NONE, "192.0.2.1", List.of());

        assertThat(submit(new Change.Join(seed))).isNotEqualTo(alice);
        assertThat(store().lookups().sessions()).hasSize(2);
    }

    @Test
    void sessions_come_page_by_page_in_the_order_of_their_numbers() {
        List<Long> numbers = IntStream.range(0, 7).mapToObj(peer -> join("peer" + peer)).toList();
        submit(new Change.Leave(numbers.get(3), EndedBy.DISCONNECTED));

        assertThat(numbers(0, 10)).containsExactly(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(4),
                numbers.get(5), numbers.get(6));
        assertThat(numbers(numbers.get(1), 2)).containsExactly(numbers.get(2), numbers.get(4));
        assertThat(numbers(numbers.get(3), 1)).as("after one that left").containsExactly(numbers.get(4));
        assertThat(numbers(numbers.get(6), 10)).isEmpty();
    }

    private List<Long> numbers(long after, int limit) {
        return store().lookups().sessions(after, limit).stream().map(Session::number).toList();
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
                Page page = store().lookups().byId(ID, next.get(), limit);
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
        Page first = store().lookups().all(Cursor.START, 2);
        assertThat(names(first)).containsExactly("a", "b");

        deregister(alice, "b", "c");
        register(alice, content("e", ID));

        assertThat(names(store().lookups().all(first.next().orElseThrow(), 10))).containsExactly("d", "e");
    }
}
