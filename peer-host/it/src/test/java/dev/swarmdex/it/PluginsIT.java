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
        List<String> all = provided(bob);
        assertThat(all).contains("hasher sha256-tree", "hasher blake3-tree", "hasher md5-tree", "selector fastest",
                "selector least-loaded", "selector random", "selector sticky-nearest", "transport tcp");

        Path jar = bob.removeJar("transport-tcp");
        await().until(() -> provided(bob), now -> !now.contains("transport tcp") && now.size() == all.size() - 1);
        assertThat(bob.command("get", "film.mkv").complaint(1)).contains("no plugin for", "tcp");

        Files.copy(Program.HOME.resolve("plugins").resolve(jar.getFileName()), jar);
        await().until(() -> provided(bob), all::equals);
        assertThat(bob.command("get", "film.mkv").orFail()).contains(film.id());
    }

    @Test
    void a_transport_that_is_replaced_in_a_running_host_serves_on_at_its_address() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        alice.start();
        Peer bob = swarm().runningPeer("bob");
        String endpoint = bob.awaitListed("film.mkv", "alice").path("peers").get(0).path("endpoint").asString();

        Path jar = alice.removeJar("transport-tcp");
        bob.awaitUnlisted("film.mkv");
        Files.copy(Program.HOME.resolve("plugins").resolve(jar.getFileName()), jar);

        JsonNode listed = bob.awaitListed("film.mkv", "alice");
        assertThat(listed.path("peers").get(0).path("endpoint").asString()).isEqualTo(endpoint);
        assertThat(bob.command("get", "film.mkv").orFail()).contains(film.id());
    }

    @Test
    void a_disabled_plugin_is_listed_as_such_and_not_used() throws Exception {
        Peer alice = swarm().peer("alice");
        JsonNode plugin = alice.command("plugins", "--json", "--set", "plugins.disabled=select-random").json()
                .valueStream().filter(each -> each.path("plugin").asString().equals("select-random")).findFirst()
                .orElseThrow();
        assertThat(plugin.path("state").asString()).isEqualTo("disabled");
        assertThat(plugin.path("error").asString()).contains("plugins.disabled");
    }

    @Test
    void a_jar_that_is_no_plugin_is_listed_with_the_reason() throws Exception {
        Peer alice = swarm().peer("alice");
        Files.writeString(alice.plugins().resolve("broken.jar"), "no jar at all");
        alice.start();

        JsonNode broken = await().until(() -> plugins(alice).valueStream()
                .filter(plugin -> plugin.path("jar").asString().equals("broken.jar")).toList(), list -> !list.isEmpty())
                .getFirst();
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
