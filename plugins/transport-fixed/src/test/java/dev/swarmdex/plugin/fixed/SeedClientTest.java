package dev.swarmdex.plugin.fixed;

import dev.swarmdex.peer.testkit.MemoryShelf;
import dev.swarmdex.peer.testkit.Transfers;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the programs of seed 001 get from our server, byte by byte over plain sockets; and what the server bears. */
@Timeout(30)
class SeedClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final MemoryShelf shelf = new MemoryShelf();
    private StreamServer server;
    private Socket socket;
    private InputStream in;

    @BeforeEach
    void connectToAServer() throws IOException {
        shelf.add("song", ("x".repeat(100) + "yz").getBytes(UTF_8));
        start(PATIENCE);
    }

    private void restart(Duration limit) throws IOException {
        close();
        start(limit);
    }

    private void start(Duration limit) throws IOException {
        server = FixedTransport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ServerLimits(20, limit, limit, limit), shelf);
        socket = new Socket(server.address().getAddress(), server.address().getPort());
        in = socket.getInputStream();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
    }

    @Test
    void a_file_goes_out_in_padded_frames_and_an_end() throws IOException {
        send("Dsong");
        assertThat(in.readNBytes(101)).isEqualTo(frame("C" + "x".repeat(100)));
        assertThat(in.readNBytes(101)).isEqualTo(frame("Cyz"));
        assertThat(in.readAllBytes()).isEqualTo(frame("A"));
    }

    @Test
    void an_empty_file_is_only_an_end() throws IOException {
        shelf.add("empty", new byte[0]);
        send("Dempty");
        assertThat(in.readAllBytes()).isEqualTo(frame("A"));
    }

    @Test
    void a_name_of_ten_bytes_has_no_nul_behind_it() throws IOException {
        shelf.add("1234567890", "x".getBytes(UTF_8));
        send("D1234567890");
        assertThat(in.readNBytes(101)).isEqualTo(frame("Cx"));
    }

    @Test
    void a_large_binary_file_survives() throws IOException {
        byte[] bytes = Transfers.bytes(1_000_000);
        shelf.add("a.bin", bytes);
        send("Da.bin");
        for (int start = 0; start < bytes.length; start += 100) {
            byte[] frame = in.readNBytes(101);
            assertThat(frame[0]).isEqualTo((byte) 'C');
            assertThat(Arrays.copyOfRange(frame, 1, 101)).isEqualTo(Arrays.copyOfRange(bytes, start, start + 100));
        }
        assertThat(in.readAllBytes()).isEqualTo(frame("A"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Dunknown", "D../song", "DSONG", "D./song", "D/etc/passwd"})
    void what_is_not_shared_is_an_error(String request) throws IOException {
        send(request);
        assertThat(in.readAllBytes()).isEqualTo(frame("Eno such content"));
    }

    @Test
    void what_is_sent_behind_a_request_costs_nobody_the_answer() throws IOException {
        socket.getOutputStream().write(frame("Dunknown"));
        socket.getOutputStream().write(frame("Dsong"));
        socket.getOutputStream().write('\n');
        assertThat(in.readAllBytes()).isEqualTo(frame("Eno such content"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"D", "Csong", "Rsong", "Da\tb", "garbage"})
    void what_is_no_request_is_an_error(String request) throws IOException {
        send(request);
        assertThat(in.readAllBytes()).isEqualTo(frame("Ebad request"));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5, 100})
    void a_request_that_is_cut_off_is_waited_for_only_so_long(int length) throws IOException {
        restart(SHORT);
        socket.getOutputStream().write(frame("Dsong"), 0, length);
        assertThat(in.readAllBytes()).isEmpty();
    }

    @Test
    void one_who_does_not_read_is_sent_away() throws IOException {
        shelf.add("large", new byte[64 << 20]);
        restart(SHORT);
        send("Dlarge");
        await().until(() -> server.connections() == 0);
    }

    @Test
    void any_101_bytes_are_answered_and_harm_nobody_else() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            byte[] bytes = Arrays.copyOf(Transfers.bytes(1000 + seed), 101);
            if (seed % 2 == 0) {
                bytes[0] = 'D';
            }
            try (Socket other = new Socket(server.address().getAddress(), server.address().getPort())) {
                other.getOutputStream().write(bytes);
                assertThat(other.getInputStream().readAllBytes()).isIn(frame("Ebad request"),
                        frame("Eno such content"));
            }
        }
        send("Dsong");
        assertThat(in.readNBytes(101)).isEqualTo(frame("C" + "x".repeat(100)));
    }

    private void send(String request) throws IOException {
        socket.getOutputStream().write(frame(request));
    }

    private static byte[] frame(String text) {
        return Arrays.copyOf(text.getBytes(UTF_8), 101);
    }
}
