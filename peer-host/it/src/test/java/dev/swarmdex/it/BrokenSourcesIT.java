package dev.swarmdex.it;

import dev.swarmdex.it.HostileSource.Deed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Downloads from peers that lie, die, or are themselves not done yet. */
class BrokenSourcesIT extends WholeSystem {

    private static final int SIZE = 12_000_000;
    private static final int PASSES = 1_000_000;

    @Test
    void one_source_of_five_is_enough_when_the_others_are_killed_in_any_order() throws Exception {
        index().start();
        TestFile film = film();
        List<Road> roads = new ArrayList<>();
        List<Peer> sources = new ArrayList<>();
        try {
            for (String name : List.of("alice", "bob", "carol", "erin", "frank")) {
                Road road = new Road(PASSES);
                roads.add(road);
                sources.add(source(name, film, road));
            }
            Peer dora = swarm().runningPeer("dora");
            dora.awaitListed("film.mkv", "alice", "bob", "carol", "erin", "frank");

            RunningProgram get = dora.begin("get", "film.mkv", "--json");
            for (Road road : roads) {
                road.awaitHeld();
            }
            List<Peer> doomed = new ArrayList<>(sources);
            Collections.shuffle(doomed, new Random(System.nanoTime()));
            for (Peer victim : doomed.subList(1, doomed.size())) {
                victim.process().kill();
            }
            for (Road road : roads) {
                road.open();
            }

            assertThat(get.awaitEnd().lastJson().path("id").asString()).isEqualTo(film.id());
            assertThat(dora.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
        } finally {
            for (Road road : roads) {
                road.close();
            }
        }
    }

    @Test
    void hostile_sources_cost_nothing_but_their_own_share_and_are_named_in_the_log() throws Exception {
        TestFile film = film();
        Peer alice = swarm().peer("alice").knowing();
        Files.copy(film.path(), alice.shared().resolve(film.name()));
        alice.start();
        List<HostileSource> hostile = new ArrayList<>();
        try (Road toAlice = new Road(PASSES)) {
            toAlice.leadTo(alice);
            for (Deed deed : Deed.values()) {
                hostile.add(new HostileSource(film, deed));
            }
            List<HostileSource> liars = hostile.subList(0, 2);
            List<String> hosts = new ArrayList<>(hostile.stream().map(HostileSource::endpoint).toList());
            hosts.add(toAlice.endpoint("tcp"));
            Peer dora = swarm().peer("dora").knowing(hosts.toArray(String[]::new)).start();
            await("the liars and alice to be known").until(() -> present(dora),
                    present -> present.contains(toAlice.endpoint("tcp"))
                            && present.containsAll(liars.stream().map(HostileSource::endpoint).toList()));

            RunningProgram get = dora.begin("get", film.id(), "--json");
            for (HostileSource liar : liars) {
                dora.process().awaitLog("banned .*" + liar.endpoint() + ".* it sent wrong bytes");
            }
            toAlice.open();

            JsonNode got = get.awaitEnd().lastJson();
            assertThat(Path.of(got.path("path").asString())).hasBinaryContent(film.bytes());
            assertThat(got.path("from").propertyNames()).contains(toAlice.endpoint("tcp").substring("tcp://".length()));
        } finally {
            for (HostileSource each : hostile) {
                each.close();
            }
        }
    }

    @Test
    void a_peer_serves_what_it_has_while_it_downloads_and_is_not_taken_for_one_that_has_all() throws Exception {
        index().start();
        TestFile film = film();
        try (Road toAlice = new Road(SIZE / 2)) {
            Peer alice = swarm().peer("alice");
            Files.copy(film.path(), alice.shared().resolve(film.name()));
            alice.start(toAlice.setting());
            toAlice.leadTo(alice);
            Peer bob = swarm().runningPeer("bob");
            bob.awaitListed("film.mkv", "alice");
            RunningProgram bobGets = bob.begin("get", "film.mkv", "--json");
            toAlice.awaitHeld();
            await("bob's part at the index").until(() -> partialMappings("bob"), found -> found == 1);
            assertThat(bob.awaitListed("film.mkv", "alice").path("peers")).hasSize(1);

            // alice is as good as gone now, so what comes from anybody comes from bob
            Peer carol = swarm().runningPeer("carol");
            RunningProgram carolGets = carol.begin("get", "film.mkv", "--json");
            await("bytes from bob").until(() -> sentBy(bob), bytes -> bytes > SIZE / 8);
            toAlice.open();

            assertThat(bobGets.awaitEnd().lastJson().path("id").asString()).isEqualTo(film.id());
            JsonNode got = carolGets.awaitEnd().lastJson();
            assertThat(got.path("from").propertyNames()).contains("bob");
            assertThat(carol.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
            carol.awaitListed("film.mkv", "alice", "bob", "carol");
            await("the parts to be gone").until(() -> partialMappings("bob") + partialMappings("carol"),
                    left -> left == 0);
        }
    }

    /** The hosts of its hosts file that a peer knows to be there. */
    private static List<String> present(Peer peer) throws InterruptedException {
        return peer.command("status", "--json").json().path("hosts").valueStream()
                .filter(host -> host.path("present").asBoolean()).map(host -> host.path("endpoint").asString())
                .toList();
    }

    private long partialMappings(String peer) {
        return index().sql("SELECT content FROM current_mappings WHERE content = 'film.mkv.part' AND peer = '" + peer
                + "'").size();
    }

    private static long sentBy(Peer peer) throws InterruptedException {
        return peer.command("status", "--json").json().path("uploads").valueStream()
                .mapToLong(each -> each.path("bytes").asLong()).sum();
    }

    private TestFile film() throws IOException {
        return TestFile.create(swarm().elsewhere().resolve("film.mkv"), SIZE, 1);
    }

    private Peer source(String name, TestFile film, Road road) throws IOException {
        Peer peer = swarm().peer(name);
        Files.copy(film.path(), peer.shared().resolve(film.name()));
        peer.start(road.setting());
        road.leadTo(peer);
        return peer;
    }
}
