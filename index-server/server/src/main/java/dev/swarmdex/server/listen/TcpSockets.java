package dev.swarmdex.server.listen;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;

/** Opens sockets that listen for connections. */
public final class TcpSockets {

    private TcpSockets() {}

    /** A socket that listens there: on IPv4 only for an IPv4 address, on both families for {@code [::]}. The caller closes it. */
    public static ServerSocketChannel listen(InetSocketAddress bind, int backlog) throws IOException {
        if (bind.isUnresolved()) {
            throw new UnknownHostException(bind.getHostString());
        }
        // A socket of the IPv6 family would turn 0.0.0.0 into "IPv6 as well".
        boolean ipv4 = bind.getAddress() instanceof Inet4Address;
        ServerSocketChannel channel = ipv4
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            return channel.bind(bind, backlog);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
