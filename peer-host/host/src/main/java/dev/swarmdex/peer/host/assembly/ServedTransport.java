package dev.swarmdex.peer.host.assembly;

import dev.swarmdex.config.BindAddress;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One {@code [[transport]]} table of the config with a bind, and the server of the plugin that is there for it, if one is.
 * When the plugin is replaced, the new one listens at the same address, and what the old one is sending comes to its end.
 * For one thread.
 */
final class ServedTransport {

    private static final Logger LOG = LoggerFactory.getLogger(ServedTransport.class);

    private final HostConfig.TransportTable table;
    private final BindAddress address;
    private final Shelf shelf;
    private final List<RetiringServer> retiring = new ArrayList<>();
    private @Nullable Current current;
    /** The port that was picked for this table, to be kept; 0 before. */
    private int port;

    private record Current(Transport transport, Server server, Traffic traffic, Listening listening) {}

    /**
     * Where it serves.
     *
     * @param endpoint what others are told
     * @param port the one that is bound here
     */
    record Listening(Endpoint endpoint, int port) {}

    ServedTransport(HostConfig.TransportTable table, BindAddress address, Shelf shelf) {
        this.table = table;
        this.address = address;
        this.shelf = shelf;
        this.port = address.port();
    }

    String scheme() {
        return table.scheme();
    }

    Optional<Listening> listening() {
        return Optional.ofNullable(current).map(Current::listening);
    }

    /**
     * Serves by this transport and no other.
     *
     * @param transport what is there for the scheme now, if anything
     * @throws IOException when it can't be served; it may be tried again
     */
    void follow(Optional<Transport> transport) throws IOException {
        if (Optional.ofNullable(current).map(Current::transport).equals(transport)) {
            return;
        }
        retire();
        if (transport.isPresent()) {
            start(transport.get());
        }
    }

    private void retire() {
        retiring.removeIf(RetiringServer::isClosed);
        if (current != null) {
            LOG.info("transport {} takes no more connections, its plugin was replaced or taken away", table.scheme());
            retiring.add(RetiringServer.start(table.scheme(), current.server, current.traffic));
            current = null;
        }
    }

    private void start(Transport transport) throws IOException {
        InetSocketAddress bind = new BindAddress(address.host(), port).toSocketAddress();
        if (bind.isUnresolved()) {
            throw new ConfigValueException("transport." + table.scheme() + ".bind",
                    "the host " + address.host() + " is not known here", new UnknownHostException(address.host()));
        }
        Traffic traffic = new Traffic(shelf);
        Server server = serve(transport, bind, traffic);
        try {
            port = server.address().getPort();
            current = new Current(transport, server, traffic, new Listening(endpoint(server.address()), port));
        } catch (RuntimeException broken) {
            server.close();
            throw new IOException(
                    "transport " + table.scheme() + " can't tell where it listens: " + broken.getMessage(),
                    broken);
        }
        LOG.info("transport listens on {}://{}", table.scheme(), new BindAddress(address.host(), port));
    }

    private Server serve(Transport transport, InetSocketAddress bind, Shelf seen) throws IOException {
        try {
            return transport.serve(bind, table.options(), seen);
        } catch (IllegalArgumentException impossible) {
            throw new ConfigValueException(culprit(String.valueOf(impossible.getMessage())),
                    String.valueOf(impossible.getMessage()), impossible);
        } catch (IOException unbound) {
            throw new IOException(unbound.getMessage() + ": stop what listens there, or choose another address with"
                    + " --set transport." + table.scheme() + ".bind=…", unbound);
        }
    }

    /** The key of the option that the plugin's message names first, or the table's. */
    private String culprit(String message) {
        String prefix = "transport." + table.scheme();
        return table.options().keySet().stream().filter(option -> message.contains(quoted(option)))
                .min(Comparator.comparingInt(option -> message.indexOf(quoted(option))))
                .map(option -> prefix + "." + option).orElse(prefix);
    }

    private static String quoted(String option) {
        return "'" + option + "'";
    }

    /** What others are told; without a host, the index fills in the address that it sees. */
    private Endpoint endpoint(InetSocketAddress bound) {
        Optional<HostAndPort> advertised = table.advertise().map(HostAndPort::parse);
        String boundHost = bound.getAddress().isAnyLocalAddress() ? "" : bound.getAddress().getHostAddress();
        return new Endpoint(table.scheme(), advertised.map(HostAndPort::host).orElse(boundHost),
                advertised.map(HostAndPort::port).filter(known -> known > 0).orElse(bound.getPort()));
    }

    /** Ends all that it serves. */
    void close() {
        if (current != null) {
            current.server.close();
            current = null;
        }
        retiring.forEach(RetiringServer::close);
    }
}
