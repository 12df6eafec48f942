package dev.swarmdex.server.frontend.pdu;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.server.frontend.SeedServer;
import dev.swarmdex.server.frontend.UdpClient;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import dev.swarmdex.server.frontend.nativeudp.NativeFrontEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PduFrontEndTest {

    @TempDir
    Path folder;
    @SuppressWarnings("NullAway.Init")
    private SeedServer server;
    @SuppressWarnings("NullAway.Init")
    private UdpClient alice;
    @SuppressWarnings("NullAway.Init")
    private UdpClient bob;

    @BeforeEach
    void open() throws Exception {
        open("\"pdu\"");
    }

    private void open(String table) throws Exception {
        server = new SeedServer(folder, table);
        alice = new UdpClient(server.address(PduFrontEnd.class));
        bob = new UdpClient(server.address(PduFrontEnd.class));
    }

    @AfterEach
    void close() {
        alice.close();
        bob.close();
        server.close();
    }

    private void reopen(String table) throws Exception {
        close();
        open(table);
    }

    private static byte[] padded(String text) {
        return Arrays.copyOf(text.getBytes(StandardCharsets.UTF_8), 102);
    }

    /** The text of a PDU of full size, padded with NUL. */
    private static String text(byte[] pdu) {
        assertThat(pdu).hasSize(102);
        String text = new String(pdu, StandardCharsets.UTF_8);
        String head = text.substring(0, text.indexOf('\0'));
        assertThat(pdu).isEqualTo(padded(head));
        return head;
    }

    private static String ask(UdpClient client, String pdu) throws IOException {
        return text(client.ask(padded(pdu)));
    }

    private static String next(UdpClient client) throws IOException {
        return text(client.receive());
    }

    @Test
    void the_documents_order_of_fields() throws Exception {
        assertThat(ask(alice, "R,8124;10.0.0.5;song.mp3")).isEqualTo("A,");
        assertThat(ask(bob, "S,song.mp3")).isEqualTo("S,8124;10.0.0.5;song.mp3");
        assertThat(ask(bob, "D,song.mp3")).isEqualTo("D,10.0.0.5;8124");
        assertThat(ask(bob, "O, ")).isEqualTo("O,1");
        assertThat(next(bob)).isEqualTo("O,10.0.0.5;8124;1");
        assertThat(next(bob)).isEqualTo("O,0;song.mp3");
        assertThat(ask(alice, "T,8124;10.0.0.5;song.mp3")).isEqualTo("A,");
        assertThat(ask(alice, "T,8124;10.0.0.5;song.mp3")).isEqualTo("E,3");
        assertThat(ask(bob, "S,song.mp3")).isEqualTo("E,3");
        assertThat(ask(bob, "O, ")).isEqualTo("O,0");
    }

    @Test
    void the_programs_order_of_fields() throws Exception {
        reopen("\"pdu\"\nfield-order = \"name-port-addr\"");
        assertThat(ask(alice, "R,song.mp3;8124;")).isEqualTo("A,");
        assertThat(ask(alice, "R,film.mkv;8125")).isEqualTo("A,");
        assertThat(ask(bob, "S,song.mp3")).isEqualTo("S,song.mp3;8124;127.0.0.1;");
        assertThat(ask(bob, "D,song.mp3")).isEqualTo("D,song.mp3;8124;127.0.0.1;");
        assertThat(ask(bob, "O, ")).isEqualTo("O,2");
        assertThat(next(bob)).isEqualTo("O,song.mp3;8124;127.0.0.1;");
        assertThat(next(bob)).isEqualTo("O,film.mkv;8125;127.0.0.1;");
        assertThat(ask(alice, "T,song.mp3;8124")).isEqualTo("A,");
        assertThat(ask(bob, "S,song.mp3")).isEqualTo("E,3");
    }

    @Test
    void datagrams_without_padding_will_do() throws Exception {
        assertThat(text(alice.ask("R,8124;10.0.0.5;a".getBytes(StandardCharsets.UTF_8)))).isEqualTo("A,");
        assertThat(text(bob.ask("S,a".getBytes(StandardCharsets.UTF_8)))).isEqualTo("S,8124;10.0.0.5;a");
    }

    @Test
    void a_second_registration_is_acknowledged_and_adds_nothing() throws Exception {
        assertThat(ask(alice, "R,8124;10.0.0.5;a")).isEqualTo("A,");
        assertThat(ask(bob, "R,8124;10.0.0.5;a")).isEqualTo("A,");
        assertThat(server.rows("select content from mapping_history")).hasSize(1);
    }

    @Test
    void clients_are_spread_over_the_servers_of_a_file() throws Exception {
        ask(alice, "R,1;10.0.0.5;a");
        ask(bob, "R,2;10.0.0.6;a");
        assertThat(List.of(ask(bob, "S,a"), ask(bob, "S,a"), ask(bob, "S,a")))
                .containsExactly("S,1;10.0.0.5;a", "S,2;10.0.0.6;a", "S,1;10.0.0.5;a");
    }

    @Test
    void the_last_reply_is_sent_again() throws Exception {
        ask(alice, "R,8124;10.0.0.5;a");
        ask(bob, "S,nothing");
        assertThat(ask(alice, "E,2")).isEqualTo("A,");
        assertThat(ask(bob, "E,2")).isEqualTo("E,3");
        assertThat(ask(bob, "?,")).isEqualTo("E,2");
        assertThat(ask(bob, "E,2")).as("our own E 2 is no reply to ask for").isEqualTo("E,3");
        assertThat(ask(bob, "O, ")).isEqualTo("O,1");
        next(bob);
        next(bob);
        assertThat(ask(bob, "E,2")).isEqualTo("O,1");
        assertThat(next(bob)).isEqualTo("O,10.0.0.5;8124;1");
        assertThat(next(bob)).isEqualTo("O,0;a");
    }

    @Test
    void who_was_sent_nothing_hears_nothing_again_and_nobody_hears_it_for_ever() throws Exception {
        alice.send(padded("E,2"));
        assertThat(alice.hearsNothing()).isTrue();
        ask(alice, "S,a");
        for (int i = 0; i < LastReplies.MOST_RESENDS; i++) {
            assertThat(ask(alice, "E,2")).isEqualTo("E,3");
        }
        alice.send(padded("E,2"));
        assertThat(alice.hearsNothing()).isTrue();
    }

    @Test
    void who_leaves_takes_along_what_it_registered_and_nothing_else() throws Exception {
        ask(alice, "R,8124;10.0.0.5;a");
        ask(alice, "R,8125;10.0.0.5;b");
        ask(bob, "R,8126;10.0.0.5;c");
        alice.send(padded("E,1"));
        await().untilAsserted(() -> assertThat(ask(bob, "S,b")).isEqualTo("E,3"));
        assertThat(ask(bob, "S,a")).isEqualTo("E,3");
        assertThat(ask(bob, "S,c")).isEqualTo("S,8126;10.0.0.5;c");
        assertThat(alice.hearsNothing()).isTrue();
    }

    @Test
    void a_server_keeps_its_files_when_its_program_comes_back_from_another_port() throws Exception {
        ask(alice, "R,8124;10.0.0.5;a");
        ask(bob, "R,8124;10.0.0.5;b");
        assertThat(ask(bob, "S,a")).isEqualTo("S,8124;10.0.0.5;a");
        assertThat(server.rows("select distinct host from peer_sessions")).hasSize(1);
    }

    @Test
    void bad_input_gets_the_seeds_error() throws Exception {
        for (String bad : List.of("R,0;10.0.0.5;a", "R,70000;10.0.0.5;a", "R,a;0", "R,a;70000", "R,8124;10.0.0.5;",
                "R,8124;10.0.0.5;" + "x".repeat(26), "S," + "x".repeat(26), "S,", "X,what", "?,", "E,7",
                "r,8124;h;a")) {
            assertThat(ask(alice, bad)).as(bad).isEqualTo("E,2");
        }
        assertThat(text(alice.ask(new byte[103]))).isEqualTo("E,2");
        assertThat(text(alice.ask(new byte[0]))).isEqualTo("E,2");
        assertThat(ask(alice, "O, ")).isEqualTo("O,0");
    }

    @Test
    void a_flood_of_noise_does_no_harm() throws Exception {
        Random random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(1_400)];
            random.nextBytes(noise);
            bob.send(noise);
        }
        alice.awaitAnswer(padded("O, "));
        assertThat(ask(alice, "R,8124;10.0.0.5;" + "x".repeat(25))).isEqualTo("A,");
        assertThat(ask(alice, "S," + "x".repeat(25))).isEqualTo("S,8124;10.0.0.5;" + "x".repeat(25));
    }

    @Test
    void a_thousand_files_are_listed_in_packets_of_four() throws Exception {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            names.add("a file with a long na%04d".formatted(i));
            alice.send(padded("R,8124;10.0.0.5;" + names.getLast()));
        }
        for (int i = 0; i < names.size(); i++) {
            assertThat(next(alice)).isEqualTo("A,");
        }
        assertThat(ask(bob, "O, ")).isEqualTo("O,1");
        String[] head = next(bob).split(";", -1);
        assertThat(head[0]).isEqualTo("O,10.0.0.5");
        List<String> listed = new ArrayList<>();
        for (int packet = 0; packet < Integer.parseInt(head[2]); packet++) {
            List<String> fields = List.of(next(bob).split(";", -1));
            assertThat(fields.getFirst()).isEqualTo("O," + packet);
            assertThat(fields).hasSizeBetween(2, 5);
            listed.addAll(fields.subList(1, fields.size()));
        }
        assertThat(listed).isEqualTo(names);
    }

    @Test
    void what_is_silent_for_a_lease_expires() throws Exception {
        ask(alice, "R,8124;10.0.0.5;a");
        server.time().pass(Duration.ofHours(23));
        ask(alice, "R,8124;10.0.0.5;b");
        server.time().pass(Duration.ofHours(23));
        assertThat(ask(bob, "S,a")).isEqualTo("S,8124;10.0.0.5;a");
        server.time().pass(Duration.ofHours(2));
        await().untilAsserted(() -> assertThat(ask(bob, "S,a")).isEqualTo("E,3"));
    }

    @Test
    void a_restart_loses_nothing() throws Exception {
        ask(alice, "R,8124;10.0.0.5;a");
        reopen("\"pdu\"");
        assertThat(ask(bob, "S,a")).isEqualTo("S,8124;10.0.0.5;a");
        assertThat(ask(alice, "T,8124;10.0.0.5;a")).isEqualTo("A,");
    }

    @Test
    void native_peers_see_the_files_and_are_seen_by_their_pdu_endpoint() throws Exception {
        ask(alice, "R,8124;10.0.0.5;song.mp3");
        try (NativeClient carol = new NativeClient(server.address(NativeFrontEnd.class))) {
            carol.hello();
            Listing song = carol.search("song.mp3").listings().getFirst();
            assertThat(song.content()).isEqualTo(new Content("song.mp3", Optional.empty(), -1));
            assertThat(song.sources().getFirst().peer()).isEqualTo("10.0.0.5:8124");
            assertThat(song.sources().getFirst().endpoints()).containsExactly(new Endpoint("pdu", "10.0.0.5", 8124));

            carol.share("carol", new Content("tcp only", Optional.empty(), 5));
            assertThat(ask(bob, "S,tcp only")).isEqualTo("E,3");
            carol.ask(new Request.KeepAlive(NativeClient.peer("carol"),
                    List.of(new Endpoint("tcp", "", 7118), new Endpoint("pdu", "", 9000)), 0, 0));
            carol.register("carol", new Content("film", Optional.of("sha256-tree:" + "ab".repeat(32)), 5),
                    new Content("semi;colon", Optional.empty(), 5), new Content("x".repeat(26), Optional.empty(), 5));
            assertThat(ask(bob, "S,film")).isEqualTo("S,9000;127.0.0.1;film");
            assertThat(ask(bob, "O, ")).isEqualTo("O,2");
            assertThat(List.of(next(bob), next(bob), next(bob), next(bob)))
                    .containsExactly("O,10.0.0.5;8124;1", "O,0;song.mp3", "O,127.0.0.1;9000;1", "O,0;film");
        }
    }

    @Test
    void what_a_native_peer_is_still_downloading_is_not_told() throws Exception {
        Content whole = new Content("film", Optional.of("sha256-tree:" + "ab".repeat(32)), 5);
        try (NativeClient carol = new NativeClient(server.address(NativeFrontEnd.class))) {
            carol.hello();
            carol.ask(new Request.KeepAlive(NativeClient.peer("carol"),
                    List.of(new Endpoint("tcp", "", 7118), new Endpoint("pdu", "", 9000)), 0, 0));
            carol.register("carol", new Content("film.part", whole.id(), whole.size()));

            assertThat(ask(bob, "S,film")).isEqualTo("E,3");
            assertThat(ask(bob, "S,film.part")).isEqualTo("E,3");
            carol.register("carol", whole);
            assertThat(ask(bob, "O, ")).isEqualTo("O,1");
            assertThat(List.of(next(bob), next(bob))).containsExactly("O,127.0.0.1;9000;1", "O,0;film");
        }
        ask(alice, "R,8124;10.0.0.5;a.part");
        assertThat(ask(bob, "S,a.part")).isEqualTo("S,8124;10.0.0.5;a.part");
    }

    @Test
    void the_history_tells_the_protocol() throws Exception {
        ask(alice, "R,8124;10.0.0.5;a");
        ask(alice, "T,8124;10.0.0.5;a");
        assertThat(server.rows("select content, peer, scheme, host, port, via, ended_by from mapping_history"))
                .containsExactly("a,10.0.0.5:8124,pdu,10.0.0.5,8124,pdu,deregistered");
        await().untilAsserted(() -> assertThat(server.rows("select peer, host, ended_by from peer_sessions"))
                .containsExactly("10.0.0.5:8124,127.0.0.1,deregistered"));
    }
}
