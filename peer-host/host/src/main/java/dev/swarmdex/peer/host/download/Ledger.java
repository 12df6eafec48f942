package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Endpoint;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a download, whatever its routes, owes to whom: bytes and lies. It belongs to the download's thread. */
final class Ledger {

    private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);

    private final String name;
    private final Map<String, Long> bytesFrom = new LinkedHashMap<>();
    private final Set<Endpoint> banned = new HashSet<>();
    private final Set<String> liars = new LinkedHashSet<>();

    /** The ledger of the download of that name. */
    Ledger(String name) {
        this.name = name;
    }

    void received(String peer, long bytes) {
        if (bytes > 0) {
            bytesFrom.merge(peer, bytes, Long::sum);
        }
    }

    /** Forgets the bytes, which another route fetches anew. */
    void startAnew() {
        bytesFrom.clear();
    }

    /** Never uses that endpoint again in this download: it sent wrong bytes. */
    void ban(Endpoint endpoint, String peer) {
        LOG.warn("banned {} ({}) for {}: it sent wrong bytes", peer, endpoint, name);
        banned.add(endpoint);
        liars.add(peer);
    }

    boolean isBanned(Endpoint endpoint) {
        return banned.contains(endpoint);
    }

    /** How many bytes came from each peer. */
    Map<String, Long> bytesFrom() {
        return Map.copyOf(bytesFrom);
    }

    /** The peers that sent wrong bytes. */
    Set<String> liars() {
        return Set.copyOf(liars);
    }
}
