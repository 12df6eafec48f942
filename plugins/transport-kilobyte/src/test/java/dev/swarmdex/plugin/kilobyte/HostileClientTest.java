package dev.swarmdex.plugin.kilobyte;

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
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What a client gets, byte by byte over a plain socket, whether it behaves like seed 004's program or worse. */
@Timeout(30)
class HostileClientTest {

    private static final Duration LIMIT = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final byte[] FILE = Transfers.bytes(100_000);

    private final MemoryShelf shelf = new MemoryShelf();
    private StreamServer server;
    private Socket socket;
    private InputStream in;
    private OutputStream out;

    @BeforeEach
    void connect() throws IOException {
        shelf.add("a b.bin", FILE);
        serve(new ServerLimits(10, LONG, LONG, LONG));
    }

    private void serve(ServerLimits limits) throws IOException {
        server = KilobyteTransport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), limits, shelf);
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

    @Test
    void one_who_asks_whether_a_file_is_there_hears_its_size() throws IOException {
        out.write(bytes(Request.existence("a b.bin")));
        assertThat(reply()).isEqualTo(Reply.present(0, FILE.length));
        out.write(bytes(Request.existence("c.bin")));
        assertThat(reply()).isEqualTo(Reply.absent(0));
    }

    @Test
    void an_empty_file_is_there_and_has_no_portions() throws IOException {
        shelf.add("empty", new byte[0]);
        out.write(bytes(Request.existence("empty")));
        assertThat(reply()).isEqualTo(Reply.present(0, 0));
        out.write(bytes(Request.portion("empty", 0)));
        assertThat(reply()).isEqualTo(Reply.outOfRange(0, 0));
    }

    @Test
    void portions_come_in_any_order_and_the_last_one_is_shorter() throws IOException {
        for (int portion : new int[]{97, 0, 96, 31, 32, 33, 1, 0}) {
            out.write(bytes(Request.portion("a b.bin", portion)));
            int from = portion * 1024;
            byte[] data = Arrays.copyOfRange(FILE, from, Math.min(FILE.length, from + 1024));
            assertThat(reply()).isEqualTo(Reply.data(portion, FILE.length, ByteBuffer.wrap(data)));
        }
    }

    @Test
    void portions_of_two_files_by_turns_do_not_get_mixed_up() throws IOException {
        byte[] other = Transfers.bytes(2048);
        shelf.add("other", other);
        for (int turn = 0; turn < 3; turn++) {
            out.write(bytes(Request.portion("a b.bin", 1)));
            assertThat(reply().data()).isEqualTo(ByteBuffer.wrap(FILE, 1024, 1024));
            out.write(bytes(Request.portion("other", 1)));
            assertThat(reply().data()).isEqualTo(ByteBuffer.wrap(other, 1024, 1024));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {98, 99, Long.MAX_VALUE, Long.MAX_VALUE / 1024 + 1, -1, Long.MIN_VALUE})
    void a_portion_outside_the_file_is_out_of_range(long portion) throws IOException {
        out.write(bytes(Request.portion("a b.bin", portion)));
        assertThat(reply()).isEqualTo(Reply.outOfRange(portion, FILE.length));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/passwd", "../a b.bin", "./a b.bin", "A B.BIN", "a b.bin ", "a", "c:\\a b.bin"})
    void nothing_but_what_is_on_the_shelf_is_there(String name) throws IOException {
        out.write(bytes(Request.portion(name, 7)));
        assertThat(reply()).isEqualTo(Reply.absent(7));
    }

    @Test
    void a_file_that_leaves_the_shelf_is_not_there_any_more() throws IOException {
        out.write(bytes(Request.portion("a b.bin", 0)));
        assertThat(reply().hasFile()).isTrue();
        shelf.remove("a b.bin");
        out.write(bytes(Request.portion("a b.bin", 1)));
        assertThat(reply()).isEqualTo(Reply.absent(1));
    }

    @Test
    void a_name_that_can_not_be_is_not_there() throws IOException {
        byte[] request = new byte[Request.LENGTH];
        Arrays.fill(request, (byte) 0xff);
        out.write(request);
        assertThat(reply()).isEqualTo(Reply.absent(0));
        expectAnswer();
    }

    @Test
    void a_request_may_come_byte_by_byte() throws IOException {
        for (byte one : bytes(Request.existence("a b.bin"))) {
            out.write(one);
        }
        assertThat(reply()).isEqualTo(Reply.present(0, FILE.length));
    }

    @Test
    void one_who_sends_ahead_gets_all_answers_in_order() throws IOException {
        ByteBuffer requests = ByteBuffer.allocate(2000 * Request.LENGTH);
        for (int i = 0; i < 2000; i++) {
            Request.portion("a b.bin", i % 110).write(requests);
        }
        out.write(requests.array());
        for (int i = 0; i < 2000; i++) {
            assertThat(reply().portion()).isEqualTo(i % 110);
        }
    }

    @Test
    void any_bytes_are_answered_one_reply_for_each_request() throws IOException {
        Random random = new Random(6);
        byte[] garbage = new byte[50 * Request.LENGTH];
        random.nextBytes(garbage);
        out.write(garbage);
        for (int i = 0; i < 50; i++) {
            assertThat(reply().hasFile()).isFalse();
        }
        expectAnswer();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 128, 143})
    void one_who_stops_in_a_request_is_sent_away(int length) throws IOException {
        serveImpatiently();
        out.write(bytes(Request.existence("a b.bin")), 0, length);
        assertThat(in.readAllBytes()).isEmpty();
    }

    @Test
    void one_who_leaves_in_a_request_gets_no_answer() throws IOException {
        out.write(bytes(Request.existence("a b.bin")), 0, 100);
        socket.shutdownOutput();
        assertThat(in.readAllBytes()).isEmpty();
        await().until(() -> server.connections() == 0);
    }

    @Test
    void one_who_asks_and_does_not_read_is_sent_away() throws IOException {
        serveImpatiently();
        byte[] requests = new byte[1000 * Request.LENGTH];
        for (int i = 0; i < 1000; i++) {
            System.arraycopy(bytes(Request.portion("a b.bin", 0)), 0, requests, i * Request.LENGTH, Request.LENGTH);
        }
        await().until(() -> {
            write(requests);
            return server.connections() == 0;
        });
    }

    private void write(byte[] bytes) throws IOException {
        try {
            out.write(bytes);
        } catch (SocketException e) {
            // the server has had enough
            assertThat(e).isNotNull();
        }
    }

    private void expectAnswer() throws IOException {
        out.write(bytes(Request.existence("a b.bin")));
        assertThat(reply()).isEqualTo(Reply.present(0, FILE.length));
    }

    private Reply reply() throws IOException {
        byte[] bytes = in.readNBytes(Reply.LENGTH);
        assertThat(bytes).hasSize(Reply.LENGTH);
        return Reply.parse(ByteBuffer.wrap(bytes));
    }

    private static byte[] bytes(Request request) {
        ByteBuffer bytes = ByteBuffer.allocate(Request.LENGTH);
        request.write(bytes);
        return bytes.array();
    }
}
