package dev.swarmdex.it;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Peers that go, in order or not, and come back or not. */
class LeavingIT extends WholeSystem {

    @Test
    void a_killed_host_that_comes_back_within_its_lease_was_never_away_and_one_that_is_stopped_leaves()
            throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile.create(alice.shared().resolve("film.mkv"), 1_000_000, 1);
        TestFile song = TestFile.create(swarm().elsewhere().resolve("song.ogg"), 10_000, 2);
        alice.start();
        alice.command("share", song.path().toString()).orFail();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("film.mkv", "alice");
        bob.awaitListed("song.ogg", "alice");
        JsonNode shares = shares(alice);
        JsonNode history = index().historyOf("alice");

        alice.process().kill();
        alice.start();
        await().until(() -> state(alice), "registered"::equals);
        assertThat(shares(alice)).isEqualTo(shares).hasSize(2);
        assertThat(index().historyOf("alice")).isEqualTo(history);

        alice.process().terminate();
        assertThat(bob.list()).isEmpty();
        assertThat(endings("alice")).containsExactly("deregistered", "deregistered");
    }

    @Test
    void what_a_host_offered_that_never_comes_back_expires() throws Exception {
        index().start("frontend.native.lease=2s");
        Peer alice = swarm().peer("alice");
        TestFile.create(alice.shared().resolve("film.mkv"), 10_000, 1);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("film.mkv", "alice");

        alice.process().kill();
        bob.awaitUnlisted("film.mkv");
        await().until(() -> endings("alice").allMatch("expired"::equals));
    }

    private static JsonNode shares(Peer peer) throws InterruptedException {
        return peer.command("status", "--json").json().path("shares");
    }

    private static String state(Peer peer) throws InterruptedException {
        return peer.command("status", "--json").json().path("index").asString();
    }

    private Stream<String> endings(String peer) {
        return index().historyOf(peer).valueStream().map(row -> row.path("ended_by").asString("open"));
    }
}
