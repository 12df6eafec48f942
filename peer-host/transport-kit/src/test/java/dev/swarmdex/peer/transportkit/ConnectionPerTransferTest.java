package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/** The protocol here: a name of one letter, which is the content, and comes back three times unless it is x. */
@Timeout(30)
class ConnectionPerTransferTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final ContentReference A = ContentReference.byName("a");

    private StreamServer server;
    private Connection connection;

    @BeforeEach
    void serve() throws IOException {
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = StreamServer.start("letter", bind, new ServerLimits(10, TIMEOUT, TIMEOUT, TIMEOUT), client -> {
            ByteBuffer letter = new Input(client, ByteBuffer.allocate(1)).take(1);
            if (letter.get(0) != 'x') {
                byte one = letter.get(0);
                client.write(ByteBuffer.wrap(new byte[]{one, one, one}));
                // until the client leaves
                new Input(client, ByteBuffer.allocate(1)).hasNext();
            }
        });
        connection = new ConnectionPerTransfer(new Endpoint("letter", "127.0.0.1", server.address().getPort()), TIMEOUT,
                name -> name.length() == 1, ConnectionPerTransferTest::ask);
    }

    @AfterEach
    void close() {
        connection.close();
        server.close();
    }

    private static Optional<WholeOffer> ask(TimedChannel channel, String name) throws IOException {
        channel.write(US_ASCII.encode(name));
        Input input = new Input(channel, ByteBuffer.allocate(3));
        return input.hasNext()
                ? Optional.of(new WholeOffer(channel, OptionalLong.of(3), 0, sink -> sink.accept(input.take(3))))
                : Optional.empty();
    }

    @Test
    void each_question_takes_a_connection_until_its_offer_is_used_up() throws IOException {
        assertThat(server.connections()).isZero();
        Offer first = connection.ask(A).orElseThrow();
        Offer second = connection.ask(ContentReference.byName("b")).orElseThrow();
        assertThat(server.connections()).isEqualTo(2);
        assertThat(read(second)).isEqualTo("bbb");
        assertThat(read(first)).isEqualTo("aaa");
        await().until(() -> server.connections() == 0);
    }

    @Test
    void a_question_without_an_offer_leaves_nothing_open() throws IOException {
        assertThat(connection.ask(ContentReference.byName("x"))).isEmpty();
        await().until(() -> server.connections() == 0);
    }

    @Test
    void what_the_protocol_cannot_ask_for_is_not_asked_for() throws IOException {
        server.close();
        assertThat(connection.ask(ContentReference.byName("long"))).isEmpty();
        assertThat(connection.ask(ContentReference.byId(ContentId.of("md5", new byte[16])))).isEmpty();
        assertThatIOException().isThrownBy(() -> connection.ask(A)).withMessageContaining("can't connect to letter://");
    }

    @Test
    void an_offer_can_be_read_once_and_as_a_whole() throws IOException {
        Offer offer = connection.ask(A).orElseThrow();
        assertThat(offer.ranged()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> offer.read(1, 2, chunk -> {}));
        assertThatIllegalArgumentException().isThrownBy(() -> offer.read(0, -1, chunk -> {}));
        assertThat(read(offer)).isEqualTo("aaa");
        assertThatIOException().isThrownBy(() -> read(offer)).withMessageContaining("used up");
    }

    @Test
    void another_size_than_was_asked_for_is_an_error() throws IOException {
        Offer offer = connection.ask(A).orElseThrow();
        assertThatIOException().isThrownBy(() -> offer.read(0, 4, chunk -> {}))
                .withMessageContaining("only 3 of the 4 bytes");
        Offer other = connection.ask(A).orElseThrow();
        assertThatIOException().isThrownBy(() -> other.read(0, 2, chunk -> {})).withMessageContaining("more than");
    }

    @Test
    void closing_ends_what_is_under_way_and_all_that_might_begin() throws Exception {
        CountDownLatch asking = new CountDownLatch(1);
        Connection stalled = new ConnectionPerTransfer(
                new Endpoint("letter", "127.0.0.1", server.address().getPort()), TIMEOUT, name -> true,
                (channel, name) -> {
                    asking.countDown();
                    channel.read(ByteBuffer.allocate(1));
                    return Optional.empty();
                });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> question = threads.submit(() -> assertThatIOException().isThrownBy(() -> stalled.ask(A)));
            asking.await();
            stalled.close();
            question.get();
        }
        stalled.close();
        assertThatIOException().isThrownBy(() -> stalled.ask(A)).withMessageContaining("was closed");
    }

    private static String read(Offer offer) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        offer.read(0, Long.MAX_VALUE, chunk -> {
            while (chunk.hasRemaining()) {
                got.write(chunk.get());
            }
        });
        return got.toString(US_ASCII);
    }
}
