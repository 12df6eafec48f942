package dev.swarmdex.peer.api;

/**
 * A peer that offers the wanted content, at one endpoint, with what this host has seen of it.
 *
 * @param peer the peer's name at the index, not blank
 * @param bytesPerSecond the latest measured download rate from it; 0 when it was never measured
 * @param failures how many of the latest attempts in a row failed, 0 or more
 */
public record Candidate(String peer, Endpoint endpoint, double bytesPerSecond, int failures) {

    /** Refuses impossible values with an IllegalArgumentException. */
    public Candidate {
        if (peer.isBlank()) {
            throw new IllegalArgumentException("a candidate has a peer's name");
        }
        if (!Double.isFinite(bytesPerSecond) || bytesPerSecond < 0) {
            throw new IllegalArgumentException("not a rate in bytes per second: " + bytesPerSecond);
        }
        if (failures < 0) {
            throw new IllegalArgumentException("not a number of failures: " + failures);
        }
    }
}
