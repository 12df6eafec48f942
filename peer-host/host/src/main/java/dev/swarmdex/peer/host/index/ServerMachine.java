package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The machine of an index server. A peer that runs there as well may have registered over loopback, and the server then
 * tells everybody a loopback address for it. From another machine that peer is reached where the server is.
 *
 * @param address the server's address, where it is on another machine than this host
 */
record ServerMachine(Optional<String> address) {

    private static final Logger LOG = LoggerFactory.getLogger(ServerMachine.class);

    static ServerMachine of(InetAddress server) throws IOException {
        boolean isHere = server.isLoopbackAddress() || NetworkInterface.getByInetAddress(server) != null;
        return new ServerMachine(isHere ? Optional.empty() : Optional.of(server.getHostAddress()));
    }

    /** What the server listed, with addresses that lead from here to the same peers. */
    Listing seenFromHere(Listing listing) {
        return address.isEmpty()
                ? listing
                : new Listing(listing.content(), listing.sources().stream().map(this::seenFromHere).toList());
    }

    private Source seenFromHere(Source source) {
        try {
            return new Source(source.peer(), source.since(), seenFromHere(source.endpoints()), source.load());
        } catch (IllegalArgumentException tooLong) {
            LOG.debug("{} stays where the index says that it is: {}", source.peer(), tooLong.getMessage());
            return source;
        }
    }

    /** A peer that the server told of, with addresses that lead there from here. */
    Reply.Peer seenFromHere(Reply.Peer peer) {
        try {
            return address.isEmpty() ? peer : new Reply.Peer(peer.name(), seenFromHere(peer.endpoints()));
        } catch (IllegalArgumentException tooLong) {
            LOG.debug("{} stays where the index says that it is: {}", peer.name(), tooLong.getMessage());
            return peer;
        }
    }

    private List<Endpoint> seenFromHere(List<Endpoint> endpoints) {
        return endpoints.stream().map(at -> isLoopback(at.host())
                ? new Endpoint(at.scheme(), address.orElseThrow(), at.port())
                : at).toList();
    }

    /** Names are not looked up. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException name) {
            LOG.trace("{} is no address", host, name);
            return host.equalsIgnoreCase("localhost");
        }
    }
}
