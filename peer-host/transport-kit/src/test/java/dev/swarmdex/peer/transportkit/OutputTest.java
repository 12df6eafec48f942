package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/** What goes out is slow, because this side or the other one is, but steady: the whole takes several times the limit. */
@Timeout(60)
class OutputTest {

    private static final Duration LIMIT = Duration.ofSeconds(1);
    private static final int SIZE = 1 << 20;
    private static final int STEP = 1 << 10;

    private final byte[] bytes = new byte[SIZE];
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private ServerSocket listener;
    private TimedChannel channel;
    private Output output;

    @BeforeEach
    void connect() throws IOException {
        new Random(5).nextBytes(bytes);
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        channel = TimedChannel.connect(new Endpoint("slow", "127.0.0.1", listener.getLocalPort()), LIMIT);
        output = new Output(channel, LIMIT);
    }

    @AfterEach
    void close() throws IOException {
        channel.close();
        listener.close();
        threads.close();
    }

    @Test
    void a_content_that_a_limit_slows_down_arrives_whole() throws Exception {
        Future<byte[]> received = threads.submit(() -> {
            try (Socket other = listener.accept()) {
                return other.getInputStream().readAllBytes();
            }
        });

        output.write(new SlowContent(), 0, SIZE);
        channel.endOutput();

        assertThat(received.get()).isEqualTo(bytes);
    }

    @Test
    void time_in_which_there_is_nothing_to_send_is_nobodys_fault() throws IOException {
        output.write(ByteBuffer.allocate(1));

        LockSupport.parkNanos(LIMIT.multipliedBy(2).toNanos());

        assertThat(channel.isOpen()).isTrue();
    }

    /** One of which a kilobyte takes three milliseconds. */
    private final class SlowContent implements SharedContent {

        @Override
        public String name() {
            return "slow";
        }

        @Override
        public ContentId id() {
            return ContentId.of("sha256", new byte[32]);
        }

        @Override
        public long size() {
            return SIZE;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void transferTo(long offset, long length, WritableByteChannel target) throws IOException {
            for (long at = offset; at < offset + length; at += STEP) {
                LockSupport.parkNanos(3_000_000);
                int end = (int) Math.min(at + STEP, offset + length);
                target.write(ByteBuffer.wrap(Arrays.copyOfRange(bytes, (int) at, end)));
            }
        }
    }
}
