package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Network;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The networks that this host is in. */
public final class LocalNetworks {

    private static final Logger LOG = LoggerFactory.getLogger(LocalNetworks.class);

    private LocalNetworks() {}

    /** The networks of the interfaces that are up now, ordered by their addresses; none where they can't be told. */
    public static List<Network> now() {
        try {
            return NetworkInterface.networkInterfaces().filter(LocalNetworks::isUp)
                    .flatMap(each -> each.getInterfaceAddresses().stream()).flatMap(LocalNetworks::network)
                    .sorted(Comparator.comparing(network -> network.address().getHostAddress())).toList();
        } catch (SocketException unknown) {
            LOG.debug("this host's networks are not known", unknown);
            return List.of();
        }
    }

    /** Whether a host name or address is this machine's own. */
    public static boolean isThisMachine(String host) {
        try {
            InetAddress address = InetAddress.getByName(host);
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static boolean isUp(NetworkInterface each) {
        try {
            return each.isUp();
        } catch (SocketException gone) {
            return false;
        }
    }

    /** Some systems tell no prefix for some interfaces, tunnels for one: as 0, or as -1. */
    private static Stream<Network> network(InterfaceAddress address) {
        int prefixLength = address.getNetworkPrefixLength();
        return prefixLength > 0 ? Stream.of(new Network(address.getAddress(), prefixLength)) : Stream.empty();
    }
}
