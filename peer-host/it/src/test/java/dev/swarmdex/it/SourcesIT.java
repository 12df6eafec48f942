package dev.swarmdex.it;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Downloads from several peers at once. */
class SourcesIT extends WholeSystem {

    @Test
    void a_download_goes_on_when_one_of_three_sources_is_killed() throws Exception {
        index().start();
        TestFile film = TestFile.create(swarm().elsewhere().resolve("film.mkv"), 30_000_000, 1);
        try (Road toAlice = new Road(1_000_000);
                Road toBob = new Road(1_000_000);
                Road toCarol = new Road(1_000_000)) {
            source("alice", film, toAlice);
            Peer bob = source("bob", film, toBob);
            source("carol", film, toCarol);
            Peer dora = swarm().runningPeer("dora");
            dora.awaitListed("film.mkv", "alice", "bob", "carol");

            RunningProgram get = dora.begin("get", "film.mkv", "--json");
            for (Road road : List.of(toAlice, toBob, toCarol)) {
                road.awaitHeld();
            }
            bob.process().kill();
            for (Road road : List.of(toAlice, toBob, toCarol)) {
                road.open();
            }

            JsonNode got = get.awaitEnd().lastJson();
            assertThat(got.path("id").asString()).isEqualTo(film.id());
            assertThat(got.path("from").propertyNames()).contains("alice", "carol");
            assertThat(dora.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
            dora.awaitListed("film.mkv", "alice", "bob", "carol", "dora");
        }
    }

    private Peer source(String name, TestFile film, Road road) throws IOException {
        Peer peer = swarm().peer(name);
        Files.copy(film.path(), peer.shared().resolve(film.name()));
        peer.start(road.setting());
        road.leadTo(peer);
        return peer;
    }
}
