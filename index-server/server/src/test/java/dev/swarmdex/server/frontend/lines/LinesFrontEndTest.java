package dev.swarmdex.server.frontend.lines;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Reply;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LinesFrontEndTest {

    @TempDir
    Path folder;
    @SuppressWarnings("NullAway.Init")
    private SeedServer server;
    @SuppressWarnings("NullAway.Init")
    private TcpClient pesho;
    @SuppressWarnings("NullAway.Init")
    private TcpClient gosho;

    @BeforeEach
    void open() throws Exception {
        server = new SeedServer(folder, "\"lines\"");
        pesho = connect("Pesho123 1234");
        gosho = connect("Gosho321 2314");
    }

    @AfterEach
    void close() throws IOException {
        pesho.close();
        gosho.close();
        server.close();
    }

    /** Connects, and waits until the user is known. */
    private TcpClient connect(String firstLine) throws IOException {
        TcpClient client = new TcpClient(server.address(LinesFrontEnd.class));
        client.send(firstLine + "\n");
        assertThat(client.hearsNothing()).isTrue();
        return client;
    }

    private static void answers(TcpClient client, String line, String reply) throws IOException {
        client.send(line + "\n");
        assertThat(client.read(reply)).as(line).isEqualTo(reply);
    }

    /** What has no answer is carried out before what comes next on its connection. */
    private static void files(TcpClient client, String... lines) throws IOException {
        answers(client, "list-files", block(lines));
    }

    private static String block(String... lines) {
        return Stream.of(lines).map(line -> line + "\n").collect(Collectors.joining("", "", "\n"));
    }

    @Test
    void files_are_registered_listed_and_unregistered() throws Exception {
        pesho.send("register Pesho123 /home/p/song.mp3 /home/p/film.mkv\n");
        files(pesho, "Pesho123 : /home/p/film.mkv", "Pesho123 : /home/p/song.mp3");
        gosho.send("register Gosho321 C:\\a.txt, C:\\b.txt,C:\\c.txt\r\n");
        files(gosho, "Pesho123 : /home/p/film.mkv", "Pesho123 : /home/p/song.mp3", "Gosho321 : C:\\a.txt",
                "Gosho321 : C:\\b.txt", "Gosho321 : C:\\c.txt");
        gosho.send("unregister Gosho321 C:\\a.txt C:\\c.txt\n");
        files(gosho, "Pesho123 : /home/p/film.mkv", "Pesho123 : /home/p/song.mp3", "Gosho321 : C:\\b.txt");
    }

    @Test
    void active_peers_are_told_with_their_addresses() throws Exception {
        answers(pesho, "sendActivePeers", "Pesho123 - 127.0.0.1:1234\nGosho321 - 127.0.0.1:2314\n\n");
    }

    @Test
    void who_closes_or_vanishes_takes_its_files_along() throws Exception {
        pesho.send("register Pesho123 /a\nclose\n");
        assertThat(pesho.isCutOff()).isTrue();
        files(gosho);
        answers(gosho, "sendActivePeers", "Gosho321 - 127.0.0.1:2314\n\n");
        gosho.send("register Gosho321 /b\n");
        files(gosho, "Gosho321 : /b");
        gosho.send("register Gosho321 /c");
        gosho.vanish();
        try (TcpClient other = connect("Maria 5000")) {
            await().untilAsserted(
                    () -> assertThat(other.ask("sendActivePeers\n")).isEqualTo("Maria - 127.0.0.1:5000\n\n"));
        }
        assertThat(
                server.rows("select content, peer, scheme, port, via, ended_by from mapping_history order by content"))
                .containsExactly("/a,Pesho123,lines,1234,lines,deregistered",
                        "/b,Gosho321,lines,2314,lines,disconnected");
    }

    @Test
    void a_user_that_comes_back_before_its_broken_connection_ends_keeps_its_files() throws Exception {
        pesho.send("register Pesho123 /a\n");
        files(pesho, "Pesho123 : /a");
        try (TcpClient back = connect("Pesho123 1234")) {
            pesho.close();
            assertThat(back.hearsNothing()).isTrue();
            back.send("register Pesho123 /b\n");
            files(back, "Pesho123 : /a", "Pesho123 : /b");
        }
        await().untilAsserted(() -> assertThat(gosho.ask("list-files\n")).isEqualTo("\n"));
    }

    @Test
    void bad_input_gets_silence_and_is_counted() throws Exception {
        for (String bad : List.of("dance", "", "register", "register Pesho123", "list-files now",
                "register Pesho123 " + "x".repeat(1025))) {
            pesho.send(bad + "\n");
        }
        pesho.send("register nobody /a\n");
        files(pesho);
        LinesFrontEnd frontEnd = (LinesFrontEnd) server.frontEnd(LinesFrontEnd.class);
        assertThat(frontEnd.tally().malformed()).isEqualTo(6);
        assertThat(frontEnd.tally().refused()).isEqualTo(1);
        for (String bad : List.of("Maria", "Maria 0", "Maria 70000", "x".repeat(65) + " 5000")) {
            try (TcpClient maria = connect(bad)) {
                answers(maria, "Maria 5000\nsendActivePeers", "Pesho123 - 127.0.0.1:1234\nGosho321 - 127.0.0.1:2314\n"
                        + "Maria - 127.0.0.1:5000\n\n");
                maria.send("close\n");
                assertThat(maria.isCutOff()).isTrue();
            }
        }
    }

    @Test
    void names_of_full_length_are_taken() throws Exception {
        String user = "u".repeat(64);
        String path = "/" + "x".repeat(1023);
        try (TcpClient client = connect(user + " 65535")) {
            client.send("register " + user + " " + path + "\n");
            files(client, user + " : " + path);
        }
    }

    @Test
    void endless_nothing_is_cut_off() throws Exception {
        byte[] nothing = new byte[1 << 20];
        try {
            for (int i = 0; i < 1_024; i++) {
                pesho.send(nothing);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("Broken pipe|Connection reset.*");
        }
        assertThat(pesho.isCutOff()).isTrue();
        files(gosho);
    }

    @Test
    void a_thousand_files_are_registered_and_listed() throws Exception {
        List<String> paths = IntStream.range(0, 1_000).mapToObj("/files/%04d"::formatted).toList();
        pesho.send("register Pesho123 " + String.join(" ", paths) + "\n");
        files(pesho, paths.stream().map(path -> "Pesho123 : " + path).toArray(String[]::new));
    }

    @Test
    void asking_for_peers_renews_the_lease() throws Exception {
        pesho.send("register Pesho123 /a\n");
        files(pesho, "Pesho123 : /a");
        server.time().pass(Duration.ofHours(23));
        pesho.send("sendActivePeers\nlist-files\n");
        String both = "Pesho123 - 127.0.0.1:1234\nGosho321 - 127.0.0.1:2314\n\nPesho123 : /a\n\n";
        assertThat(pesho.read(both)).isEqualTo(both);
        server.time().pass(Duration.ofHours(23));
        await().untilAsserted(
                () -> assertThat(pesho.ask("sendActivePeers\n")).isEqualTo("Pesho123 - 127.0.0.1:1234\n\n"));
        files(pesho, "Pesho123 : /a");
    }

    @Test
    void native_peers_see_the_files_and_are_seen_by_their_lines_endpoint() throws Exception {
        pesho.send("register Pesho123 /a /" + "x".repeat(600) + "\n");
        files(pesho, "Pesho123 : /a", "Pesho123 : /" + "x".repeat(600));
        try (NativeClient carol = new NativeClient(server.address(NativeFrontEnd.class))) {
            carol.hello();
            assertThat(carol.search("/a").listings().getFirst().sources().getFirst().endpoints())
                    .containsExactly(new Endpoint("lines", "127.0.0.1", 1234));
            assertThat(((Reply.Contents) carol
                    .ask(new Request.ListContents(Cursor.NONE))).listings())
                    .as("a path too long for it is left out").hasSize(1);
            carol.ask(new Request.KeepAlive(NativeClient.peer("carol"),
                    List.of(new Endpoint("tcp", "", 7118), new Endpoint("lines", "", 9000)), 0, 0));
            carol.register("carol", new Content("film", Optional.empty(), 5),
                    new Content("a name with spaces", Optional.empty(), 5));
            answers(gosho, "sendActivePeers",
                    "Pesho123 - 127.0.0.1:1234\nGosho321 - 127.0.0.1:2314\ncarol - 127.0.0.1:9000\n\n");
            files(gosho, "Pesho123 : /a", "Pesho123 : /" + "x".repeat(600), "carol : film");
        }
    }
}
