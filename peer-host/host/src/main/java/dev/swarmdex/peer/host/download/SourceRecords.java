package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Endpoint;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What this host has seen of the peers it downloaded from: the selectors' memory. Bounded; guarded by its monitor.
 */
final class SourceRecords {

    private static final int MOST = 10_000;

    private final Map<Endpoint, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Endpoint, Seen> eldest) {
            return size() > MOST;
        }
    };

    /** The latest rate, 0 if never measured, and the failures in a row since the last success. */
    record Seen(double bytesPerSecond, int failures) {}

    synchronized Seen of(Endpoint endpoint) {
        return seen.getOrDefault(endpoint, new Seen(0, 0));
    }

    synchronized void succeeded(Endpoint endpoint, double bytesPerSecond) {
        seen.put(endpoint, new Seen(bytesPerSecond, 0));
    }

    synchronized void failed(Endpoint endpoint) {
        Seen before = of(endpoint);
        seen.put(endpoint, new Seen(before.bytesPerSecond(), before.failures() + 1));
    }
}
