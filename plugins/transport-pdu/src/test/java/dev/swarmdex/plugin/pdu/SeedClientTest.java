package dev.swarmdex.plugin.pdu;

import dev.swarmdex.peer.testkit.MemoryShelf;
import dev.swarmdex.peer.testkit.Transfers;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import dev.swarmdex.protocol.pdu.TransferForm;
import java.io.ByteArrayOutputStream;
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

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What the programs of seed 000 get from our server, byte by byte over plain sockets; and what the server bears. */
@Timeout(30)
class SeedClientTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String FILE = "x".repeat(98) + "y".repeat(98) + "z";

    private final MemoryShelf shelf = new MemoryShelf();
    private StreamServer server;
    private Socket socket;
    private InputStream in;

    @BeforeEach
    void connectToAServer() throws IOException {
        shelf.add("song.mp3", FILE.getBytes(UTF_8));
        start(TransferForm.DOCUMENT, PATIENCE);
    }

    private void restart(TransferForm form, Duration limit) throws IOException {
        close();
        start(form, limit);
    }

    private void start(TransferForm form, Duration limit) throws IOException {
        server = PduTransport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                new ServerLimits(20, limit, limit, limit), form, shelf);
        socket = new Socket(server.address().getAddress(), server.address().getPort());
        in = socket.getInputStream();
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"D,song.mp3", "C,song.mp3", "D,song.mp3;"})
    void a_file_goes_out_in_the_documents_packets(String request) throws IOException {
        send(request);
        assertThat(in.readNBytes(102)).isEqualTo(pdu("C,3"));
        send("A,");
        assertThat(text(in.readNBytes(102))).isEqualTo("C,0;" + "x".repeat(98));
        assertThat(text(in.readNBytes(102))).isEqualTo("C,1;" + "y".repeat(98));
        assertThat(text(in.readAllBytes())).isEqualTo("C,2;z");
    }

    @Test
    void a_file_goes_out_in_the_programs_packets() throws IOException {
        restart(TransferForm.PROGRAM, PATIENCE);
        send("D,song.mp3");
        assertThat(in.readNBytes(102)).isEqualTo(pdu("C,2"));
        send("A,");
        assertThat(text(in.readNBytes(102))).isEqualTo("C," + FILE.substring(0, 100));
        assertThat(text(in.readAllBytes())).isEqualTo("C," + FILE.substring(100));
    }

    @Test
    void an_empty_file_has_no_packets() throws IOException {
        shelf.add("empty", new byte[0]);
        send("D,empty");
        assertThat(in.readNBytes(102)).isEqualTo(pdu("C,0"));
        send("A,");
        assertThat(in.readAllBytes()).isEmpty();
    }

    @Test
    void a_large_binary_file_survives() throws IOException {
        byte[] bytes = Transfers.bytes(1_000_000);
        shelf.add("a.bin", bytes);
        send("D,a.bin");
        long packets = Long.parseLong(text(in.readNBytes(102)).substring(2).replace("\0", ""));
        send("A,");
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        byte[] all = in.readAllBytes();
        for (int packet = 0; packet < packets; packet++) {
            String id = "C," + packet + ";";
            int start = packet * 102;
            assertThat(text(Arrays.copyOfRange(all, start, start + id.length()))).isEqualTo(id);
            int end = Math.min(start + 102, all.length);
            file.write(all, start + id.length(), end - start - id.length());
        }
        assertThat(file.toByteArray()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"D,unknown", "D,../song.mp3", "C,SONG.MP3", "D,1234567890123456789012345"})
    void what_is_not_shared_is_error_3(String request) throws IOException {
        send(request);
        assertThat(in.readAllBytes()).isEqualTo(pdu("E,3"));
    }

    @Test
    void what_is_sent_behind_a_request_costs_nobody_the_answer() throws IOException {
        socket.getOutputStream().write(pdu("D,unknown"));
        socket.getOutputStream().write(pdu("D,song.mp3"));
        socket.getOutputStream().write('\n');
        assertThat(in.readAllBytes()).isEqualTo(pdu("E,3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"D,", "X,song.mp3", "Dsong.mp3", "D,a;b", "D,12345678901234567890123456", "D,a\tb"})
    void what_is_no_request_is_error_2(String request) throws IOException {
        send(request);
        assertThat(in.readAllBytes()).isEqualTo(pdu("E,2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"E,1", "D,song.mp3", "garbage"})
    void one_who_does_not_take_the_file_gets_nothing_more(String answer) throws IOException {
        send("D,song.mp3");
        assertThat(in.readNBytes(102)).isEqualTo(pdu("C,3"));
        send(answer);
        assertThat(in.readAllBytes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 10, 101})
    void a_request_that_is_cut_off_is_waited_for_only_so_long(int length) throws IOException {
        restart(TransferForm.DOCUMENT, SHORT);
        socket.getOutputStream().write(pdu("D,song.mp3"), 0, length);
        assertThat(in.readAllBytes()).isEmpty();
    }

    @Test
    void one_who_never_takes_the_file_is_waited_for_only_so_long() throws IOException {
        restart(TransferForm.DOCUMENT, SHORT);
        send("D,song.mp3");
        assertThat(in.readAllBytes()).isEqualTo(pdu("C,3"));
    }

    @Test
    void one_who_does_not_read_is_sent_away() throws IOException {
        shelf.add("large", new byte[64 << 20]);
        restart(TransferForm.DOCUMENT, SHORT);
        send("D,large");
        send("A,");
        await().until(() -> server.connections() == 0);
    }

    @Test
    void any_102_bytes_are_answered_or_not_and_harm_nobody_else() throws IOException {
        for (int seed = 0; seed < 200; seed++) {
            byte[] bytes = Arrays.copyOf(Transfers.bytes(1000 + seed), 102);
            if (seed % 2 == 0) {
                System.arraycopy("D,".getBytes(UTF_8), 0, bytes, 0, 2);
            }
            try (Socket other = new Socket(server.address().getAddress(), server.address().getPort())) {
                other.getOutputStream().write(bytes);
                assertThat(other.getInputStream().readAllBytes()).isIn(pdu("E,2"), pdu("E,3"));
            }
        }
        send("D,song.mp3");
        assertThat(in.readNBytes(102)).isEqualTo(pdu("C,3"));
    }

    private void send(String request) throws IOException {
        socket.getOutputStream().write(pdu(request));
    }

    private static byte[] pdu(String text) {
        return Arrays.copyOf(text.getBytes(UTF_8), 102);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
