package dev.swarmdex.plugin.lines;

import dev.swarmdex.peer.testkit.MemoryShelf;
import dev.swarmdex.peer.testkit.Transfers;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.Charset;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

/** What a client gets, byte by byte over a plain socket, whether it behaves like a program of seed 003 or worse. */
@Timeout(30)
class HostileClientTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final MemoryShelf shelf = new MemoryShelf();
    private StreamServer server;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    @BeforeEach
    void connect() throws IOException {
        shelf.add("films/é ü.txt", "abc".getBytes(UTF_8));
        serve(new ServerLimits(10, LONG, LONG, LONG));
    }

    private void serve(ServerLimits limits) throws IOException {
        server = LinesTransport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, shelf);
        socket = new Socket(server.address().getAddress(), server.address().getPort());
        in = socket.getInputStream();
        out = socket.getOutputStream();
    }

    private void serveImpatiently() throws IOException {
        close();
        serve(new ServerLimits(10, LIMIT, LIMIT, LIMIT));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"films/é ü.txt", "films/é ü.txt\n", "films/é ü.txt\r\n"})
    void a_path_brings_the_file_and_the_end_of_the_connection(String path) throws IOException {
        say(path, UTF_8);
        assertThat(in.readAllBytes()).isEqualTo("abc".getBytes(UTF_8));
    }

    @Test
    void a_binary_file_arrives_as_it_is_even_if_the_client_goes_on_talking() throws IOException {
        byte[] file = Transfers.bytes(3_000_000);
        shelf.add("a", file);
        say("a", UTF_8);
        assertThat(in.readNBytes(1)).hasSize(1);
        say("register someone a\n", UTF_8);
        assertThat(in.readAllBytes()).hasSize(file.length - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b.txt", "../films/é ü.txt", "/films/é ü.txt", "films/É Ü.TXT", "films/é ü.txt ", "films", ".",
            "/etc/passwd", "\n", "a\u0000b", "a\nb"})
    void whatever_is_not_on_the_shelf_brings_nothing(String path) throws IOException {
        say(path, UTF_8);
        assertThat(in.readAllBytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {513, 1024, 1025, 1026, 1027, 5000})
    void a_path_that_is_too_long_brings_nothing(int length) throws IOException {
        say("n".repeat(length), UTF_8);
        assertThat(in.readAllBytes()).isEmpty();
    }

    @Test
    void a_path_that_is_not_utf_8_brings_nothing() throws IOException {
        say("films/é ü.txt", ISO_8859_1);
        assertThat(in.readAllBytes()).isEmpty();
    }

    @Test
    void one_who_says_nothing_is_sent_away() throws IOException {
        serveImpatiently();
        assertThat(in.readAllBytes()).isEmpty();
    }

    @Test
    void one_who_does_not_leave_is_sent_away() throws IOException {
        serveImpatiently();
        say("films/é ü.txt", UTF_8);
        await().until(() -> server.connections() == 0);
        assertThat(in.readAllBytes()).isEqualTo("abc".getBytes(UTF_8));
    }

    @Test
    void one_who_does_not_read_is_sent_away_with_a_reset() throws IOException {
        shelf.add("large", new byte[32 << 20]);
        serveImpatiently();
        say("large", UTF_8);
        await().until(() -> server.connections() == 0);
        assertThatIOException().isThrownBy(() -> in.readAllBytes());
    }

    private void say(String words, Charset charset) throws IOException {
        out.write(words.getBytes(charset));
    }
}
