package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.transportkit.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The transport against itself, over real sockets and real files. */
@Timeout(30)
class TcpTransportTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SIZE = 40 << 20;

    private final TcpTransport transport = new TcpTransport();
    private final FileShelf shelf = new FileShelf();
    private final byte[] bytes = new byte[SIZE];
    @TempDir
    private Path folder;
    private SharedContent content;
    private Server server;
    private Connection connection;

    @BeforeEach
    void serveAFileOfRandomBytes() throws IOException {
        new Random(1).nextBytes(bytes);
        content = shelf.add("films/a.mkv", Files.write(folder.resolve("a.mkv"), bytes));
        server = transport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Map.of(), shelf);
        connection = connect();
    }

    @AfterEach
    void closeBoth() {
        connection.close();
        server.close();
    }

    @Test
    void a_content_is_found_by_its_name() throws IOException {
        Offer offer = connection.ask(ContentReference.byName("films/a.mkv")).orElseThrow();
        assertThat(offer.size()).hasValue(SIZE);
        assertThat(offer.id()).contains(content.id());
        assertThat(offer.ranged()).isTrue();
    }

    @Test
    void a_content_is_found_by_its_id_whatever_the_name() throws IOException {
        assertThat(connection.ask(ContentReference.byId(content.id()))).isPresent();
        assertThat(connection.ask(ContentReference.of("other", content.id()))).isPresent();
    }

    @Test
    void what_is_not_on_the_shelf_is_not_offered() throws IOException {
        assertThat(connection.ask(ContentReference.byName("../a.mkv"))).isEmpty();
        assertThat(connection.ask(ContentReference.byId(ContentId.of("md5", new byte[16])))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0, 1", "1, 65536", "41943039, 1", "1000000, 16777216", "12345, 16777217", "0, 41943040"})
    void any_range_comes_back_exactly(int offset, int length) throws IOException {
        assertThat(read(offer(), offset, length)).isEqualTo(Arrays.copyOfRange(bytes, offset, offset + length));
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0,0", "1000000,65536", "5,41943035"})
    void any_range_fills_a_buffer_exactly(int offset, int length) throws IOException {
        ByteBuffer target = ByteBuffer.allocateDirect(length + 2).position(1).limit(length + 1);

        offer().read(offset, target);

        assertThat(target.position()).isEqualTo(length + 1);
        assertThat(target.limit()).isEqualTo(length + 1);
        assertThat(target.slice(1, length)).isEqualTo(ByteBuffer.wrap(bytes, offset, length));
    }

    @Test
    void both_ways_of_reading_take_turns_on_one_connection() throws IOException {
        Offer offer = offer();
        for (int i = 0; i < 10; i++) {
            ByteBuffer target = ByteBuffer.allocate(100_000);
            offer.read(i, target);
            assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(bytes, i, 100_000));
            assertThat(read(offer, i, 70_000)).isEqualTo(Arrays.copyOfRange(bytes, i, i + 70_000));
        }
    }

    @Test
    void a_buffer_that_reaches_beyond_the_content_is_refused_and_the_connection_stays_usable() throws IOException {
        Offer offer = offer();

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> offer.read(SIZE, ByteBuffer.allocate(1)));
        assertThat(read(offer, 0, 10)).isEqualTo(Arrays.copyOf(bytes, 10));
    }

    @Test
    void all_that_comes_is_the_whole_content() throws IOException {
        assertThat(read(offer(), 0, Long.MAX_VALUE)).isEqualTo(bytes);
    }

    @Test
    void an_empty_content_can_be_read() throws IOException {
        shelf.add("empty", Files.createFile(folder.resolve("empty")));
        Offer offer = connection.ask(ContentReference.byName("empty")).orElseThrow();
        assertThat(offer.size()).hasValue(0);
        assertThat(read(offer, 0, Long.MAX_VALUE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"41943040, 1", "41943039, 2", "0, 41943041", "9000000000000000000, 5"})
    void a_range_outside_the_content_is_refused_and_the_connection_stays_usable(long offset, long length)
            throws IOException {
        Offer offer = offer();
        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> offer.read(offset, length, chunk -> {}))
                .withMessageContaining("has only 41943040 bytes");
        assertThat(read(offer, 5, 5)).isEqualTo(Arrays.copyOfRange(bytes, 5, 10));
    }

    @Test
    void an_impossible_range_is_the_callers_mistake() throws IOException {
        Offer offer = offer();
        assertThatIllegalArgumentException().isThrownBy(() -> offer.read(-1, 1, chunk -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> offer.read(0, -1, chunk -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> offer.read(2, Long.MAX_VALUE - 1, chunk -> {}));
    }

    @Test
    void piece_hashes_come_for_a_piece_size_that_is_at_hand() throws IOException {
        assertThat(offer().pieceHashes(FileShelf.PIECE)).contains(content.id().digest());
        assertThat(offer().pieceHashes(2 * FileShelf.PIECE)).isEmpty();
    }

    @Test
    void a_content_that_left_the_shelf_is_refused_and_the_connection_stays_usable() throws IOException {
        Offer offer = offer();
        shelf.remove("films/a.mkv");
        assertThatIOException().isThrownBy(() -> offer.read(0, 1, chunk -> {}))
                .withMessageContaining("no longer offers");
        assertThat(offer.pieceHashes(FileShelf.PIECE)).isEmpty();
        assertThat(connection.ask(ContentReference.byName("films/a.mkv"))).isEmpty();
    }

    @Test
    void a_file_that_fails_on_the_way_ends_the_connection_instead_of_being_padded() throws IOException {
        Offer offer = offer();
        Files.write(folder.resolve("a.mkv"), Arrays.copyOf(bytes, 1 << 20));
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        assertThatIOException().isThrownBy(() -> offer.read(0, 2 << 20, collecting(got)));
        assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(bytes, got.size()));
        assertThatIOException().isThrownBy(() -> offer.read(0, 1, chunk -> {}));
    }

    @Test
    void many_threads_read_ranges_over_one_connection() throws Exception {
        Offer offer = offer();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int thread = 0; thread < 32; thread++) {
                Random random = new Random(thread);
                readers.add(threads.submit(() -> {
                    for (int i = 0; i < 20; i++) {
                        int offset = random.nextInt(SIZE - 300_000);
                        int length = random.nextInt(300_000);
                        assertThat(read(offer, offset, length)).isEqualTo(
                                Arrays.copyOfRange(bytes, offset, offset + length));
                    }
                    return null;
                }));
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
    }

    @Test
    void more_long_reads_than_requests_in_flight_do_not_lock_each_other_out() throws Exception {
        Offer offer = offer();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> readers = new ArrayList<>();
            for (int i = 0; i < Wire.REQUESTS_IN_FLIGHT + 6; i++) {
                readers.add(threads.submit(() -> {
                    long[] count = new long[1];
                    offer.read(0, Wire.LONGEST_READ + 1, chunk -> count[0] += chunk.remaining());
                    return count[0];
                }));
            }
            for (Future<Long> reader : readers) {
                assertThat(reader.get()).isEqualTo(Wire.LONGEST_READ + 1);
            }
        }
    }

    @Test
    void one_who_gives_up_halfway_does_not_spoil_the_connection() throws IOException {
        Offer offer = offer();
        IOException enough = new IOException("disk full");
        assertThatIOException().isThrownBy(() -> offer.read(0, 30 << 20, chunk -> {
            throw enough;
        })).isSameAs(enough);
        assertThat(read(offer, 7, 100_000)).isEqualTo(Arrays.copyOfRange(bytes, 7, 100_007));
    }

    @Test
    void one_who_is_interrupted_while_waiting_does_not_spoil_the_connection() throws Exception {
        Offer offer = offer();
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(() -> {
                offer.read(0, 10, chunk -> {
                    reading.countDown();
                    await(goOn);
                });
                return null;
            });
            reading.await();
            Thread second = Thread.ofVirtual().start(() -> assertThatIOException().isThrownBy(
                    () -> offer.read(0, 1 << 20, chunk -> {})));
            Awaitility.await().until(() -> second.getState() == Thread.State.WAITING);
            second.interrupt();
            second.join();
            Future<byte[]> third = threads.submit(() -> read(offer, 3, 3));
            goOn.countDown();
            first.get();
            assertThat(third.get()).isEqualTo(Arrays.copyOfRange(bytes, 3, 6));
        }
    }

    @Test
    void closing_the_connection_ends_the_calls_on_it() throws Exception {
        Offer offer = offer();
        CountDownLatch reading = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                readers.add(threads.submit(() -> assertThatIOException().isThrownBy(() -> {
                    while (true) {
                        offer.read(0, SIZE, chunk -> reading.countDown());
                    }
                })));
            }
            reading.await();
            connection.close();
            for (Future<?> reader : readers) {
                reader.get(30, TimeUnit.SECONDS);
            }
        }
    }

    @Test
    void closing_the_server_ends_the_transfers_within_seconds() throws Exception {
        Offer offer = offer();
        CountDownLatch reading = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = threads.submit(() -> assertThatIOException().isThrownBy(() -> {
                while (true) {
                    offer.read(0, SIZE, chunk -> reading.countDown());
                }
            }));
            reading.await();
            server.close();
            reader.get(30, TimeUnit.SECONDS);
        }
        assertThatIOException().isThrownBy(this::connect).withMessageContaining("can't connect to tcp://");
    }

    @Test
    void a_reader_that_pauses_gets_all_when_it_goes_on() throws Exception {
        Offer offer = offer();
        CountDownLatch paused = new CountDownLatch(1);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        Connection other = connect();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor(); other) {
            Future<?> slow = threads.submit(() -> {
                offer.read(0, 16 << 20, chunk -> {
                    await(paused);
                    collecting(got).accept(chunk);
                });
                return null;
            });
            Offer quick = other.ask(ContentReference.byId(content.id())).orElseThrow();
            assertThat(read(quick, 0, SIZE)).isEqualTo(bytes);
            paused.countDown();
            slow.get();
        }
        assertThat(got.toByteArray()).isEqualTo(Arrays.copyOf(bytes, 16 << 20));
    }

    @Test
    void a_port_in_use_is_named() {
        assertThatIOException().isThrownBy(() -> transport.serve(server.address(), Map.of(), shelf))
                .withMessageContaining(
                        "can't listen on")
                .withMessageContaining(Integer.toString(server.address().getPort()));
    }

    @Test
    void an_unknown_option_is_refused_by_name() {
        assertThatIllegalArgumentException().isThrownBy(() -> serve(Map.of("max-conections", "5")))
                .withMessageContaining(
                        "max-conections");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "many", "", "100001", "99999999999"})
    void an_impossible_number_of_connections_is_refused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> serve(Map.of("max-connections", value)));
    }

    @Test
    void no_more_connections_are_open_than_the_operator_wants() throws IOException {
        try (Server small = serve(Map.of("max-connections", "1")); Connection first = connect(small)) {
            assertThatIOException().isThrownBy(() -> connect(small));
            assertThat(first.ask(ContentReference.byId(content.id()))).isPresent();
        }
    }

    @Test
    void an_endpoint_of_another_scheme_is_the_callers_mistake() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> transport.connect(new Endpoint("pdu", "localhost", 1), Map.of(), TIMEOUT));
    }

    private Server serve(Map<String, String> options) throws IOException {
        return transport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), options, shelf);
    }

    private Connection connect() throws IOException {
        return connect(server);
    }

    private Connection connect(Server to) throws IOException {
        String host = to.address().getAddress().getHostAddress();
        return transport.connect(new Endpoint("tcp", host, to.address().getPort()), Map.of(), TIMEOUT);
    }

    private Offer offer() throws IOException {
        return connection.ask(ContentReference.byId(content.id())).orElseThrow();
    }

    private static byte[] read(Offer offer, long offset, long length) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        offer.read(offset, length, collecting(got));
        return got.toByteArray();
    }

    private static Offer.Sink collecting(ByteArrayOutputStream target) {
        return (ByteBuffer chunk) -> {
            byte[] copy = new byte[chunk.remaining()];
            chunk.get(copy);
            target.writeBytes(copy);
        };
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
