package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What is true of every transport, as the api's Javadoc promises it: the transport against itself, over real sockets on
 * 127.0.0.1. A plugin's test class extends it and says what the protocol can do; the protocol's own bytes, and servers and
 * clients that break its rules, are for that plugin's other tests.
 */
@Timeout(60)
public abstract class TransportContract extends TransferContract {

    /** What a busy machine may add. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    @Test
    protected void clients_are_served_at_once_each_with_its_own() throws Exception {
        List<Future<byte[]>> readers = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            String name = client + ".bin";
            int size = FEW + client;
            shelf.add(name, Transfers.bytes(size));
            readers.add(threads.submit(() -> {
                try (Connection connection = connect()) {
                    return Transfers.read(ask(connection, name), 0, size);
                }
            }));
        }
        for (int client = 0; client < readers.size(); client++) {
            assertThat(readers.get(client).get()).isEqualTo(Transfers.bytes(FEW + client));
        }
    }

    @Test
    protected void one_client_can_have_several_contents_at_once() throws Exception {
        shelf.add("b.bin", Transfers.bytes(FEW + 1));
        shelf.add("c.bin", Transfers.bytes(FEW + 2));
        try (Connection connection = connect()) {
            Offer first = ask(connection, "b.bin");
            Offer second = ask(connection, "c.bin");
            Future<byte[]> reader = threads.submit(() -> Transfers.read(second, 0, FEW + 2));
            assertThat(Transfers.read(first, 0, FEW + 1)).isEqualTo(Transfers.bytes(FEW + 1));
            assertThat(reader.get()).isEqualTo(Transfers.bytes(FEW + 2));
        }
    }

    @Test
    protected void a_reader_that_pauses_holds_up_nobody_else() throws Exception {
        byte[] bytes = Transfers.bytes(MANY);
        shelf.add(NAME, bytes);
        CountDownLatch paused = new CountDownLatch(1);
        Future<?> slow = threads.submit(() -> readPausing(paused));
        paused.await();
        try (Connection connection = connect()) {
            assertThat(Transfers.read(ask(connection, NAME), 0, MANY)).isEqualTo(bytes);
        }
        end.countDown();
        slow.get();
    }

    @Test
    protected void closing_the_server_ends_transfers_and_frees_the_port() throws Exception {
        shelf.add(NAME, Transfers.bytes(MANY));
        CountDownLatch paused = new CountDownLatch(1);
        Future<?> reader = threads.submit(() -> readPausing(paused));
        paused.await();
        int port = server.address().getPort();
        long begin = System.nanoTime();
        server.close();
        server.close();
        // two seconds, and what a busy machine may add
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        end.countDown();
        assertThat(failureOf(reader)).isInstanceOf(IOException.class);
        assertThatIOException().isThrownBy(this::tryToRead);
        serve(port).close();
    }

    @Test
    protected void closing_the_connection_ends_a_read() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        shelf.add(FaultyContent.stalling(shelf.add(NAME, Transfers.bytes(FEW)), stalled, end));
        Connection connection = connect();
        Future<?> reader = threads.submit(() -> Transfers.read(ask(connection, NAME), 0, FEW));
        stalled.await();
        long begin = System.nanoTime();
        connection.close();
        connection.close();
        // one second, and what a busy machine may add
        assertThat(since(begin)).isLessThan(Duration.ofSeconds(3));
        assertThat(failureOf(reader)).isInstanceOf(IOException.class);
        assertThatIOException().isThrownBy(() -> connection.ask(ContentReference.byName(NAME)));
    }

    @Test
    protected void interrupting_a_reader_ends_its_read() throws Exception {
        CountDownLatch stalled = new CountDownLatch(1);
        shelf.add(FaultyContent.stalling(shelf.add(NAME, Transfers.bytes(FEW)), stalled, end));
        try (Connection connection = connect()) {
            CountDownLatch ended = new CountDownLatch(1);
            Thread reader = Thread.ofVirtual().start(() -> {
                assertThatIOException().isThrownBy(() -> Transfers.read(ask(connection, NAME), 0, FEW));
                ended.countDown();
            });
            stalled.await();
            reader.interrupt();
            ended.await();
        }
    }

    @Test
    protected void a_server_that_stalls_costs_no_more_than_the_timeout() throws IOException {
        shelf.add(FaultyContent.stalling(shelf.add(NAME, Transfers.bytes(FEW)), new CountDownLatch(1), end));
        long begin = System.nanoTime();
        try (Connection connection = transport.connect(endpoint(), options(), SHORT)) {
            assertThatIOException().isThrownBy(() -> Transfers.read(ask(connection, NAME), 0, FEW));
        }
        assertThat(since(begin)).isLessThan(SHORT.plus(SLACK));
    }

    private static Duration since(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    @Test
    protected void a_server_that_stops_listening_goes_on_with_its_transfers_beside_its_successor() throws Exception {
        assumeTrue(can(Ability.OUTLIVES_LISTENING));
        shelf.add(NAME, Transfers.bytes(MANY));
        CountDownLatch paused = new CountDownLatch(1);
        Future<?> reader = threads.submit(() -> readPausing(paused));
        paused.await();
        int port = server.address().getPort();
        long begin = System.nanoTime();
        server.stopListening();
        server.stopListening();
        assertThat(since(begin)).isLessThan(Duration.ofSeconds(3));
        try (Server successor = serve(port)) {
            assertThat(successor.address().getPort()).isEqualTo(port);
            expectGoodService();
            end.countDown();
            assertThat(reader.get()).isNull();
        }
    }

    @Test
    protected void one_who_accepts_and_says_nothing_costs_no_more_than_the_timeout() throws IOException {
        long begin = System.nanoTime();
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            assertThatIOException().isThrownBy(() -> {
                try (Connection connection = transport.connect(endpoint("127.0.0.1", silent.getLocalPort()), options(),
                        SHORT)) {
                    Transfers.read(ask(connection, NAME), 0, FEW);
                }
            });
        }
        assertThat(since(begin)).isLessThan(SHORT.plus(SLACK));
    }

    @Test
    protected void a_connection_to_nobody_fails() {
        server.close();
        assertThatIOException().isThrownBy(this::tryToRead)
                .withMessageContaining(Integer.toString(server.address().getPort()));
    }

    @Test
    protected void a_content_that_fails_on_the_way_is_an_error_and_not_a_short_content() throws IOException {
        shelf.add(new FaultyContent(shelf.add(NAME, Transfers.bytes(FEW)), () -> {
            throw new IOException("the file is gone");
        }));
        assertThatIOException().isThrownBy(this::tryToRead);
        expectGoodService();
    }

    @Test
    protected void a_content_that_fails_by_a_bug_harms_nobody_else() throws IOException {
        shelf.add(new FaultyContent(shelf.add(NAME, Transfers.bytes(FEW)), () -> {
            throw new IllegalStateException("a bug, say");
        }));
        assertThatIOException().isThrownBy(this::tryToRead);
        expectGoodService();
    }

    @Test
    protected void what_the_sink_throws_passes_through() throws IOException {
        shelf.add(NAME, Transfers.bytes(MANY));
        IOException full = new IOException("disk full");
        try (Connection connection = connect()) {
            assertThatIOException().isThrownBy(() -> ask(connection, NAME).read(0, MANY, chunk -> {
                throw full;
            })).isSameAs(full);
        }
        expectGoodService();
    }

    @Test
    protected void a_client_that_vanishes_harms_nobody_else() throws Exception {
        shelf.add(NAME, Transfers.bytes(MANY));
        CountDownLatch paused = new CountDownLatch(1);
        Connection connection = connect();
        Future<?> reader = threads.submit(() -> {
            ask(connection, NAME).read(0, MANY, chunk -> {
                connection.close();
                paused.countDown();
                chunk.position(chunk.limit());
            });
            return null;
        });
        paused.await();
        assertThat(failureOf(reader)).isInstanceOf(IOException.class);
        expectGoodService();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 50, 1000, 100_000})
    protected void a_client_that_sends_rubbish_harms_nobody_else(int length) throws IOException {
        byte[] rubbish = new byte[length];
        Random random = new Random(length);
        for (int client = 0; client < 10; client++) {
            random.nextBytes(rubbish);
            try (Socket socket = rawClient()) {
                socket.getOutputStream().write(rubbish);
            } catch (SocketException e) {
                // the server has had enough before all was sent
                assertThat(e).isNotNull();
            }
        }
        expectGoodService();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "x", "D", "\n"})
    protected void a_client_that_never_stops_sending_harms_nobody_else(String unit) throws Exception {
        byte[] endless = unit.repeat(1 << 16).getBytes(US_ASCII);
        Socket socket = rawClient();
        Future<?> sender = threads.submit(() -> {
            while (true) {
                socket.getOutputStream().write(endless);
            }
        });
        expectGoodService();
        socket.close();
        assertThat(failureOf(sender)).isInstanceOf(IOException.class);
    }

    @Test
    protected void silent_clients_hold_up_nobody_else() throws IOException {
        List<Socket> silent = new ArrayList<>();
        try {
            for (int client = 0; client < 20; client++) {
                silent.add(rawClient());
            }
            expectGoodService();
        } finally {
            for (Socket socket : silent) {
                socket.close();
            }
        }
    }

    @Test
    protected void an_unknown_option_is_refused_by_name() {
        Map<String, String> options = Map.of("colour-of-the-sky", "blue");
        assertThatIllegalArgumentException().isThrownBy(() -> transport.serve(loopback(0), options, shelf))
                .withMessageContaining("colour-of-the-sky");
        assertThatIllegalArgumentException().isThrownBy(() -> transport.connect(endpoint(), options, PATIENCE))
                .withMessageContaining("colour-of-the-sky");
    }

    @Test
    protected void an_endpoint_of_another_scheme_is_the_callers_mistake() {
        Endpoint other = new Endpoint("not-" + transport.scheme(), "127.0.0.1", 1);
        assertThatIllegalArgumentException().isThrownBy(() -> transport.connect(other, options(), PATIENCE));
    }

    @Test
    protected void a_port_in_use_is_told_with_its_number() {
        int port = server.address().getPort();
        assertThatIOException().isThrownBy(() -> serve(port)).withMessageContaining(Integer.toString(port));
    }

    @Test
    protected void two_servers_can_run_side_by_side() throws IOException {
        shelf.add(NAME, Transfers.bytes(FEW));
        try (Server other = serve(0)) {
            assertThat(other.address().getPort()).isNotIn(0, server.address().getPort());
        }
        tryToRead();
    }

    @Test
    protected void a_peer_with_an_ipv6_address_is_reached() throws IOException {
        assumeFalse(Boolean.getBoolean("java.net.preferIPv4Stack"));
        shelf.add(NAME, Transfers.bytes(FEW));
        try (Server six = transport.serve(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0), options(), shelf);
                Connection connection = transport.connect(endpoint("::1", six.address().getPort()), options(),
                        PATIENCE)) {
            assertThat(Transfers.read(ask(connection, NAME), 0, FEW)).isEqualTo(Transfers.bytes(FEW));
        }
    }
}
