package dev.swarmdex.server.frontend.tracker;

import dev.swarmdex.server.service.swarm.SwarmLimits;
import java.time.Duration;

/**
 * How the tracker deals with its clients.
 *
 * @param lease how long a member stays without announcing itself
 * @param handOut the most peers of a reply, and as many as are sent to those who don't say how many they want
 * @param writeRate the most changes of swarms that are written in a second
 */
public record TrackerSettings(Duration lease, SwarmLimits limits, int handOut, int writeRate) {

    /** Of which clients are told to announce themselves after two: so each has time for another try. */
    private static final int THIRDS = 3;
    private static final int MOST_HANDED_OUT = 196;

    /** Checks what is handed out and written. */
    public TrackerSettings {
        if (handOut < 1 || handOut > MOST_HANDED_OUT) {
            throw new IllegalArgumentException("1 to 196 peers fit a reply, not " + handOut);
        }
        if (writeRate < 1) {
            throw new IllegalArgumentException("at least one change a second must be written, not " + writeRate);
        }
    }

    /** The seconds after which clients are told to announce themselves again. */
    public int interval() {
        return (int) Math.max(1, lease.multipliedBy(2).dividedBy(THIRDS).toSeconds());
    }
}
