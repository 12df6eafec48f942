package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.protocol.nativeudp.Load;
import dev.swarmdex.protocol.nativeudp.Name;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Reply.Outcome;
import dev.swarmdex.protocol.nativeudp.Reply.Reason;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.Source;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What peers register, and what is found of it. */
class NativeFrontEndTest extends NativeFixture {

    @Test
    void registered_contents_are_found_by_name_by_id_and_by_words() throws Exception {
        Instant before = Instant.now().minusMillis(1);
        client.share("alice", FILM, SONG);
        Reply.Contents byName = client.search(FILM.name());
        Reply byId = client.ask(new Request.SearchId(FILM_ID, Cursor.NONE));
        Reply byWords = client.ask(new Request.SearchWords(List.of("FILM", "mkv"), Cursor.NONE));
        assertThat(byName.next()).isEqualTo(Cursor.NONE);
        assertThat(byName.listings()).singleElement().satisfies(listing -> {
            assertThat(listing.content()).isEqualTo(FILM);
            Source source = listing.sources().getFirst();
            assertThat(source.peer()).isEqualTo("alice");
            assertThat(source.since()).isBetween(before, Instant.now());
            assertThat(source.endpoints()).containsExactly(new Endpoint("tcp", "127.0.0.1", 7118));
        });
        assertThat(byId).isEqualTo(byName);
        assertThat(byWords).isEqualTo(byName);
        assertThat(client.search("a film").listings()).isEmpty();
    }

    @Test
    void sources_come_with_the_load_that_the_peer_last_told_until_a_restart() throws Exception {
        client.share("alice", FILM);
        assertThat(loadOfAlice()).isEmpty();
        tellLoad(Optional.of(new Load(3, 20_000_000)));
        tellLoad(Optional.of(new Load(2, 10_000_000)));
        assertThat(loadOfAlice()).contains(new Load(2, 10_000_000));
        tellLoad(Optional.empty());
        assertThat(loadOfAlice()).isEmpty();

        tellLoad(Optional.of(new Load(1, 1_000_000)));
        restart();
        client.hello();
        assertThat(loadOfAlice()).isEmpty();
    }

    private void tellLoad(Optional<Load> load) throws IOException {
        ListDigest digest = ListDigest.of(List.of(FILM));
        assertThat(client.ask(new Request.KeepAlive(NativeClient.peer("alice"),
                List.of(new Endpoint("tcp", "", 7118)), digest.mappings(), digest.value(), load)))
                .isInstanceOf(Reply.Alive.class);
    }

    private Optional<Load> loadOfAlice() throws IOException {
        return client.search(FILM.name()).listings().getFirst().sources().getFirst().load();
    }

    @Test
    void registering_twice_changes_nothing_and_deregistering_says_what_was_there() throws Exception {
        client.share("alice", FILM);
        assertThat(outcomes(client.register("alice", FILM, SONG))).containsExactly(Outcome.UNCHANGED, Outcome.DONE);
        PeerIdentity alice = NativeClient.peer("alice");
        Name film = new Name(FILM.name(), FILM.id());
        assertThat(outcomes(client.ask(new Request.Deregister(alice, List.of(film, film)))))
                .containsExactly(Outcome.DONE, Outcome.NOT_REGISTERED);
        assertThat(client.search(FILM.name()).listings()).isEmpty();
        assertThat(client.search(SONG.name()).listings()).hasSize(1);
    }

    @Test
    void an_empty_deregistration_ends_everything_and_may_be_repeated() throws Exception {
        client.share("alice", FILM, SONG);
        Request leave = Request.Deregister.everything(NativeClient.peer("alice"));
        assertThat(outcomes(client.ask(leave))).isEmpty();
        assertThat(outcomes(client.ask(leave))).isEmpty();
        assertThat(client.search(FILM.name()).listings()).isEmpty();
        assertThat(reason(client.register("alice", FILM))).isEqualTo(Reason.UNKNOWN_PEER);
    }

    @Test
    void a_keep_alive_tells_whether_the_lists_are_the_same() throws Exception {
        client.hello();
        assertThat(client.keepAlive("alice")).isEqualTo(new Reply.Alive(LEASE, true));
        assertThat(confirmed(client.keepAlive("alice", FILM))).isFalse();
        client.register("alice", FILM);
        assertThat(confirmed(client.keepAlive("alice", FILM))).isTrue();
        assertThat(confirmed(client.keepAlive("alice", FILM))).isTrue();
        assertThat(confirmed(client.keepAlive("alice", SONG))).isFalse();
        client.register("alice", SONG);
        assertThat(confirmed(client.keepAlive("alice", SONG, FILM))).isTrue();
    }

    @Test
    void after_a_restart_one_keep_alive_confirms_a_whole_list() throws Exception {
        client.share("alice", FILM, SONG);
        restart();
        client.hello();
        assertThat(client.search(FILM.name()).listings()).hasSize(1);
        assertThat(confirmed(client.keepAlive("alice", FILM, SONG))).isTrue();
        time.pass(LEASE);
        client.hello();
        client.keepAlive("alice", FILM, SONG);
        time.pass(LEASE.plusSeconds(1));
        client.hello();
        await().untilAsserted(() -> assertThat(client.search(FILM.name()).listings()).isEmpty());
    }

    @Test
    void a_live_peers_name_is_refused_to_another_and_so_are_its_mappings() throws Exception {
        client.share("alice", FILM);
        PeerIdentity thief = new PeerIdentity("alice", "f".repeat(32));
        List<Endpoint> endpoints = List.of(new Endpoint("tcp", "", 1));
        Reply refused = client.ask(new Request.KeepAlive(thief, endpoints, 0, 0));
        assertThat(reason(refused)).isEqualTo(Reason.NAME_IN_USE);
        assertThat(((Reply.Refused) refused).message()).startsWith("the name alice belongs to another peer");
        assertThat(reason(client.ask(new Request.Register(thief, List.of(SONG))))).isEqualTo(Reason.UNKNOWN_PEER);
        Name film = new Name(FILM.name(), Optional.empty());
        assertThat(reason(client.ask(new Request.Deregister(thief, List.of(film))))).isEqualTo(Reason.UNKNOWN_PEER);
        assertThat(outcomes(client.ask(Request.Deregister.everything(thief)))).isEmpty();
        assertThat(client.search(FILM.name()).listings()).hasSize(1);
    }

    @Test
    void a_download_is_reported_by_who_has_joined_and_by_who_never_does() throws Exception {
        client.hello();
        client.keepAlive("alice");
        Request.Report report = report(NativeClient.peer("alice"));
        assertThat(outcomes(client.ask(report))).containsExactly(Outcome.DONE);
        assertThat(outcomes(client.ask(report))).containsExactly(Outcome.DONE);
        assertThat(outcomes(client.ask(report(NativeClient.peer("visitor"))))).containsExactly(Outcome.DONE);
    }

    @Test
    void nobody_reports_downloads_in_the_name_of_a_live_peer() throws Exception {
        client.hello();
        client.keepAlive("alice");
        assertThat(reason(client.ask(report(new PeerIdentity("alice", "f".repeat(32))))))
                .isEqualTo(Reason.NAME_IN_USE);
    }

    private static Request.Report report(PeerIdentity peer) {
        return new Request.Report(peer, FILM, Optional.of("bob"), 5, Duration.ofSeconds(2), Request.Result.FINISHED);
    }
}
