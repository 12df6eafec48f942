package dev.swarmdex.it;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes wrong is told in one plain line that names the cure, with exit code 1, or 2 for wrong usage. */
class BadInputIT extends WholeSystem {

    @Test
    void an_unknown_config_key_is_told_with_its_file_and_line() throws Exception {
        Peer alice = swarm().peer("alice");
        Files.writeString(alice.config(), "colour = \"red\"\n" + Files.readString(alice.config()));

        assertThat(alice.begin("run").awaitEnd().complaint(2)).contains("peer.toml:1", "colour");
        assertThat(alice.command("list").complaint(2)).contains("peer.toml:1", "colour");
    }

    @Test
    void a_port_in_use_is_told_with_the_port() throws Exception {
        Peer alice = swarm().peer("alice");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(alice.begin("run", "--set", "transport.tcp.bind=" + address).awaitEnd().complaint(1))
                    .contains("can't listen on " + address, "choose another address with --set transport.tcp.bind=");
        }
    }

    @Test
    void a_state_folder_in_use_is_told_with_its_path() throws Exception {
        Peer alice = swarm().runningPeer("alice");

        assertThat(alice.begin("run").awaitEnd().complaint(1)).contains("another peer host runs with the state folder",
                alice.state().toString());
        assertThat(alice.command("status").exitCode()).isZero();
    }

    @Test
    void a_database_in_use_by_another_server_is_told_with_its_path() throws Exception {
        index().start();
        assertThat(index().runAnother().complaint(1)).contains("data/index", "in use");
        assertThat(index().sql("SELECT * FROM current_mappings")).isEmpty();
    }

    @Test
    void an_index_that_does_not_answer_is_told_with_its_address() throws Exception {
        Peer alice = swarm().peer("alice");

        assertThat(alice.begin("list").awaitEnd().complaint(1)).contains("no index server answers", index().address());
        assertThat(alice.command("get", "film.mkv").complaint(1)).contains("no index server answers");
    }

    @Test
    void an_index_that_is_silent_is_told_while_it_is_asked() throws Exception {
        try (DatagramSocket silent = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            String address = "udp://127.0.0.1:" + silent.getLocalPort();
            Peer alice = swarm().peer("alice").start("discovery.index=[\"" + address + "\"]");
            RunningProgram get = alice.begin("get", "film.mkv");

            get.awaitLog("swarmdex: asking the index server " + address + ", which has not answered yet");
            assertThat(get.process().isAlive()).isTrue();
        }
    }

    @Test
    void a_name_that_nobody_offers_is_told() throws Exception {
        index().start();
        Peer alice = swarm().runningPeer("alice");

        assertThat(alice.command("get", "nothing.mkv").complaint(1)).contains("nobody offers nothing.mkv");
        assertThat(alice.command("get", "sha256-tree:98ea6e4f216f2f…").complaint(1)).contains("needed whole", "--json");
        assertThat(alice.command("unshare", "nothing.mkv").complaint(1)).contains("\"nothing.mkv\" is not shared");
        assertThat(alice.command("delete", "nothing.mkv", "--yes").complaint(1))
                .contains("\"nothing.mkv\" is not shared");
        assertThat(alice.command("share", "/no/such/file").complaint(1)).contains("/no/such/file");
    }

    @Test
    void a_name_of_two_contents_is_told_with_both_ids_each_of_which_can_be_got() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        Peer bob = swarm().peer("bob");
        TestFile one = TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        TestFile other = TestFile.create(bob.shared().resolve("film.mkv"), 100_000, 2);
        alice.start();
        bob.start();
        Peer carol = swarm().peer("carol");
        carol.awaitListed("film.mkv", "alice", "bob");

        assertThat(carol.command("get", "film.mkv").complaint(1)).contains(one.id(), other.id());
        assertThat(carol.downloads()).doesNotExist();
        assertThat(carol.command("get", other.id()).orFail()).contains("from bob");
        assertThat(carol.downloads().resolve("film.mkv")).hasBinaryContent(other.bytes());
    }

    @Test
    void a_target_that_exists_stays_as_it_is() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        alice.start();
        Peer bob = swarm().peer("bob");
        TestFile own = TestFile.create(bob.downloads().resolve("film.mkv"), 100_000, 2);
        bob.awaitListed("film.mkv", "alice");

        assertThat(bob.command("get", "film.mkv").complaint(1)).contains(own.path().toString(), "exists");
        assertThat(own.path()).hasBinaryContent(own.bytes());
        Files.write(own.path(), film.bytes(), StandardOpenOption.TRUNCATE_EXISTING);
        assertThat(bob.command("get", "film.mkv").orFail()).contains("there already and verified");
    }

    @Test
    void a_missing_plugin_is_told_with_the_jar_that_provides_it() throws Exception {
        Peer alice = swarm().peer("alice");
        alice.removeJar("transport-tcp");
        assertThat(alice.begin("run").awaitEnd().complaint(2)).contains("transport-tcp-", alice.plugins().toString());
        alice.removeJar("hash-sha256");
        assertThat(alice.begin("run").awaitEnd().complaint(2)).contains("hash-sha256-");
        alice.removeJar("select-fastest");
        assertThat(alice.begin("run").awaitEnd().complaint(2)).contains("select-fastest-");
        assertThat(alice.command("plugins", "--json").json()).noneMatch(
                plugin -> plugin.path("provides").asString().matches("tcp|sha256-tree|fastest"));
    }

    @Test
    void a_host_without_the_transport_of_a_content_is_told_which_jar_it_needs() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        alice.start();
        Peer bob = swarm().peer("bob");
        bob.awaitListed("film.mkv", "alice");
        bob.removeJar("transport-tcp");

        assertThat(bob.command("get", "film.mkv").complaint(1)).contains("no plugin for", "tcp", "jar");
    }

    @Test
    void an_unknown_command_or_option_is_a_usage_error() throws Exception {
        Peer alice = swarm().peer("alice");

        assertThat(alice.begin("walk").awaitEnd().complaint(2)).contains("walk", "--help");
        assertThat(alice.command("list", "--fast").complaint(2)).contains("--fast", "--help");
        assertThat(alice.command("get").complaint(2)).contains("--help");
        assertThat(index().command("walk").complaint(2)).contains("walk", "--help");
    }
}
