package dev.swarmdex.server.service.swarm;

import java.time.Duration;

/**
 * How the writer of the swarms takes turns with those who answer: it works an eighth of the time at most, so that a storm of
 * announcements finds a processor even where there is but one, and it writes no more rows a second than it may.
 *
 * @param rowsASecond how many it may write
 */
record Pace(int rowsASecond) {

    /** The rest when nothing waits to be written, or can be. */
    static final Duration IDLE = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(5);
    /** Of eight parts of the time it rests seven. */
    private static final int RESTS = 7;

    /** How long it rests after it has written that many rows in that time. */
    Duration rest(int rows, Duration took) {
        if (rows == 0) {
            return IDLE;
        }
        Duration byWork = took.multipliedBy(RESTS);
        Duration byRows = Duration.ofSeconds(rows).dividedBy(rowsASecond).minus(took);
        Duration longer = byWork.compareTo(byRows) > 0 ? byWork : byRows;
        return longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
    }
}
