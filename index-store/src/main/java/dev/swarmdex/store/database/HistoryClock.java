package dev.swarmdex.store.database;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clock of a history, in which time does not go back. It says so if this machine's clock is far behind what the history has: from
 * then on entries have moments that are after one another, but not the right ones. Belongs to the writer's thread.
 */
final class HistoryClock {

    /** More than the clocks of several servers differ, and than a clock is set back by in passing. */
    private static final Duration FAR = Duration.ofMinutes(1);
    private static final Logger LOG = LoggerFactory.getLogger(HistoryClock.class);

    private final InstantSource clock;
    private boolean behind;

    HistoryClock(InstantSource clock) {
        this.clock = clock;
    }

    /** The moment of what comes after the latest entry. */
    Instant after(Instant latest) {
        Instant now = clock.instant();
        boolean wasBehind = behind;
        behind = now.plus(FAR).isBefore(latest);
        if (behind && !wasBehind) {
            LOG.error(
                    "the newest entry of the index database is of {}, but this machine's clock says {}: all that comes until then gets"
                            + " the moment of that entry. If the clock is wrong, set it; if it was ahead before, stop the"
                            + " server and go back to a copy of the database from before that",
                    latest, now);
        } else if (wasBehind && !behind) {
            LOG.info("entries of the index database are dated by this machine's clock again");
        }
        return Times.after(latest, now);
    }
}
