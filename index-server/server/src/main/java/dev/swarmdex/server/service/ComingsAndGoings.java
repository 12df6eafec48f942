package dev.swarmdex.server.service;

import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the log who comes and goes: a few lines a second, and then how many more there were, since whoever has proven an
 * address may come and go as often as it likes. At level debug all are logged. Safe for any number of threads.
 */
final class ComingsAndGoings {

    static final int MOST_A_SECOND = 20;

    private static final Logger LOG = LoggerFactory.getLogger(ComingsAndGoings.class);
    private static final long SECOND = 1_000_000_000L;

    private final LongSupplier nanoTime;
    /** The three are guarded by this. */
    private long began;
    private int told;
    private int untold;

    ComingsAndGoings(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        began = nanoTime.getAsLong();
    }

    /** Tells of a peer, with SLF4J's placeholders. */
    void tell(String line, Object... about) {
        if (LOG.isDebugEnabled() || mayTell()) {
            LOG.info(line, about);
        }
    }

    /** Sums up what was not logged in the seconds that are over; to be called now and then. */
    synchronized void sumUp() {
        if (nanoTime.getAsLong() - began < SECOND) {
            return;
        }
        began = nanoTime.getAsLong();
        told = 0;
        if (untold > 0) {
            LOG.info("{} more peers came or went in that second; at level debug all are logged", untold);
            untold = 0;
        }
    }

    private synchronized boolean mayTell() {
        sumUp();
        if (told == MOST_A_SECOND) {
            untold++;
            return false;
        }
        told++;
        return true;
    }
}
