package dev.swarmdex.server.settings;

import dev.swarmdex.config.Default;

/**
 * What one client may ask of the index; 0 means no limit.
 *
 * @param requestsPerSecond over UDP, from one address
 * @param registrationsPerPeer how many contents one peer may offer at a time
 * @param peersPerAddress how many peers may be present from one address
 * @param connectionsPerAddress how many TCP connections may be open from one address, through all front-ends and HTTP
 */
public record LimitSettings(@Default("20000") int requestsPerSecond, @Default("1000000") int registrationsPerPeer,
        @Default("10000") int peersPerAddress, @Default("200") int connectionsPerAddress) {

    private static final int HIGHEST_RATE = 1_000_000;

    /** Checks the ranges. */
    public LimitSettings {
        if (requestsPerSecond < 0 || requestsPerSecond > HIGHEST_RATE) {
            throw new IllegalArgumentException("requests-per-second: must be 1 to 1000000, or 0 for any number");
        }
        if (registrationsPerPeer < 0) {
            throw new IllegalArgumentException("registrations-per-peer: must be 1 or more, or 0 for any number");
        }
        if (peersPerAddress < 0) {
            throw new IllegalArgumentException("peers-per-address: must be 1 or more, or 0 for any number");
        }
        if (connectionsPerAddress < 0) {
            throw new IllegalArgumentException("connections-per-address: must be 1 or more, or 0 for any number");
        }
    }
}
