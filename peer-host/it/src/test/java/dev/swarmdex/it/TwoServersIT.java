package dev.swarmdex.it;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Two index servers share one PostgreSQL database. */
class TwoServersIT extends WholeSystem {

    private static final String LEASE = "frontend.native.lease=8s";

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void startPostgres(@TempDir(cleanup = CleanupMode.NEVER) Path folder) throws Exception {
        postgres = EmbeddedPostgres.builder().setDataDirectory(folder.resolve("data"))
                .setServerConfig("unix_socket_directories", "").setPGStartupWait(Duration.ofMinutes(1)).start();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @Test
    void hosts_find_each_other_over_two_servers_and_outlive_the_death_of_one() throws Exception {
        String database = "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres";
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
        JsonNode history = two.historyOf("alice");

        one.process().kill();

        // without a sign of life to the other server, what alice offers would end after two leases at most
        two.process().awaitLog("peer alice talks to this server now");
        await().during(Duration.ofSeconds(20)).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofSeconds(1))
                .until(() -> two.historyOf("alice"), history::equals);
        assertThat(history.valueStream().map(row -> row.path("until").isNull())).isNotEmpty().containsOnly(true);
        TestFile late = TestFile.create(alice.shared().resolve("late.txt"), 1000, 3);
        bob.awaitListed("late.txt", "alice");
        assertThat(bob.command("get", "late.txt").orFail()).contains(late.id());
    }
}
