package dev.swarmdex.it;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The index server goes away in the middle of things. */
class IndexRestartIT extends WholeSystem {

    @Test
    void an_index_that_was_killed_knows_everything_at_once_and_nobody_registers_anew() throws Exception {
        index().start("frontend.native.lease=4s");
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 1_000_000, 1);
        TestFile.create(alice.shared().resolve("deep/song.ogg"), 10_000, 2);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("film.mkv", "alice");
        bob.awaitListed("deep/song.ogg", "alice");
        JsonNode before = bob.list();
        JsonNode history = index().historyOf("alice");

        index().process().kill();
        index().start("frontend.native.lease=4s");
        assertThat(bob.list()).isEqualTo(before);
        assertThat(bob.command("get", "film.mkv").orFail()).contains(film.id());

        // an unconfirmed list ends after two leases; only the heartbeat can keep it for longer
        await().during(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(60)).until(bob::list, before::equals);
        assertThat(index().historyOf("alice")).isEqualTo(history);
        assertThat(history.valueStream().map(row -> row.path("until").isNull())).containsExactly(true, true);
    }

    @Test
    void a_download_finishes_though_the_index_is_away() throws Exception {
        index().start();
        try (Road road = new Road(1_000_000)) {
            Peer alice = swarm().peer("alice");
            TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 20_000_000, 3);
            alice.start(road.setting());
            road.leadTo(alice);
            Peer bob = swarm().runningPeer("bob");
            bob.awaitListed("film.mkv", "alice");

            RunningProgram get = bob.begin("get", "film.mkv");
            road.awaitHeld();
            index().process().kill();
            road.open();

            assertThat(get.awaitEnd().orFail()).contains("from alice, verified " + film.id());
            assertThat(bob.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
            // which it goes on to tell the index when that is back
            index().start();
            bob.awaitListed("film.mkv", "alice", "bob");
        }
    }
}
