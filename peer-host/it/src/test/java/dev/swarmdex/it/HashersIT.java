package dev.swarmdex.it;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Contents whose ids another hasher made than the usual one. */
class HashersIT extends WholeSystem {

    @ParameterizedTest
    @CsvSource({"blake3-tree, 64", "md5-tree, 32"})
    void who_has_the_hasher_gets_the_content_verified_whatever_it_uses_itself(String algorithm, int digits)
            throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 3_000_001, 1);
        alice.start("hash.algorithm=" + algorithm);
        Peer bob = swarm().runningPeer("bob");
        JsonNode listed = bob.awaitListed("film.mkv", "alice");
        String id = listed.path("id").asString();
        assertThat(id).matches(algorithm + ":[0-9a-f]{" + digits + "}");

        assertThat(bob.command("get", id).orFail()).contains("from alice, verified " + id);
        assertThat(bob.downloads().resolve("film.mkv")).hasBinaryContent(film.bytes());
        await().untilAsserted(() -> assertThat(index().sql("SELECT content_id FROM download_history").toString())
                .isEqualTo("[{\"content_id\":\"" + id + "\"}]"));
    }

    @ParameterizedTest
    @CsvSource({"blake3-tree, hash-blake3"})
    void who_lacks_the_hasher_is_told_which_jar_it_needs(String algorithm, String plugin) throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        alice.start("hash.algorithm=" + algorithm);
        Peer bob = swarm().peer("bob");
        bob.awaitListed("film.mkv", "alice");
        bob.removeJar(plugin);

        assertThat(bob.command("get", "film.mkv").complaint(1)).contains(plugin + "-");
    }
}
