package dev.swarmdex.server.service;

import dev.swarmdex.store.Session;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * How many peers are present from each address: counted now and then, and one more for each that comes between two counts.
 * So it is never less than what is there, but for those whose joining is just being committed. Safe for any number of
 * threads.
 */
final class PeersPerAddress {

    /** Guarded by this. */
    private Map<String, Integer> peers = new HashMap<>();

    /** Whether one more peer may come from there; 0 stands for any number. */
    synchronized boolean admits(String host, int most) {
        if (most > 0 && peers.getOrDefault(host, 0) >= most) {
            return false;
        }
        peers.merge(host, 1, Integer::sum);
        return true;
    }

    /** Counts anew. */
    void count(Collection<Session> open) {
        Map<String, Integer> counted = new HashMap<>();
        open.forEach(session -> counted.merge(session.presence().host(), 1, Integer::sum));
        synchronized (this) {
            peers = counted;
        }
    }
}
