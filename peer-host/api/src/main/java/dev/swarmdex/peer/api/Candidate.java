package dev.swarmdex.peer.api;

import java.time.Duration;
import java.util.Optional;

/**
 * A peer that offers the wanted content, at one endpoint, with what this host has seen of it and what it says of itself.
 *
 * @param peer the peer's name at the index, not blank
 * @param bytesPerSecond the latest measured download rate from it; 0 when it was never measured
 * @param latency how long it last took to connect and to ask for a content; empty when it was never measured
 * @param failures how many of the latest attempts in a row failed, 0 or more
 * @param load how busy it said it is; empty when nobody told
 */
public record Candidate(String peer, Endpoint endpoint, double bytesPerSecond, Optional<Duration> latency,
        int failures, Optional<Load> load) {

    /** Refuses impossible values with an IllegalArgumentException. */
    public Candidate {
        if (peer.isBlank()) {
            throw new IllegalArgumentException("a candidate has a peer's name");
        }
        if (!Double.isFinite(bytesPerSecond) || bytesPerSecond < 0) {
            throw new IllegalArgumentException("not a rate in bytes per second: " + bytesPerSecond);
        }
        if (latency.isPresent() && latency.get().isNegative()) {
            throw new IllegalArgumentException("not a latency: " + latency.get());
        }
        if (failures < 0) {
            throw new IllegalArgumentException("not a number of failures: " + failures);
        }
    }

    /** A candidate of which nothing is known yet. */
    public static Candidate unknown(String peer, Endpoint endpoint) {
        return new Candidate(peer, endpoint, 0, Optional.empty(), 0, Optional.empty());
    }
}
