package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Endpoint;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What this host has seen of the peers it downloaded from: the selectors' memory. Bounded; guarded by its monitor.
 */
final class SourceRecords {

    private static final int MOST = 10_000;
    private static final Seen NOTHING = new Seen(0, Optional.empty(), 0);

    private final Map<Endpoint, Seen> seen = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Endpoint, Seen> eldest) {
            return size() > MOST;
        }
    };

    /** The latest rate, 0 if never measured, the latest latency, and the failures in a row since the last success. */
    private record Seen(double bytesPerSecond, Optional<Duration> latency, int failures) {}

    /** The source, with what was seen of it. */
    synchronized Candidate candidate(Source source) {
        Seen of = of(source.endpoint());
        return new Candidate(source.peer(), source.endpoint(), of.bytesPerSecond(), of.latency(), of.failures(),
                source.load());
    }

    /** It has answered, that long after the host began to connect. */
    synchronized void answered(Endpoint endpoint, Duration latency) {
        Seen before = of(endpoint);
        seen.put(endpoint, new Seen(before.bytesPerSecond(), Optional.of(latency), before.failures()));
    }

    synchronized void succeeded(Endpoint endpoint, double bytesPerSecond) {
        seen.put(endpoint, new Seen(bytesPerSecond, of(endpoint).latency(), 0));
    }

    synchronized void failed(Endpoint endpoint) {
        Seen before = of(endpoint);
        seen.put(endpoint, new Seen(before.bytesPerSecond(), before.latency(), before.failures() + 1));
    }

    private Seen of(Endpoint endpoint) {
        return seen.getOrDefault(endpoint, NOTHING);
    }
}
