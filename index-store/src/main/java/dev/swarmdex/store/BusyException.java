package dev.swarmdex.store;

import java.time.Duration;

/** The refusal of a change because too much waits to be committed. It may be tried again. */
public final class BusyException extends StoreException {

    private final Duration retryAfter;

    /** A refusal with the time after which there is likely room. */
    public BusyException(Duration retryAfter) {
        this("the index has more to write than its disk takes", retryAfter);
    }

    /** A refusal for a reason of its own, which begins a sentence. */
    public BusyException(String reason, Duration retryAfter) {
        super(reason + "; try again in " + retryAfter.toMillis() + " ms");
        this.retryAfter = retryAfter;
    }

    /** When there is likely room again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
