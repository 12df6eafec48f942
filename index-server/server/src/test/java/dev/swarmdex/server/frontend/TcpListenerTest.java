package dev.swarmdex.server.frontend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TcpListenerTest {

    private final Guard guard = new Guard(System::nanoTime);
    private final Tally tally = new Tally();
    private final TcpListener listener = new TcpListener("echo",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            socket -> socket.getInputStream().transferTo(socket.getOutputStream()), guard, tally);

    @BeforeEach
    void start() throws Exception {
        listener.start();
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void an_address_has_no_more_connections_than_the_limit_and_another_when_one_is_closed() throws IOException {
        guard.limit(0, 2);
        try (TcpClient first = client(); TcpClient second = client()) {
            assertThat(first.ask("one")).isEqualTo("one");
            assertThat(second.ask("two")).isEqualTo("two");
            try (TcpClient third = client()) {
                assertThat(third.isCutOff()).isTrue();
            }
            assertThat(tally.counts().limited()).isEqualTo(1);
            assertThat(first.ask("still")).isEqualTo("still");
        }
        await().until(this::isServed);
    }

    @Test
    void without_a_limit_one_address_may_have_many() throws IOException {
        guard.limit(0, 1);
        guard.limit(0, 0);
        try (TcpClient first = client(); TcpClient second = client()) {
            assertThat(first.ask("one")).isEqualTo("one");
            assertThat(second.ask("two")).isEqualTo("two");
        }
    }

    private boolean isServed() {
        try (TcpClient client = client()) {
            client.send("x");
            return client.read("x").equals("x");
        } catch (IOException e) {
            return false;
        }
    }

    private TcpClient client() throws IOException {
        return new TcpClient(listener.address());
    }
}
