package dev.swarmdex.plugin.tcp;

import java.time.Duration;
import java.util.Map;

/**
 * What clients may take from a server.
 *
 * @param connections how many may be open at once
 * @param request the longest that a client may take to greet, or to send the rest of a request it has begun
 * @param idle the longest between two requests
 * @param slice the longest that a client may take to accept 256 KiB
 */
record ServerLimits(int connections, Duration request, Duration idle, Duration slice) {

    static final String MAX_CONNECTIONS = "max-connections";

    private static final int MOST_CONNECTIONS = 100_000;
    private static final ServerLimits DEFAULTS = new ServerLimits(1000, Duration.ofSeconds(10), Duration.ofMinutes(2),
            Duration.ofMinutes(1));

    /** The limits that an operator asks for. */
    static ServerLimits of(Map<String, String> options) {
        for (String key : options.keySet()) {
            if (!key.equals(MAX_CONNECTIONS)) {
                throw new IllegalArgumentException(
                        "transport tcp has no option '" + key + "', only '" + MAX_CONNECTIONS + "'");
            }
        }
        String connections = options.get(MAX_CONNECTIONS);
        return connections == null ? DEFAULTS : new ServerLimits(count(connections), DEFAULTS.request, DEFAULTS.idle,
                DEFAULTS.slice);
    }

    /** The shortest of the times. */
    Duration shortest() {
        Duration shorter = request.compareTo(idle) < 0 ? request : idle;
        return shorter.compareTo(slice) < 0 ? shorter : slice;
    }

    private static int count(String text) {
        if (text.matches("[0-9]{1,6}")) {
            int count = Integer.parseInt(text);
            if (count >= 1 && count <= MOST_CONNECTIONS) {
                return count;
            }
        }
        throw new IllegalArgumentException(
                MAX_CONNECTIONS + " is a number from 1 to " + MOST_CONNECTIONS + ", not '" + text + "'");
    }
}
