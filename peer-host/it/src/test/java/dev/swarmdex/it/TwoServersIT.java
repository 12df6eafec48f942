package dev.swarmdex.it;

import dev.swarmdex.store.database.PostgresServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two index servers share one PostgreSQL database. */
@Timeout(300)
class TwoServersIT extends WholeSystem {

    private static final String LEASE = "frontend.native.lease=4s";

    private final PostgresServer postgres = PostgresServer.start();

    @AfterEach
    void stopPostgres() throws InterruptedException {
        swarm().killAll();
        postgres.close();
    }

    @Test
    void hosts_find_each_other_over_two_servers_and_outlive_the_death_of_one() throws Exception {
        String database = postgres.newDatabase();
        Index one = index().on(database, "postgres").start(LEASE);
        Index two = swarm().anotherIndex("two").on(database, "postgres").start(LEASE);
        String both = "discovery.index=" + one.address() + "," + two.address();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 1_000_000, 1);
        alice.start(both);
        Peer bob = swarm().peer("bob");
        TestFile song = TestFile.create(bob.shared().resolve("song.ogg"), 10_000, 2);
        bob.start("discovery.index=" + two.address());

        alice.awaitListed("song.ogg", "bob");
        bob.awaitListed("film.mkv", "alice");
        assertThat(bob.command("get", "film.mkv").orFail()).contains(film.id());
        assertThat(alice.command("get", "song.ogg").orFail()).contains(song.id());
        bob.awaitListed("song.ogg", "alice", "bob");
        JsonNode history = two.historyOf("alice");

        one.process().kill();

        // without a sign of life to the other server, what alice offers would end after two leases at most
        two.process().awaitLog("peer alice talks to this server now");
        await().during(Duration.ofSeconds(10)).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1))
                .until(() -> two.historyOf("alice"), history::equals);
        assertThat(history.valueStream().map(row -> row.path("until").isNull())).isNotEmpty().containsOnly(true);
        TestFile late = TestFile.create(alice.shared().resolve("late.txt"), 1000, 3);
        bob.awaitListed("late.txt", "alice");
        assertThat(bob.command("get", "late.txt").orFail()).contains(late.id());
    }
}
