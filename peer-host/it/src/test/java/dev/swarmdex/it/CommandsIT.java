package dev.swarmdex.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the commands print and do, in the forms that scripts rely on. */
class CommandsIT extends WholeSystem {

    @Test
    void list_and_search_print_contents_with_their_peers() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("films/a film.mkv"), 100_000, 1);
        alice.start();
        Peer bob = swarm().peer("bob");

        JsonNode listed = bob.awaitListed("films/a film.mkv", "alice");
        assertThat(listed.propertyNames()).containsExactly("name", "id", "size", "peers");
        assertThat(listed.path("id").asString()).isEqualTo(film.id());
        assertThat(listed.path("size").isIntegralNumber()).isTrue();
        JsonNode at = listed.path("peers").get(0);
        assertThat(at.propertyNames()).containsExactly("peer", "endpoint", "since");
        assertThat(at.path("endpoint").asString()).isEqualTo("tcp://127.0.0.1:" + alice.port());
        assertThat(Instant.parse(at.path("since").asString())).isBefore(Instant.now());
        assertThat(bob.command("search", "film", "--json").json()).isEqualTo(bob.list());

        assertThat(bob.command("list").orFail()).contains("NAME", "films/a film.mkv", "alice");
        assertThat(bob.command("search", "ogg").errors()).isEqualTo(
                "swarmdex: no content has these words, or similar ones, in its name\n");
    }

    @Test
    void plugins_prints_what_each_jar_provides() throws Exception {
        Peer alice = swarm().runningPeer("alice");

        JsonNode plugins = alice.command("plugins", "--json").json();

        assertThat(plugins).hasSize(alice.jars()).allSatisfy(plugin -> {
            assertThat(plugin.propertyNames()).containsExactly("jar", "plugin", "version", "kind", "provides", "state",
                    "error");
            assertThat(alice.plugins().resolve(plugin.path("jar").asString())).exists();
            assertThat(plugin.path("kind").asString()).isIn("transport", "hasher", "selector");
            assertThat(plugin.path("state").asString()).isEqualTo("loaded");
            assertThat(plugin.path("error").asString()).isEmpty();
        });
        assertThat(alice.command("plugins").orFail()).contains("JAR", "transport-tcp-", "sha256-tree");
    }

    @Test
    void limit_changes_what_transfers_may_take_and_status_tells_it() throws Exception {
        Peer alice = swarm().runningPeer("alice");
        assertThat(alice.command("limit").orFail()).isEqualTo(
                "limits: upload unlimited (unlimited for each peer, 100 requests at a time), download unlimited\n");

        JsonNode limits = alice.command("limit", "--upload", "20MB/s", "--upload-slots", "7", "--json").json();

        assertThat(limits.path("upload").asString()).isEqualTo("20MB/s");
        assertThat(limits.path("download").asString()).isEqualTo("unlimited");
        assertThat(alice.command("status", "--json").json().path("limits")).isEqualTo(limits);
        assertThat(alice.command("limit", "--download", "fast").errors()).startsWith(
                "swarmdex: --download: \"fast\" is not a rate such as \"20MB/s\"");
    }

    @Test
    void status_prints_shares_downloads_and_uploads() throws Exception {
        index().start();
        try (Road road = new Road(1_000_000)) {
            Peer alice = swarm().peer("alice");
            TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 10_000_000, 1);
            alice.start(road.setting());
            road.leadTo(alice);
            Peer bob = swarm().runningPeer("bob");
            bob.awaitListed("film.mkv", "alice");
            RunningProgram get = bob.begin("get", "film.mkv");
            road.awaitHeld();

            JsonNode getter = await().until(() -> bob.command("status", "--json").json(),
                    status -> status.path("downloads").path(0).path("verified").asLong() > 0);
            assertThat(getter.propertyNames()).contains("peer", "shares", "downloads", "uploads");
            assertThat(getter.path("peer").asString()).isEqualTo("bob");
            assertThat(getter.path("shares")).isEmpty();
            JsonNode download = getter.path("downloads").get(0);
            assertThat(download.path("name").asString()).isEqualTo("film.mkv");
            assertThat(download.path("verified").asLong()).isLessThanOrEqualTo(1_000_000);
            assertThat(download.path("sources").toString()).isEqualTo("[\"alice\"]");
            assertThat(bob.command("status").orFail()).contains("film.mkv", "alice");

            road.open();
            get.awaitEnd().orFail();
            JsonNode sharer = alice.command("status", "--json").json();
            assertThat(sharer.path("shares").get(0).toString()).isEqualTo(
                    "{\"name\":\"film.mkv\",\"id\":\"%s\",\"size\":10000000,\"path\":\"%s\"}".formatted(film.id(),
                            film.path()));
            JsonNode upload = sharer.path("uploads").get(0);
            assertThat(upload.path("name").asString()).isEqualTo("film.mkv");
            assertThat(upload.path("bytes").asLong()).isGreaterThanOrEqualTo(film.size());
        }
    }

    @Test
    void peers_prints_where_the_peers_are_and_keeps_it_in_a_file() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile.create(alice.shared().resolve("film.mkv"), 1000, 1);
        alice.start();
        Peer bob = swarm().peer("bob");
        TestFile.create(bob.shared().resolve("song.ogg"), 1000, 2);
        bob.start();
        bob.awaitListed("film.mkv", "alice");
        alice.awaitListed("song.ogg", "bob");
        List<String> lines = List.of("alice - 127.0.0.1:" + alice.port(), "bob - 127.0.0.1:" + bob.port());

        assertThat(alice.command("peers").orFail()).hasLineCount(2).isEqualTo(String.join("\n", lines) + "\n");
        assertThat(Files.readAllLines(alice.state().resolve("peers.txt"))).isEqualTo(lines);
        assertThat(alice.command("peers", "--json").json().get(0).toString()).isEqualTo(
                "{\"peer\":\"alice\",\"address\":\"127.0.0.1:%d\",\"scheme\":\"tcp\"}".formatted(alice.port()));
    }

    @Test
    void peers_works_without_a_running_host() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile.create(alice.shared().resolve("film.mkv"), 1000, 1);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("film.mkv", "alice");

        assertThat(bob.command("peers").orFail()).isEqualTo("alice - 127.0.0.1:" + alice.port() + "\n");
        assertThat(bob.state().resolve("peers.txt")).hasContent("alice - 127.0.0.1:" + alice.port());
    }

    @Test
    void unshare_keeps_the_file_and_delete_removes_it() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 1000, 1);
        TestFile song = TestFile.create(alice.shared().resolve("song.ogg"), 1000, 2);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("film.mkv", "alice");
        bob.awaitListed("song.ogg", "alice");

        assertThat(alice.command("unshare", "film.mkv").orFail()).isEqualTo("film.mkv is not offered any more\n");
        bob.awaitUnlisted("film.mkv");
        assertThat(film.path()).exists();

        assertThat(alice.begin("delete", "song.ogg").awaitEnd().complaint(2)).contains("--yes");
        assertThat(song.path()).exists();
        assertThat(alice.command("delete", "song.ogg", "--yes").orFail()).contains(song.path() + " is deleted");
        bob.awaitUnlisted("song.ogg");
        assertThat(song.path()).doesNotExist();
    }

    @Test
    void share_tells_what_is_found_by_its_id_only_and_unshare_takes_names_and_paths() throws Exception {
        Peer alice = swarm().runningPeer("alice");
        Path one = Files.createDirectories(swarm().elsewhere().resolve("one"));
        Path two = Files.createDirectories(swarm().elsewhere().resolve("two"));
        TestFile first = TestFile.create(one.resolve("film.mkv"), 1000, 1);
        TestFile second = TestFile.create(two.resolve("film.mkv"), 1000, 2);

        assertThat(alice.command("share", one.toString()).orFail()).contains(first.id() + "\n");
        assertThat(alice.command("share", two.toString()).orFail()).contains(
                "film.mkv  1.00 kB  " + second.id() + "  by this id only: " + first.path() + " has the name\n");

        assertThat(alice.command("unshare", "one").orFail().lines()).containsExactlyInAnyOrder(
                first.path() + " is not offered any more", "one.folder is not offered any more");
        String relative = Path.of("shared").resolve(alice.shared().relativize(two)).toString();
        assertThat(alice.begin("unshare", relative).awaitEnd().orFail().lines()).containsExactlyInAnyOrder(
                "film.mkv is not offered any more", "two.folder is not offered any more");
    }

    @Test
    void get_takes_from_the_peer_and_to_the_place_that_is_asked_for() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        Peer bob = swarm().peer("bob");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 1_000_000, 1);
        TestFile.create(bob.shared().resolve("film.mkv"), 1_000_000, 1);
        alice.start();
        bob.start();
        Peer carol = swarm().peer("carol");
        carol.awaitListed("film.mkv", "alice", "bob");
        Path folder = Files.createDirectories(swarm().elsewhere().resolve("folder"));
        Path file = swarm().elsewhere().resolve("renamed.mkv");

        JsonNode got = carol.command("get", "film.mkv", "--from", "bob", "-o", folder.toString(), "--json").lastJson();
        assertThat(got.propertyNames()).containsExactly("name", "id", "size", "path", "seconds", "from", "unverified",
                "copiedFrom", "obstacle");
        assertThat(got.path("unverified").asString()).isEmpty();
        assertThat(got.path("path").asString()).isEqualTo(folder.resolve("film.mkv").toString());
        assertThat(got.path("from").toString()).isEqualTo("{\"bob\":1000000}");
        assertThat(folder.resolve("film.mkv")).hasBinaryContent(film.bytes());

        assertThat(carol.command("get", "film.mkv", "--from", "alice", "-o", file.toString()).orFail())
                .contains("from alice");
        assertThat(file).hasBinaryContent(film.bytes());
        assertThat(carol.command("get", "film.mkv", "--from", "dora").complaint(1)).contains("dora does not offer");
    }

    @Test
    void sql_prints_a_table_or_json_or_csv() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 1000, 1);
        alice.start();
        alice.awaitListed("film.mkv", "alice");
        String query = "SELECT content, content_id, size, peer, scheme, host, port, via FROM current_mappings";

        assertThat(index().command("sql", query, "--json").orFail().strip()).isEqualToNormalizingWhitespace("""
                [{"content":"film.mkv","content_id":"%s","size":1000,"peer":"alice","scheme":"tcp",\
                "host":"127.0.0.1","port":%d,"via":"native"}]""".formatted(film.id(), alice.port()));
        assertThat(index().command("sql", query, "--csv").orFail().lines().toList().getLast())
                .isEqualTo("film.mkv,%s,1000,alice,tcp,127.0.0.1,%d,native".formatted(film.id(), alice.port()));
        assertThat(index().command("sql", "DELETE FROM mapping").exitCode()).isEqualTo(1);
    }
}
