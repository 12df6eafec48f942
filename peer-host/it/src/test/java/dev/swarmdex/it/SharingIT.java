package dev.swarmdex.it;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** The main job, from one peer's disk to another's. */
class SharingIT extends WholeSystem {

    @Test
    void what_one_peer_shares_another_finds_gets_verified_and_offers_at_once() throws Exception {
        index().start();
        TestFile film = TestFile.create(swarm().elsewhere().resolve("a film.mkv"), 5_000_001, 1);
        Peer alice = swarm().runningPeer("alice");
        Peer bob = swarm().runningPeer("bob");
        Peer carol = swarm().runningPeer("carol");

        assertThat(alice.command("share", film.path().toString()).orFail()).contains("a film.mkv", film.id());
        JsonNode listed = bob.awaitListed("a film.mkv", "alice");
        assertThat(listed.path("id").asString()).isEqualTo(film.id());
        assertThat(listed.path("size").asInt()).isEqualTo(film.size());
        assertThat(bob.command("search", "FILM", "mkv", "--json").json()).containsExactly(listed);
        assertThat(bob.command("search", "film", "ogg", "--json").json()).isEmpty();

        Answer got = bob.begin("get", "a film.mkv").awaitEnd();
        assertThat(got.orFail()).contains("from alice, verified " + film.id());
        assertThat(bob.downloads().resolve("a film.mkv")).hasBinaryContent(film.bytes());

        carol.awaitListed("a film.mkv", "alice", "bob");
        assertThat(alice.process().terminate().errors()).contains("peer alice stopped");
        carol.awaitListed("a film.mkv", "bob");
        JsonNode second = carol.command("get", film.id(), "--json").lastJson();
        assertThat(second.path("from").propertyNames()).containsExactly("bob");
        assertThat(carol.downloads().resolve("a film.mkv")).hasBinaryContent(film.bytes());
        assertThat(index().sql("SELECT peer, source, bytes, result FROM download_history ORDER BY peer").toString())
                .isEqualTo("""
                        [{"peer":"bob","source":"alice","bytes":5000001,"result":"finished"},\
                        {"peer":"carol","source":"bob","bytes":5000001,"result":"finished"}]""");
    }

    @Test
    void get_without_a_running_host_leaves_only_the_file_behind() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile song = TestFile.create(alice.shared().resolve("song.ogg"), 300_000, 2);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("song.ogg", "alice");

        Answer got = bob.begin("get", "song.ogg").awaitEnd();

        assertThat(got.orFail()).contains(song.id());
        assertThat(bob.downloads()).isDirectoryContaining("glob:**/song.ogg");
        assertThat(bob.downloads().toFile().list()).containsExactly("song.ogg");
        assertThat(bob.downloads().resolve("song.ogg")).hasBinaryContent(song.bytes());
        assertThat(bob.state()).doesNotExist();
        assertThat(index().historyOf("bob")).isEmpty();
        assertThat(index().sql("SELECT * FROM peer_sessions WHERE peer = 'bob'")).isEmpty();
        assertThat(index().sql("SELECT peer, source, bytes FROM download_history").toString())
                .isEqualTo("[{\"peer\":\"bob\",\"source\":\"alice\",\"bytes\":300000}]");
    }

    @Test
    void share_without_a_running_host_offers_until_it_is_interrupted() throws Exception {
        index().start();
        TestFile song = TestFile.create(swarm().elsewhere().resolve("song.ogg"), 300_000, 3);
        Peer alice = swarm().peer("alice");
        Peer bob = swarm().peer("bob");

        RunningProgram share = alice.begin("share", song.path().toString());
        bob.awaitListed("song.ogg", "alice");
        assertThat(bob.command("get", "song.ogg").orFail()).contains(song.id());
        Answer ended = share.interrupt();

        assertThat(ended.output()).contains("song.ogg", song.id());
        assertThat(ended.errors()).contains("offering until Ctrl-C").doesNotContain("Exception");
        assertThat(bob.list()).isEmpty();
        assertThat(index().historyOf("alice").valueStream().map(row -> row.path("ended_by").asString("")))
                .containsExactly("deregistered");
        assertThat(song.path()).exists();
        assertThat(alice.state().resolve("control.sock")).doesNotExist();
        alice.start();
        assertThat(alice.command("status", "--json").json().path("shares")).isEmpty();
    }
}
