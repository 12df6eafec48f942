package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.host.plugin.PluginHost;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The transports that this host serves by, one for each {@code [[transport]]} table of the config that has a bind. */
final class ServingTransports implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ServingTransports.class);

    private final List<Server> servers = new ArrayList<>();
    private final List<Endpoint> endpoints = new ArrayList<>();
    private final Set<Listening> listening = new HashSet<>();

    private record Listening(String scheme, int port) {}

    private ServingTransports() {}

    /** Starts all of them, or none. */
    static ServingTransports start(List<HostConfig.TransportTable> tables, PluginHost plugins, Shelf shelf)
            throws IOException {
        ServingTransports serving = new ServingTransports();
        try {
            for (HostConfig.TransportTable table : tables) {
                if (table.bind().isPresent()) {
                    serving.start(table, table.bind().get(), plugins, shelf);
                }
            }
            return serving;
        } catch (IOException | RuntimeException failure) {
            serving.close();
            throw failure;
        }
    }

    private void start(HostConfig.TransportTable table, BindAddress address, PluginHost plugins, Shelf shelf)
            throws IOException {
        InetSocketAddress bind = address.toSocketAddress();
        if (bind.isUnresolved()) {
            throw new IOException("transport." + table.scheme() + ".bind: the host " + address.host()
                    + " is not known here");
        }
        Server server = serve(plugins.transport(table.scheme()), bind, table, shelf);
        servers.add(server);
        listening.add(new Listening(table.scheme(), server.address().getPort()));
        Endpoint endpoint = endpoint(table, server.address());
        endpoints.add(endpoint);
        LOG.info("transport listens on {}://{}", table.scheme(),
                new BindAddress(address.host(), server.address().getPort()));
    }

    private static Server serve(Transport transport, InetSocketAddress bind, HostConfig.TransportTable table,
            Shelf shelf)
            throws IOException {
        try {
            return transport.serve(bind, table.options(), shelf);
        } catch (IOException unbound) {
            throw new IOException(unbound.getMessage() + ": stop what listens there, or choose another address with"
                    + " --set transport." + table.scheme() + ".bind=…", unbound);
        }
    }

    /** What others are told; without a host, the index fills in the address that it sees. */
    private static Endpoint endpoint(HostConfig.TransportTable table, InetSocketAddress bound) {
        Optional<HostAndPort> advertised = table.advertise().map(HostAndPort::parse);
        String boundHost = bound.getAddress().isAnyLocalAddress() ? "" : bound.getAddress().getHostAddress();
        return new Endpoint(table.scheme(), advertised.map(HostAndPort::host).orElse(boundHost),
                advertised.map(HostAndPort::port).filter(port -> port > 0).orElse(bound.getPort()));
    }

    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    /** Whether this is where one of them listens. */
    boolean isOwn(dev.swarmdex.peer.api.Endpoint endpoint) {
        return listening.contains(new Listening(endpoint.scheme(), endpoint.port())) && isThisMachine(endpoint.host());
    }

    private static boolean isThisMachine(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException unknown) {
            return false;
        }
    }

    @Override
    public void close() {
        servers.reversed().forEach(Server::close);
    }
}
