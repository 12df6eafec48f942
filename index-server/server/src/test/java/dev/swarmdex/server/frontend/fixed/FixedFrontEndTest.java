package dev.swarmdex.server.frontend.fixed;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.Source;
import dev.swarmdex.server.frontend.SeedServer;
import dev.swarmdex.server.frontend.UdpClient;
import dev.swarmdex.server.frontend.nativeudp.NativeClient;
import dev.swarmdex.server.frontend.nativeudp.NativeFrontEnd;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

class FixedFrontEndTest {

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
        open("\"fixed\"");
    }

    private void open(String table) throws Exception {
        server = new SeedServer(folder, table);
        alice = new UdpClient(server.address(FixedFrontEnd.class));
        bob = new UdpClient(server.address(FixedFrontEnd.class));
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

    private static byte[] pdu(char type, String peer, String content, String rest) {
        byte[] pdu = new byte[101];
        pdu[0] = (byte) type;
        put(pdu, 1, peer);
        put(pdu, 11, content);
        put(pdu, 21, rest);
        return pdu;
    }

    private static void put(byte[] pdu, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, pdu, at, bytes.length);
    }

    /** The type and the text at the start of a PDU of full size. */
    private static String text(byte[] pdu) {
        assertThat(pdu).hasSize(101);
        String text = new String(pdu, StandardCharsets.UTF_8);
        return text.substring(0, text.indexOf('\0'));
    }

    private static String ask(UdpClient client, char type, String peer, String content, String rest)
            throws IOException {
        return text(client.ask(pdu(type, peer, content, rest)));
    }

    private static String register(UdpClient client, String peer, String content, int port) throws IOException {
        return ask(client, 'R', peer, content, Integer.toString(port));
    }

    private static byte[] found(int port) {
        return pdu('S', "127.0.0.1", "", Integer.toString(port));
    }

    private static byte[] search(UdpClient client, String content) throws IOException {
        return client.ask(pdu('S', "bob", content, ""));
    }

    private static String next(UdpClient client) throws IOException {
        return text(client.receive());
    }

    @Test
    void a_content_is_registered_found_listed_and_deregistered() throws Exception {
        assertThat(register(alice, "alice", "song", 5000)).isEqualTo("Aregistered");
        assertThat(search(bob, "song")).isEqualTo(found(5000));
        assertThat(bob.ask(pdu('S', "song", "", ""))).as("the content alone").isEqualTo(found(5000));
        assertThat(ask(bob, 'O', "", "", "")).isEqualTo("O1");
        assertThat(next(bob)).isEqualTo("Osong from alice");
        assertThat(ask(alice, 'T', "alice", "song", "")).isEqualTo("Aderegistered");
        assertThat(ask(alice, 'T', "alice", "song", "")).isEqualTo("Eyou have not registered that content");
        assertThat(text(search(bob, "song"))).isEqualTo("Econtent not found");
        assertThat(ask(bob, 'O', "", "", "")).isEqualTo("Eno content is registered");
    }

    @Test
    void a_port_of_two_bytes_is_understood() throws Exception {
        byte[] register = pdu('R', "alice", "song", "");
        register[21] = (byte) 0xC3;
        register[22] = (byte) 0x50;
        assertThat(text(alice.ask(register))).isEqualTo("Aregistered");
        assertThat(search(bob, "song")).isEqualTo(found(50_000));
    }

    @Test
    void names_of_full_length_have_no_end_but_the_fields() throws Exception {
        assertThat(register(alice, "p234567890", "c234567890", 65_535)).isEqualTo("Aregistered");
        assertThat(search(bob, "c234567890")).isEqualTo(found(65_535));
        assertThat(ask(alice, 'T', "p234567890", "c234567890", "")).isEqualTo("Aderegistered");
    }

    @Test
    void a_content_that_anybody_offers_is_refused_as_the_document_says() throws Exception {
        register(alice, "alice", "song", 5000);
        assertThat(register(bob, "bob", "song", 5001)).isEqualTo("Esong is already registered");
        assertThat(register(alice, "alice", "song", 5000)).isEqualTo("Esong is already registered");
        assertThat(search(bob, "song")).isEqualTo(found(5000));
    }

    @Test
    void of_two_registrations_at_once_one_is_refused() throws Exception {
        alice.send(pdu('R', "alice", "song", "5000"));
        bob.send(pdu('R', "bob", "song", "5001"));
        assertThat(List.of(next(alice), next(bob)))
                .containsExactlyInAnyOrder("Aregistered", "Esong is already registered");
    }

    @Test
    void only_the_same_peers_second_registration_is_refused_if_the_config_says_so() throws Exception {
        reopen("\"fixed\"\nduplicates = \"per-peer\"");
        assertThat(register(alice, "alice", "song", 5000)).isEqualTo("Aregistered");
        assertThat(register(bob, "bob", "song", 5001)).isEqualTo("Aregistered");
        assertThat(register(alice, "alice", "song", 5000)).isEqualTo("Esong is already registered");
        assertThat(register(alice, "alice", "song", 5002)).isEqualTo("Esong is already registered");
        assertThat(ask(bob, 'O', "", "", "")).isEqualTo("O1");
        assertThat(next(bob)).isEqualTo("Osong from alice, bob");
    }

    @Test
    void the_least_used_server_is_the_answer() throws Exception {
        reopen("\"fixed\"\nduplicates = \"per-peer\"");
        register(alice, "alice", "song", 5000);
        assertThat(search(bob, "song")).isEqualTo(found(5000));
        register(alice, "carol", "song", 5001);
        assertThat(search(bob, "song")).isEqualTo(found(5001));
        assertThat(search(bob, "song")).isEqualTo(found(5000));
        assertThat(search(bob, "song")).isEqualTo(found(5001));
    }

    @Test
    void a_peer_may_serve_each_content_at_another_port_and_ends_them_all() throws Exception {
        register(alice, "alice", "song", 5000);
        register(alice, "alice", "film", 5001);
        register(bob, "bob", "book", 5002);
        assertThat(search(bob, "song")).isEqualTo(found(5000));
        assertThat(search(bob, "film")).isEqualTo(found(5001));
        assertThat(ask(alice, 'T', "alice", "", "")).isEqualTo("Aderegistered");
        assertThat(ask(alice, 'T', "alice", "", "")).isEqualTo("Eyou have not registered any content");
        assertThat(text(search(bob, "film"))).isEqualTo("Econtent not found");
        assertThat(search(bob, "book")).isEqualTo(found(5002));
    }

    @Test
    void who_quits_is_gone_without_an_answer() throws Exception {
        register(alice, "alice", "song", 5000);
        register(alice, "alice", "film", 5001);
        alice.send(pdu('T', "alice", "", "Q"));
        assertThat(alice.hearsNothing()).isTrue();
        await().untilAsserted(() -> assertThat(ask(bob, 'O', "", "", "")).isEqualTo("Eno content is registered"));
    }

    @Test
    void nobody_ends_what_another_registered() throws Exception {
        register(alice, "alice", "song", 5000);
        assertThat(ask(bob, 'T', "bob", "song", "")).isEqualTo("Eyou have not registered that content");
        assertThat(search(bob, "song")).isEqualTo(found(5000));
    }

    @Test
    void bad_input_gets_a_reason_or_silence() throws Exception {
        assertThat(register(alice, "alice", "song", 70_000)).startsWith("Eport is 70000");
        assertThat(ask(alice, 'R', "alice", "song", "0000")).startsWith("Eport is 0");
        assertThat(ask(alice, 'R', "alice", "song", "")).startsWith("Eport is 0");
        assertThat(register(alice, "", "song", 5000)).startsWith("Epeer name takes 0 bytes");
        assertThat(register(alice, "alice", "", 5000)).startsWith("Econtent name takes 0 bytes");
        assertThat(ask(alice, 'S', "", "", "")).startsWith("Econtent name takes 0 bytes");
        bob.send(pdu('X', "bob", "song", ""));
        bob.send(new byte[102]);
        assertThat(bob.hearsNothing()).isTrue();
        assertThat(((FixedFrontEnd) server.frontEnd(FixedFrontEnd.class)).tally().ignored()).isEqualTo(2);
        assertThat(ask(alice, 'O', "", "", "")).isEqualTo("Eno content is registered");
    }

    @Test
    void replies_of_another_index_are_not_answered() throws Exception {
        register(alice, "alice", "127.0.0.1", 5000);
        bob.send(pdu('O', "", "", ""));
        bob.send(pdu('S', "127.0.0.1", "", ""));
        List<byte[]> replies = List.of(bob.receive(), bob.receive(), bob.receive());
        for (byte[] reply : replies) {
            bob.send(reply);
        }
        assertThat(bob.hearsNothing()).isTrue();
        assertThat(((FixedFrontEnd) server.frontEnd(FixedFrontEnd.class)).tally().ignored()).isEqualTo(3);
    }

    @Test
    void a_flood_of_noise_does_no_harm() throws Exception {
        Random random = new Random(8);
        for (int i = 0; i < 5_000; i++) {
            byte[] noise = new byte[random.nextInt(1_400)];
            random.nextBytes(noise);
            bob.send(noise);
        }
        alice.awaitAnswer(pdu('S', "alice", "nothing", ""));
        assertThat(register(alice, "alice", "song", 5000)).isEqualTo("Aregistered");
        assertThat(search(alice, "song")).isEqualTo(found(5000));
    }

    @Test
    void a_thousand_contents_are_listed_one_by_one() throws Exception {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            String name = "file %04d".formatted(i);
            expected.add("O" + name + " from alice");
            alice.send(pdu('R', "alice", name, "5000"));
        }
        for (int i = 0; i < expected.size(); i++) {
            assertThat(next(alice)).isEqualTo("Aregistered");
        }
        assertThat(ask(bob, 'O', "", "", "")).isEqualTo("O1000");
        List<String> listed = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
            listed.add(next(bob));
        }
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    void native_peers_see_the_contents_and_are_seen_by_their_fixed_endpoint() throws Exception {
        register(alice, "alice", "song", 5000);
        register(alice, "a/b", "odd", 5001);
        try (NativeClient carol = new NativeClient(server.address(NativeFrontEnd.class))) {
            carol.hello();
            Source source = carol.search("song").listings().getFirst().sources().getFirst();
            assertThat(source.peer()).isEqualTo("alice");
            assertThat(source.endpoints()).containsExactly(new Endpoint("fixed", "127.0.0.1", 5000));
            assertThat(carol.search("odd").listings()).as("a peer's name that breaks a native rule").isEmpty();

            Content film = new Content("film", Optional.of("sha256-tree:" + "ab".repeat(32)), 5);
            carol.hello();
            carol.ask(new Request.KeepAlive(NativeClient.peer("carol"),
                    List.of(new Endpoint("tcp", "", 7118), new Endpoint("fixed", "", 9000)), 0, 0));
            carol.register("carol", film, new Content("longer than ten", Optional.empty(), 5));
            assertThat(search(bob, "film")).isEqualTo(found(9000));
            assertThat(ask(bob, 'O', "", "", "")).isEqualTo("O3");
            assertThat(List.of(next(bob), next(bob), next(bob)))
                    .containsExactly("Ofilm from carol", "Oodd from a/b", "Osong from alice");

            carol.ask(new Request.KeepAlive(NativeClient.peer("carol"), List.of(new Endpoint("fixed", "::1", 9000)), 0,
                    0));
            carol.register("carol", film);
            assertThat(text(search(bob, "film"))).as("an address with no room").isEqualTo("Econtent not found");
        }
    }

    @Test
    void the_history_tells_the_protocol() throws Exception {
        register(alice, "alice", "song", 5000);
        ask(alice, 'T', "alice", "", "");
        assertThat(server.rows("select content, peer, scheme, host, port, via, ended_by from mapping_history"))
                .containsExactly("song,alice,fixed,127.0.0.1,5000,fixed,deregistered");
    }

    @Test
    void a_restart_loses_nothing() throws Exception {
        register(alice, "alice", "song", 5000);
        reopen("\"fixed\"");
        assertThat(search(bob, "song")).isEqualTo(found(5000));
        assertThat(Arrays.asList(register(alice, "alice", "song", 5000), ask(alice, 'T', "alice", "", "")))
                .containsExactly("Esong is already registered", "Aderegistered");
    }
}
