package dev.swarmdex.server.frontend.session;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.server.frontend.SeedServer;
import dev.swarmdex.server.frontend.TcpClient;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import dev.swarmdex.server.frontend.nativeudp.NativeFrontEnd;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SessionFrontEndTest {

    private static final String HEAD = "\nFiles hosted: \n \n";
    private static final String NOBODY = "No Registered Nodes host that file";

    @TempDir
    Path folder;
    @SuppressWarnings("NullAway.Init")
    private SeedServer server;
    @SuppressWarnings("NullAway.Init")
    private TcpClient alice;
    @SuppressWarnings("NullAway.Init")
    private TcpClient bob;

    @BeforeEach
    void open() throws Exception {
        open("\"session\"");
    }

    private void open(String table) throws Exception {
        server = new SeedServer(folder, table);
        alice = new TcpClient(server.address(SessionFrontEnd.class));
        bob = new TcpClient(server.address(SessionFrontEnd.class));
    }

    @AfterEach
    void close() throws IOException {
        alice.close();
        bob.close();
        server.close();
    }

    private static void answers(TcpClient client, String request, String reply) throws IOException {
        client.send(request);
        assertThat(client.read(reply)).as(request).isEqualTo(reply);
    }

    /** Sends a list, which has no answer, and asks for something so as to know that it was taken. */
    private static void list(TcpClient client, String request, String names) throws IOException {
        answers(client, request, "SEND FILES");
        client.send(names);
        assertThat(client.hearsNothing()).isTrue();
    }

    private static String node(TcpClient client, int serverPort) {
        return "[\"('127.0.0.1', " + client.port() + ")\", '" + serverPort + "']";
    }

    @Test
    void a_peer_registers_and_others_find_its_files() throws Exception {
        list(alice, "register 5000", "song.mp3 film.mkv");
        answers(bob, "get_files_list", HEAD + "film.mkv\nsong.mp3\n");
        answers(bob, "download song.mp3", node(alice, 5000));
        answers(bob, "download nothing", NOBODY);
        answers(alice, "get_files_list", HEAD);
        assertThat(alice.hearsNothing()).as("its own files are not told to a peer").isTrue();
        answers(alice, "download song.mp3", NOBODY);
    }

    @Test
    void a_file_of_several_peers_is_listed_once_and_has_several_nodes() throws Exception {
        try (TcpClient carol = new TcpClient(server.address(SessionFrontEnd.class))) {
            list(alice, "register 5000", "song");
            list(bob, "register 5001", "song film");
            answers(carol, "get_files_list", HEAD + "film\nsong\n");
            answers(carol, "download song", node(alice, 5000) + " " + node(bob, 5001));
        }
    }

    @Test
    void deleting_and_updating_replace_the_list() throws Exception {
        list(alice, "register 5000", "song film");
        list(alice, "delete song", "film");
        answers(bob, "get_files_list", HEAD + "film\n");
        answers(bob, "download song", NOBODY);
        list(alice, "update", "film book");
        answers(bob, "get_files_list", HEAD + "book\nfilm\n");
        assertThat(server.rows("select content, ended_by from mapping_history order by content"))
                .containsExactly("book,", "film,", "song,deregistered");
    }

    @Test
    void a_list_may_grow_up_to_the_limit() throws Exception {
        close();
        open("\"session\"\n[limits]\nregistrations-per-peer = 4");
        list(alice, "register 5000", "a b c");
        list(alice, "update", "a b c d");
        answers(bob, "get_files_list", HEAD + "a\nb\nc\nd\n");
        list(alice, "update", "a b c d e");
        answers(bob, "get_files_list", HEAD + "a\nb\nc\nd\n");
    }

    @Test
    void a_second_registration_replaces_the_first() throws Exception {
        list(alice, "register 5000", "song");
        list(alice, "register 5001", "film");
        answers(bob, "get_files_list", HEAD + "film\n");
        answers(bob, "download film", node(alice, 5001));
    }

    @Test
    void who_unregisters_stays_connected() throws Exception {
        list(alice, "register 5000", "song");
        alice.send("unregister");
        assertThat(alice.hearsNothing()).isTrue();
        answers(bob, "download song", NOBODY);
        list(alice, "update", "film");
        answers(bob, "get_files_list", HEAD);
        list(alice, "register 5000", "song");
        answers(bob, "download song", node(alice, 5000));
    }

    @Test
    void who_disconnects_or_vanishes_takes_its_files_along() throws Exception {
        list(alice, "register 5000", "song");
        answers(bob, "download song", node(alice, 5000));
        alice.close();
        await().untilAsserted(() -> assertThat(bob.ask("download song")).isEqualTo(NOBODY));
        try (TcpClient carol = new TcpClient(server.address(SessionFrontEnd.class))) {
            list(carol, "register 5000", "film");
            carol.send("register 50");
            carol.vanish();
        }
        await().untilAsserted(() -> assertThat(bob.ask("download film")).isEqualTo(NOBODY));
        assertThat(server.rows("select content, via, ended_by from mapping_history order by content"))
                .containsExactly("film,session,disconnected", "song,session,disconnected");
    }

    @Test
    void a_person_may_end_messages_with_a_newline() throws Exception {
        answers(alice, "register 5000\nsong film\n", "SEND FILES");
        answers(alice, "get_files_list\r\n", HEAD);
        answers(bob, "download song\n", node(alice, 5000));
        alice.send("upd");
        assertThat(alice.hearsNothing()).isTrue();
        answers(alice, "ate\n", "SEND FILES");
    }

    @Test
    void a_thousand_files_are_taken_and_listed() throws Exception {
        List<String> names = IntStream.range(0, 1_000).mapToObj("file-%04d"::formatted).toList();
        list(alice, "register 5000", String.join(" ", names));
        String all = names.stream().map(name -> name + "\n").collect(Collectors.joining("", HEAD, ""));
        await().untilAsserted(() -> assertThat(bob.ask("get_files_list")).isEqualTo(all));
    }

    @Test
    void a_list_that_ends_with_a_full_chunk_is_taken_after_a_moment() throws Exception {
        String first = "a".repeat(511);
        list(alice, "register 5000", first + " " + "b".repeat(512));
        await().untilAsserted(() -> assertThat(bob.ask("download " + first)).isEqualTo(node(alice, 5000)));
    }

    @Test
    void bad_input_gets_silence_and_is_counted() throws Exception {
        for (String bad : List.of("register", "register 0", "register 70000", "register a b", "dance", "download",
                "download " + "x".repeat(513))) {
            alice.send(bad);
            assertThat(alice.hearsNothing()).as(bad).isTrue();
        }
        assertThat(((SessionFrontEnd) server.frontEnd(SessionFrontEnd.class)).tally().malformed()).isEqualTo(7);
        list(alice, "register 5000", "x".repeat(513));
        answers(bob, "get_files_list", HEAD);
        list(alice, "register 5000", "x".repeat(512));
        answers(bob, "get_files_list", HEAD + "x".repeat(512) + "\n");
    }

    @Test
    void endless_nothing_is_cut_off() throws Exception {
        byte[] nothing = new byte[1 << 20];
        try {
            for (int i = 0; i < 1_024; i++) {
                alice.send(nothing);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
        }
        assertThat(alice.isCutOff()).isTrue();
        list(bob, "register 5000", "song");
        answers(bob, "get_files_list", HEAD);
    }

    @Test
    void any_word_renews_the_lease() throws Exception {
        list(alice, "register 5000", "song");
        server.time().pass(Duration.ofHours(23));
        alice.send("\n");
        assertThat(alice.hearsNothing()).isTrue();
        server.time().pass(Duration.ofHours(23));
        answers(bob, "download song", node(alice, 5000));
    }

    @Test
    void after_a_stop_nobody_is_listed() throws Exception {
        list(alice, "register 5000", "song");
        close();
        open();
        answers(bob, "get_files_list", HEAD);
        assertThat(server.rows("select content, ended_by from mapping_history")).containsExactly("song,disconnected");
    }

    @Test
    void native_peers_see_the_files_and_are_seen_by_their_session_endpoint() throws Exception {
        list(alice, "register 5000", "song");
        try (NativeClient carol = new NativeClient(server.address(NativeFrontEnd.class))) {
            carol.hello();
            assertThat(carol.search("song").listings().getFirst().sources().getFirst().endpoints())
                    .containsExactly(new Endpoint("session", "127.0.0.1", 5000));
            carol.ask(new Request.KeepAlive(NativeClient.peer("carol"),
                    List.of(new Endpoint("tcp", "", 7118), new Endpoint("session", "", 9000)), 0, 0));
            carol.register("carol", new Content("film", Optional.empty(), 5),
                    new Content("a name with spaces", Optional.empty(), 5));
            answers(alice, "get_files_list", HEAD + "film\n");
            answers(alice, "download film", "[\"('127.0.0.1', 9000)\", '9000']");
        }
    }
}
