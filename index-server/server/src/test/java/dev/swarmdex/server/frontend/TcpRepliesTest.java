package dev.swarmdex.server.frontend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What clients cost that ask for lists and don't read them. */
@Timeout(60)
class TcpRepliesTest {

    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final InetAddress ONE = InetAddress.ofLiteral("192.0.2.1");
    private static final InetAddress OTHER = InetAddress.ofLiteral("192.0.2.2");
    /** More than the system takes for a client that does not read. */
    private static final String LONG = "x".repeat(32 << 20);

    private final Tally tally = new Tally();
    private final CountDownLatch end = new CountDownLatch(1);
    @SuppressWarnings("NullAway.Init")
    private ServerSocket server;
    @SuppressWarnings("NullAway.Init")
    private Socket client;
    @SuppressWarnings("NullAway.Init")
    private Socket served;

    @BeforeEach
    void connect() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        client = new Socket(server.getInetAddress(), server.getLocalPort());
        served = server.accept();
    }

    @AfterEach
    void close() throws IOException {
        end.countDown();
        served.close();
        client.close();
        server.close();
    }

    private TcpReplies replies() {
        return new TcpReplies(served, new Guard(System::nanoTime), tally, MOMENT);
    }

    @Test
    void a_connection_whose_client_does_not_read_is_closed() {
        assertThatThrownBy(() -> replies().sendList(() -> LONG)).isInstanceOf(IOException.class);
        assertThat(served.isClosed()).isTrue();
        assertThat(tally.counts().limited()).isEqualTo(1);
    }

    @Test
    void who_reads_gets_the_whole_list() throws Exception {
        CompletableFuture<byte[]> read = CompletableFuture.supplyAsync(() -> {
            try {
                return client.getInputStream().readNBytes(LONG.length());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        replies().sendList(() -> LONG);
        assertThat(new String(read.get(), StandardCharsets.UTF_8)).isEqualTo(LONG);
        assertThat(tally.counts().limited()).isZero();
    }

    @Test
    void lists_wait_for_their_turn_and_others_not_for_those_of_one_address() throws Exception {
        ListTurns turns = new ListTurns(MOMENT);
        CountDownLatch sending = new CountDownLatch(ListTurns.FROM_ONE_ADDRESS);
        for (int i = 0; i < ListTurns.FROM_ONE_ADDRESS; i++) {
            Thread.startVirtualThread(() -> hold(turns, sending));
        }
        assertThat(sending.await(10, TimeUnit.SECONDS)).isTrue();

        assertThat(turns.send(ONE, () -> {
            throw new AssertionError("it was not its turn");
        })).isFalse();
        assertThat(turns.send(OTHER, () -> {})).isTrue();

        end.countDown();
        assertThat(turns.send(ONE, () -> {})).isTrue();
    }

    private void hold(ListTurns turns, CountDownLatch sending) {
        try {
            turns.send(ONE, () -> {
                sending.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
            });
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
