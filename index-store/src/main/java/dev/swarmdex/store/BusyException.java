package dev.swarmdex.store;

import java.time.Duration;

/** The refusal of a change because too many others wait to be committed. Nothing happened; it may be tried again. */
public final class BusyException extends StoreException {

    private final Duration retryAfter;

    /** A refusal with the time after which there is likely room. */
    public BusyException(Duration retryAfter) {
        super("the index has more to write than its disk takes; try again in " + retryAfter.toMillis() + " ms");
        this.retryAfter = retryAfter;
    }

    /** When there is likely room again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
