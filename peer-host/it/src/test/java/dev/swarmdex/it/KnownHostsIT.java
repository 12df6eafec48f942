package dev.swarmdex.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Hosts that find each other by a file, as seed 004's do, and sources that can't send pieces or hashes. */
class KnownHostsIT extends WholeSystem {

    private static final int SIZE = 3_000_000;

    @Test
    @SuppressWarnings("try") // to close a road is to end what is on it
    void without_any_index_a_file_arrives_from_the_one_host_that_is_left() throws Exception {
        try (Road first = new Road(500_000); Road second = new Road(500_000); Road third = new Road(500_000)) {
            List<Road> roads = List.of(first, second, third);
            Peer dora = swarm().peer("dora").knowing(first.endpoint("kilobyte"), second.endpoint("kilobyte"),
                    third.endpoint("kilobyte"));
            List<Peer> hosts = List.of(swarm().peer("alice"), swarm().peer("bob"), swarm().peer("carol"));
            TestFile film = TestFile.create(swarm().elsewhere().resolve("film.mkv"), SIZE, 1);
            for (int i = 0; i < hosts.size(); i++) {
                Peer host = hosts.get(i).knowing("127.0.0.1").serving("kilobyte");
                TestFile.create(host.shared().resolve("film.mkv"), SIZE, 1);
                host.start();
                awaitShared(host);
                roads.get(i).leadTo(host.port("kilobyte"));
            }
            dora.start();
            assertThat(dora.command("peers").orFail()).hasLineCount(3);
            RunningProgram get = dora.begin("get", "film.mkv", "--json");
            for (Road road : roads) {
                road.awaitHeld();
            }

            hosts.get(0).process().kill();
            hosts.get(2).process().kill();
            first.close();
            third.close();
            second.open();

            JsonNode got = get.awaitEnd().lastJson();
            assertThat(got.path("id").asString()).isEqualTo(film.id());
            assertThat(got.path("unverified").asString()).isEqualTo("content");
            assertThat(dora.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
            await().until(() -> dora.command("status").orFail().contains("3 known hosts, 1 reachable"));
        }
    }

    @Test
    void what_the_index_knows_the_id_of_is_verified_whoever_sends_it() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), SIZE, 1);
        alice.start();
        Peer liar = swarm().peer("liar").knowing("127.0.0.1").serving("kilobyte");
        TestFile.create(liar.shared().resolve("film.mkv"), SIZE, 2);
        liar.start();
        awaitShared(liar);
        Peer bob = swarm().peer("bob").knowing("127.0.0.1").serving("kilobyte");
        TestFile.create(bob.shared().resolve("film.mkv"), SIZE, 1);
        bob.start();
        awaitShared(bob);
        Peer carol = swarm().peer("carol");
        carol.awaitListed("film.mkv", "alice");
        Path hosts = Files.writeString(swarm().elsewhere().resolve("hosts.txt"),
                "kilobyte://127.0.0.1:%d\nkilobyte://127.0.0.1:%d\n".formatted(liar.port("kilobyte"),
                        bob.port("kilobyte")));
        alice.process().kill();

        JsonNode got = carol.command("get", "film.mkv", "--json", "--set", "discovery.hosts-file=" + hosts).lastJson();

        assertThat(got.path("id").asString()).isEqualTo(film.id());
        assertThat(got.path("unverified").asString()).isEmpty();
        assertThat(carol.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
    }

    @ParameterizedTest
    @CsvSource({"kilobyte, content", "session, content", "lines, size and content", "pdu, size and content",
            "fixed, size and content", "tcp, ''"})
    void each_transport_fetches_by_name_and_says_what_it_could_not_verify(String scheme, String unverified)
            throws Exception {
        Peer alice = swarm().peer("alice").knowing("127.0.0.1");
        if (!scheme.equals("tcp")) {
            alice.serving(scheme);
        }
        TestFile file = TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        alice.start();
        awaitShared(alice);
        Peer bob = swarm().peer("bob").knowing(scheme + "://127.0.0.1:" + alice.port(scheme));
        bob.start();

        JsonNode got = bob.command("get", "film.mkv", "--json").lastJson();

        assertThat(got.path("unverified").asString()).isEqualTo(unverified);
        assertThat(got.path("id").asString()).isEqualTo(file.id());
        assertThat(bob.downloads().resolve("film.mkv")).hasBinaryContent(file.bytes());
        assertThat(bob.command("status", "--json").json().path("shares").get(0).path("id").asString())
                .isEqualTo(file.id());
    }

    @ParameterizedTest
    @CsvSource({"kilobyte", "session", "lines", "pdu", "fixed"})
    void with_an_id_from_the_index_each_transport_is_verified_and_exact(String scheme) throws Exception {
        index().start();
        Peer alice = swarm().peer("alice").serving(scheme);
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 1_234_567, 1);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.removeJar("transport-tcp");
        bob.awaitListed("film.mkv", "alice", "alice");

        JsonNode got = bob.command("get", "film.mkv", "--json").lastJson();

        assertThat(got.path("unverified").asString()).isEmpty();
        assertThat(got.path("from").toString()).isEqualTo("{\"alice\":1234567}");
        assertThat(bob.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
    }

    @Test
    void a_peer_is_found_by_the_file_of_addresses_while_the_index_is_down() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), SIZE, 1);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("film.mkv", "alice");
        assertThat(bob.command("peers").orFail()).contains("alice - ");
        index().process().kill();

        JsonNode got = bob.command("get", "film.mkv", "--from", "alice", "--json").lastJson();

        assertThat(got.path("unverified").asString()).isEmpty();
        assertThat(bob.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
        assertThat(bob.command("get", "film.mkv", "--from", "zoe").complaint(1)).contains("no index server answers");
    }

    @Test
    void a_mistake_in_the_hosts_file_is_told_with_its_line() throws Exception {
        Peer alice = swarm().peer("alice").knowing("127.0.0.1", "# fine", "tcp://nowhere");

        assertThat(alice.begin("run").awaitEnd().complaint(1)).contains("hosts.txt:3", "tcp://nowhere");
        assertThat(alice.command("get", "film.mkv").complaint(1)).contains("hosts.txt:3");
        assertThat(alice.command("list", "--set", "discovery.hosts-file=").complaint(2)).contains("hosts-file");
    }

    @Test
    void the_shell_takes_its_commands_from_the_input() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("a film.mkv"), SIZE, 1);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("a film.mkv", "alice");
        TestFile song = TestFile.create(swarm().elsewhere().resolve("song.ogg"), 1000, 2);
        Path save = swarm().elsewhere().resolve("saved.mkv");

        RunningProgram shell = bob.begin("shell");
        shell.type("R", song.path().toString(), "a film.mkv", "download alice 'a film.mkv' " + save, "list-files",
                "no such thing");
        alice.awaitListed("song.ogg", "bob");
        shell.type("T song.ogg");
        alice.awaitUnlisted("song.ogg");
        shell.type("Q");
        Answer ended = shell.awaitEnd();

        assertThat(ended.output()).contains("song.ogg  1.00 kB", "alice : a film.mkv",
                "song.ogg is not offered any more");
        assertThat(ended.errors()).contains("nobody offers no such thing", "1 of the commands failed");
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(bob.downloads().resolve("a film.mkv")).hasBinaryContent(film.bytes());
        assertThat(save).hasBinaryContent(film.bytes());
        alice.awaitListed("a film.mkv", "alice");
    }

    private static void awaitShared(Peer peer) {
        await().until(() -> peer.command("status", "--json").json().path("shares").size() == 1);
    }
}
