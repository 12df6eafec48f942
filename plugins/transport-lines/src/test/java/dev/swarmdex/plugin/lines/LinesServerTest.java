package dev.swarmdex.plugin.lines;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.testkit.MemoryShelf;
import dev.swarmdex.peer.testkit.Transfers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/** A client that does not know the size can tell part of a file from all of it, if the server is ours. */
@Timeout(30)
class LinesServerTest {

    private final MemoryShelf shelf = new MemoryShelf();
    private final LinesTransport transport = new LinesTransport();
    private Server server;

    @BeforeEach
    void serve() throws IOException {
        server = transport.serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Map.of(), shelf);
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_file_that_fails_halfway_is_no_end_of_file() {
        shelf.add(new HalfContent(() -> {
            throw new IOException("the file is gone");
        }));
        assertThatIOException().isThrownBy(this::readAll);
    }

    @Test
    void a_server_that_stops_halfway_is_no_end_of_file() throws Exception {
        CountDownLatch halfway = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        shelf.add(new HalfContent(() -> {
            halfway.countDown();
            await(closed);
        }));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> reader = threads.submit(() -> assertThatIOException().isThrownBy(this::readAll));
            halfway.await();
            Future<?> closing = threads.submit(() -> server.close());
            reader.get();
            closed.countDown();
            closing.get();
        }
    }

    @Test
    void a_whole_file_is() throws IOException {
        shelf.add("half", Transfers.bytes(1_000_000));
        assertThat(readAll()).isEqualTo(Transfers.bytes(1_000_000));
    }

    private byte[] readAll() throws IOException {
        Endpoint endpoint = new Endpoint("lines", "127.0.0.1", server.address().getPort());
        try (Connection connection = transport.connect(endpoint, Map.of(), Duration.ofSeconds(20))) {
            return Transfers.read(connection.ask(ContentReference.byName("half")).orElseThrow(), 0, Long.MAX_VALUE);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private interface Step {

        void run() throws IOException;
    }

    /** A content of which only half can be sent, and then something happens. */
    private record HalfContent(Step then) implements SharedContent {

        @Override
        public String name() {
            return "half";
        }

        @Override
        public ContentId id() {
            return ContentId.of("md5", new byte[16]);
        }

        @Override
        public long size() {
            return 2000;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            target.write(ByteBuffer.allocate(1000));
            then.run();
            target.write(ByteBuffer.allocate(1000));
        }
    }
}
