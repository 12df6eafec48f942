package dev.swarmdex.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Jars that come and go while a host runs. */
class PluginsIT extends WholeSystem {

    @Test
    void a_jar_that_is_dropped_into_a_running_host_is_usable_within_seconds() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        alice.start();
        Peer bob = swarm().runningPeer("bob");
        bob.awaitListed("film.mkv", "alice");
        assertThat(provided(bob)).contains("hasher sha256-tree", "selector random", "transport tcp");

        Path jar = bob.removeJar("transport-tcp");
        await().until(() -> !provided(bob).contains("transport tcp"));
        assertThat(bob.command("get", "film.mkv").complaint(1)).contains("no plugin for", "tcp");

        Files.copy(Program.HOME.resolve("plugins").resolve(jar.getFileName()), jar);
        await().until(() -> provided(bob).contains("transport tcp"));
        assertThat(bob.command("get", "film.mkv").orFail()).contains(film.id());
    }

    @Test
    void a_jar_that_is_no_plugin_is_listed_with_the_reason() throws Exception {
        Peer alice = swarm().peer("alice");
        Files.writeString(alice.plugins().resolve("broken.jar"), "no jar at all");
        alice.start();

        int jars = alice.jars();
        JsonNode broken = await().until(() -> plugins(alice), list -> list.size() == jars).get(0);
        assertThat(broken.path("jar").asString()).isEqualTo("broken.jar");
        assertThat(broken.path("error").asString()).contains("damaged or not a jar");
    }

    private static JsonNode plugins(Peer peer) throws InterruptedException {
        return peer.command("plugins", "--json").json();
    }

    private static List<String> provided(Peer peer) throws InterruptedException {
        return plugins(peer).valueStream().filter(plugin -> plugin.path("state").asString().equals("loaded"))
                .map(plugin -> plugin.path("kind").asString() + " " + plugin.path("provides").asString()).sorted()
                .toList();
    }
}
