package dev.swarmdex.peer.transportkit;

import java.time.Duration;

/**
 * What clients may take from a server.
 *
 * @param connections how many may be open at once
 * @param request the longest that a client may take to greet, or to send the rest of a request it has begun
 * @param idle the longest between two requests
 * @param slice the longest that a client may take to accept a slice of what is sent, see {@link Output}
 */
public record ServerLimits(int connections, Duration request, Duration idle, Duration slice) {

    /** The option that sets the number of connections. */
    public static final String MAX_CONNECTIONS = "max-connections";

    private static final int MOST_CONNECTIONS = 100_000;
    private static final ServerLimits DEFAULTS = new ServerLimits(1000, Duration.ofSeconds(10), Duration.ofMinutes(2),
            Duration.ofMinutes(2));

    /** The limits that an operator asks for: 1000 connections unless {@value #MAX_CONNECTIONS} says otherwise. */
    public static ServerLimits of(Options options) {
        int connections = options.number(MAX_CONNECTIONS, 1, MOST_CONNECTIONS, DEFAULTS.connections);
        return new ServerLimits(connections, DEFAULTS.request, DEFAULTS.idle, DEFAULTS.slice);
    }

    /** The shortest of the times. */
    Duration shortest() {
        Duration shorter = request.compareTo(idle) < 0 ? request : idle;
        return shorter.compareTo(slice) < 0 ? shorter : slice;
    }
}
