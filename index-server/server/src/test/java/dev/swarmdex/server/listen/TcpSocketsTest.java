package dev.swarmdex.server.listen;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThatCode;

class TcpSocketsTest {

    @Test
    void an_ipv4_address_listens_on_ipv4_only() throws IOException {
        assumeIpv6();
        try (ServerSocketChannel server = listen("0.0.0.0")) {
            assertThat(server.socket().getInetAddress()).isInstanceOf(Inet4Address.class);
            connect(server, "127.0.0.1");
            assertThatThrownBy(() -> connect(server, "::1")).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void the_unspecified_ipv6_address_listens_on_both() throws IOException {
        assumeIpv6();
        try (ServerSocketChannel server = listen("::")) {
            connect(server, "127.0.0.1");
            connect(server, "::1");
        }
    }

    @Test
    void a_host_that_nobody_knows_is_said() {
        assertThatThrownBy(() -> TcpSockets.listen(InetSocketAddress.createUnresolved("nowhere.invalid", 0), 1))
                .isInstanceOf(UnknownHostException.class);
    }

    private static void assumeIpv6() {
        assumeThatCode(() -> listen("::1").close()).doesNotThrowAnyException();
    }

    private static ServerSocketChannel listen(String host) throws IOException {
        return TcpSockets.listen(new InetSocketAddress(InetAddress.getByName(host), 0), 1);
    }

    private static void connect(ServerSocketChannel server, String host) throws IOException {
        try (Socket socket = new Socket(host, server.socket().getLocalPort())) {
            assertThat(socket.isConnected()).isTrue();
        }
    }
}
