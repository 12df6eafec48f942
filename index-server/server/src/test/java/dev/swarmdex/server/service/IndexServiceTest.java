package dev.swarmdex.server.service;

import dev.swarmdex.server.FakeTime;
import dev.swarmdex.server.HeldWriter;
import dev.swarmdex.store.BusyException;
import dev.swarmdex.store.Change;
import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.EndedBy;
import dev.swarmdex.store.Endpoint;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.IndexStore;
import dev.swarmdex.store.Listing;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.Session;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class IndexServiceTest {

    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration MOMENT = Duration.ofMillis(1);
    private static final Content FILM = new Content("film.mkv", Optional.of("sha256-tree:" + "ab".repeat(32)), 5);
    /** Too many to end in one commit. */
    private static final int MANY = 15 * Endings.PART + 7;
    private static final Content SONG = new Content("song.ogg", Optional.empty(), -1);

    @TempDir
    Path folder;
    private final FakeTime time = new FakeTime();
    private final HeldWriter writer = new HeldWriter();
    @SuppressWarnings("NullAway.Init")
    private IndexStore store;
    @SuppressWarnings("NullAway.Init")
    private IndexService service;

    @BeforeEach
    void open() {
        store = DatabaseStore.open(StoreSettings.of("jdbc:h2:file:" + folder.resolve("index"), Durability.PROCESS),
                writer);
        service = new IndexService(store, Map.of("native", LEASE), time);
        service.start();
    }

    @AfterEach
    void close() {
        service.close();
        store.close();
    }

    private void restart() {
        close();
        open();
    }

    private static Presence presence(String name, String secret, int port) {
        return new Presence("native", name, name, Identity.ofSecret(secret), "192.0.2.1",
                List.of(new Endpoint("tcp", "192.0.2.1", port)));
    }

    private Session join(String name, String secret) {
        return service.join(presence(name, secret, 7118)).join();
    }

    private Session confirmed(String name, Content... contents) {
        Session session = join(name, name);
        service.register(session, List.of(contents)).join();
        service.compared(session, true);
        return session;
    }

    private List<String> peersOf(Content content) {
        return service.lookups().byName(content.name(), Cursor.START, 100).listings().stream().map(Listing::sources)
                .flatMap(List::stream).map(source -> source.peer()).toList();
    }

    private void passAndSweep(Duration duration) {
        time.pass(duration);
        service.sweep();
        // A change that is submitted later is committed later: when this one is answered, the sweep is done.
        service.report("native", Identity.NONE,
                new Change.Report(SONG, "nobody", "", 0, Duration.ZERO, Change.DownloadResult.FAILED)).join();
    }

    @Test
    void what_a_peer_registers_is_found_until_it_leaves() {
        Session alice = join("alice", "a");
        assertThat(service.register(alice, List.of(FILM)).join()).containsExactly(Change.Outcome.DONE);
        assertThat(peersOf(FILM)).containsExactly("alice");
        assertThat(service.leave(alice, EndedBy.DEREGISTERED).join()).isEqualTo(1);
        assertThat(peersOf(FILM)).isEmpty();
    }

    @Test
    void while_a_peer_that_offers_much_leaves_others_are_answered() {
        Session alice = join("alice", "a");
        Session bob = join("bob", "b");
        registerMany(alice);
        List<String> done = new CopyOnWriteArrayList<>();
        writer.hold();

        CompletableFuture<?> leaving = service.leave(alice, EndedBy.DEREGISTERED).thenAccept(_ -> done.add("alice"));
        CompletableFuture<?> other = service.register(bob, List.of(FILM)).thenAccept(_ -> done.add("bob"));
        writer.release();

        CompletableFuture.allOf(leaving, other).join();
        assertThat(done).containsExactly("bob", "alice");
        assertThat(service.lookups().sessions()).extracting(Session::number).containsExactly(bob.number());
        assertThat(store.mappings()).isEqualTo(1);
    }

    @Test
    void all_that_a_peer_offered_ends_with_it_and_is_counted_once() {
        Session alice = join("alice", "a");
        registerMany(alice);

        CompletableFuture<Integer> first = service.leave(alice, EndedBy.DEREGISTERED);
        CompletableFuture<Integer> again = service.leave("native", "alice", Identity.ofSecret("a"),
                EndedBy.DEREGISTERED);

        assertThat(again.join()).isIn(0, MANY);
        assertThat(store.mappings()).isZero();
        assertThat(first.join()).isEqualTo(MANY);
    }

    @Test
    void who_is_back_before_all_that_it_offered_has_ended_begins_anew() {
        Session before = join("alice", "a");
        registerMany(before);
        CompletableFuture<Integer> leaving = service.leave(before, EndedBy.DEREGISTERED);
        assertThat(service.session("native", "alice", Identity.ofSecret("a"))).isEmpty();

        Session back = join("alice", "a");
        service.register(back, List.of(FILM)).join();
        leaving.join();

        assertThat(back.number()).isNotEqualTo(before.number());
        assertThat(service.session("native", "alice", Identity.ofSecret("a"))).map(Session::number)
                .contains(back.number());
        assertThat(store.mappings()).isEqualTo(1);
    }

    @Test
    void while_a_peer_that_offers_much_is_back_others_are_answered() {
        Session alice = join("alice", "a");
        Session bob = join("bob", "b");
        registerMany(alice);
        writer.hold();

        CompletableFuture<?> leaving = service.leave(alice, EndedBy.DEREGISTERED);
        assertThatBobIsAnsweredFirst(bob, service.join(alice.presence()));

        leaving.join();
        assertThat(service.lookups().sessions()).extracting(Session::number).hasSize(2).doesNotContain(alice.number());
        assertThat(store.mappings()).isEqualTo(1);
    }

    @Test
    void while_a_peer_that_offers_much_moves_to_another_endpoint_others_are_answered() {
        Session alice = join("alice", "a");
        Session bob = join("bob", "b");
        registerMany(alice);
        writer.hold();

        CompletableFuture<Session> moving = service.join(presence("alice", "a", 9999));
        assertThat(service.join(presence("alice", "a", 9999))).failsWithin(Duration.ZERO).withThrowableThat()
                .withCauseInstanceOf(BusyException.class);
        assertThatBobIsAnsweredFirst(bob, moving);

        assertThat(service.session("native", "alice", Identity.ofSecret("a"))).map(Session::presence)
                .contains(presence("alice", "a", 9999));
        assertThat(store.mappings()).isEqualTo(1);
    }

    private void assertThatBobIsAnsweredFirst(Session bob, CompletableFuture<Session> alice) {
        List<String> done = new CopyOnWriteArrayList<>();
        CompletableFuture<?> join = alice.thenAccept(_ -> done.add("alice"));
        CompletableFuture<?> other = service.register(bob, List.of(FILM)).thenAccept(_ -> done.add("bob"));
        writer.release();
        CompletableFuture.allOf(join, other).join();
        assertThat(done).containsExactly("bob", "alice");
    }

    @Test
    void a_peer_that_offers_much_expires_too() {
        Session alice = join("alice", "a");
        registerMany(alice);
        service.compared(alice, true);
        passAndSweep(LEASE.plus(MOMENT));

        await().until(() -> service.lookups().sessions().isEmpty());
        assertThat(store.mappings()).isZero();
    }

    private void registerMany(Session session) {
        service.register(session, IntStream.range(0, MANY)
                .mapToObj(number -> new Content("photo" + number, Optional.empty(), number)).toList()).join();
    }

    @Test
    void a_session_ends_when_its_lease_has_run_out() {
        confirmed("alice", FILM);
        passAndSweep(LEASE);
        assertThat(peersOf(FILM)).containsExactly("alice");
        passAndSweep(MOMENT);
        assertThat(peersOf(FILM)).isEmpty();
        assertThat(service.lookups().sessions()).isEmpty();
    }

    @Test
    void a_sign_of_life_renews_the_lease() {
        Session first = confirmed("alice", FILM);
        for (int i = 0; i < 5; i++) {
            passAndSweep(LEASE);
            assertThat(join("alice", "alice").number()).isEqualTo(first.number());
        }
        assertThat(peersOf(FILM)).containsExactly("alice");
    }

    @Test
    void a_peer_that_never_confirms_expires_within_two_leases_although_it_is_alive() {
        service.register(join("alice", "a"), List.of(FILM)).join();
        passAndSweep(LEASE);
        service.compared(join("alice", "a"), false);
        passAndSweep(LEASE);
        assertThat(peersOf(FILM)).containsExactly("alice");
        join("alice", "a");
        passAndSweep(MOMENT);
        assertThat(peersOf(FILM)).isEmpty();
    }

    @Test
    void a_peer_whose_list_differs_again_has_two_leases_to_mend_it() {
        Session alice = confirmed("alice", FILM);
        passAndSweep(LEASE);
        service.compared(join("alice", "alice"), false);
        passAndSweep(LEASE);
        join("alice", "alice");
        passAndSweep(LEASE);
        service.compared(join("alice", "alice"), true);
        passAndSweep(LEASE);
        assertThat(service.lookups().session(alice.number())).isPresent();
    }

    @Test
    void a_peer_that_goes_on_registering_is_given_the_time() {
        Session alice = join("alice", "a");
        for (int i = 0; i < 5; i++) {
            service.register(alice, List.of(new Content("file " + i, Optional.empty(), 1))).join();
            passAndSweep(LEASE);
            join("alice", "a");
        }
        assertThat(service.lookups().session(alice.number())).map(Session::mappings).hasValue(5);
    }

    @Test
    void after_a_restart_everything_is_served_at_once() {
        confirmed("alice", FILM);
        confirmed("bob", FILM, SONG);
        restart();
        assertThat(peersOf(FILM)).containsExactlyInAnyOrder("alice", "bob");
    }

    @Test
    void after_a_restart_who_confirms_stays_and_who_does_not_expires_after_two_leases() {
        Session alice = confirmed("alice", FILM);
        confirmed("bob", FILM);
        restart();
        passAndSweep(LEASE.multipliedBy(2));
        assertThat(peersOf(FILM)).containsExactlyInAnyOrder("alice", "bob");
        Session again = join("alice", "alice");
        assertThat(again.number()).isEqualTo(alice.number());
        service.compared(again, true);
        passAndSweep(MOMENT);
        assertThat(peersOf(FILM)).containsExactly("alice");
        passAndSweep(LEASE);
        assertThat(peersOf(FILM)).isEmpty();
    }

    @Test
    void the_name_of_a_live_peer_is_refused_to_another() {
        join("alice", "a");
        assertThatThrownBy(() -> join("alice", "other")).hasCauseInstanceOf(NameInUseException.class)
                .hasMessageContaining("the name alice belongs to another peer");
    }

    @Test
    void the_name_of_a_peer_that_ran_out_is_free_even_before_the_sweep() {
        Session first = confirmed("alice", FILM);
        time.pass(LEASE.plus(MOMENT));
        Session second = join("alice", "other");
        assertThat(second.number()).isNotEqualTo(first.number());
        assertThat(peersOf(FILM)).isEmpty();
    }

    @Test
    void of_peers_that_take_a_free_name_together_one_gets_it() {
        List<CompletableFuture<Session>> joins = List.of("a", "b", "c", "d").stream()
                .map(secret -> service.join(presence("alice", secret, 1))).toList();
        assertThat(joins).filteredOn(join -> join.handle((_, failure) -> failure == null).join()).hasSize(1);
        assertThat(service.lookups().sessions()).hasSize(1);
    }

    @Test
    void joining_twice_at_once_is_joining_once() {
        CompletableFuture<Session> first = service.join(presence("alice", "a", 1));
        CompletableFuture<Session> second = service.join(presence("alice", "a", 1));
        assertThat(first.join().number()).isEqualTo(second.join().number());
    }

    @Test
    void the_same_peer_at_another_endpoint_has_a_new_session_without_the_old_mappings() {
        Session first = confirmed("alice", FILM);
        Session second = service.join(presence("alice", "alice", 9999)).join();
        assertThat(second.number()).isNotEqualTo(first.number());
        assertThat(peersOf(FILM)).isEmpty();
    }

    @Test
    void only_who_opened_a_session_finds_it() {
        Session alice = join("alice", "a");
        assertThat(service.session("native", "alice", Identity.ofSecret("a"))).map(Session::number)
                .hasValue(alice.number());
        assertThat(service.session("native", "alice", Identity.ofSecret("b"))).isEmpty();
        assertThat(service.session("native", "bob", Identity.ofSecret("a"))).isEmpty();
        assertThat(service.session("pdu", "alice", Identity.ofSecret("a"))).isEmpty();
    }

    @Test
    void a_closed_store_refuses_and_the_session_is_still_there_after_a_restart() {
        confirmed("alice", FILM);
        time.pass(LEASE.plus(MOMENT));
        store.close();
        service.sweep();
        assertThatThrownBy(() -> join("bob", "b")).hasMessageContaining("the index is closed");
        restart();
        assertThat(peersOf(FILM)).containsExactly("alice");
    }

    @Test
    void a_peer_offers_no_more_contents_than_the_limit_and_can_again_when_some_are_gone() {
        service.limit(2, 0);
        Session alice = confirmed("alice", FILM, SONG);
        Content more = new Content("more", Optional.empty(), 1);
        Session now = service.session("native", "alice", Identity.ofSecret("alice")).orElseThrow();
        assertThatThrownBy(service.register(now, List.of(more))::join).hasCauseInstanceOf(OverLimitException.class)
                .hasMessageContaining("peer alice offers 2 contents, and this index takes 2 from one peer");
        service.deregister(alice, List.of(new Change.Name(SONG.name(), Optional.empty()))).join();
        Session less = service.session("native", "alice", Identity.ofSecret("alice")).orElseThrow();
        assertThat(service.register(less, List.of(more)).join()).containsExactly(Change.Outcome.DONE);
        service.limit(0, 0);
        assertThat(service.register(less, List.of(SONG)).join()).containsExactly(Change.Outcome.DONE);
    }

    @Test
    void at_the_limit_a_peer_may_register_again_what_it_offers() {
        service.limit(2, 0);
        Session alice = fresh(confirmed("alice", FILM, SONG));
        assertThat(service.register(alice, List.of(FILM, SONG)).join())
                .containsOnly(Change.Outcome.UNCHANGED);
        service.limit(1, 0);
        assertThat(service.register(alice, List.of(FILM, SONG)).join()).as("below what is there already")
                .containsOnly(Change.Outcome.UNCHANGED);
    }

    @Test
    void at_the_limit_a_peer_may_replace_what_it_offers() {
        service.limit(2, 0);
        Session alice = fresh(confirmed("alice", FILM, SONG));
        Content longer = new Content(FILM.name(), FILM.id(), 6);
        assertThat(service.register(alice, List.of(longer)).join()).containsExactly(Change.Outcome.DONE);
        assertThat(fresh(alice).mappings()).isEqualTo(2);
    }

    @Test
    void of_a_list_that_a_peer_registers_anew_only_what_it_adds_counts() {
        service.limit(3, 0);
        Session alice = fresh(confirmed("alice", FILM, SONG));
        Content more = new Content("more", Optional.empty(), 1);
        assertThat(service.register(alice, List.of(FILM, SONG, more, more)).join())
                .containsExactly(Change.Outcome.UNCHANGED, Change.Outcome.UNCHANGED, Change.Outcome.DONE,
                        Change.Outcome.UNCHANGED);
        Content tooMany = new Content("too many", Optional.empty(), 1);
        assertThatThrownBy(service.register(fresh(alice), List.of(FILM, SONG, more, tooMany))::join)
                .hasCauseInstanceOf(OverLimitException.class);
    }

    private Session fresh(Session session) {
        return service.lookups().session(session.number()).orElseThrow();
    }

    @Test
    void an_address_has_no_more_peers_than_the_limit_and_those_that_it_has_may_return() {
        service.limit(0, 2);
        join("alice", "a");
        Session bob = join("bob", "b");
        assertThatThrownBy(() -> join("carol", "c")).hasCauseInstanceOf(OverLimitException.class)
                .hasMessageContaining(
                        "this index takes 2 peers from one address, and as many are present from 192.0.2.1");
        assertThat(service.join(presence("alice", "a", 7119)).join().presence().endpoints().getFirst().port())
                .isEqualTo(7119);
        service.leave(bob, EndedBy.DEREGISTERED).join();
        service.sweep();
        assertThat(join("carol", "c").presence().peer()).isEqualTo("carol");
    }
}
