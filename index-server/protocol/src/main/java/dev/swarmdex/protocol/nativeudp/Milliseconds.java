package dev.swarmdex.protocol.nativeudp;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Durations as the wire carries them: whole milliseconds, never negative. */
final class Milliseconds {

    /** The longest duration of an unsigned 32-bit field, some 49 days. */
    private static final Duration LONGEST = Duration.ofMillis(0xFFFF_FFFFL);

    private Milliseconds() {}

    /** Cuts the duration to milliseconds, after checking that it fits 32 bits. */
    static Duration check(String what, Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(what + " is " + duration + ", allowed are 0 to 49 days");
        }
        return duration.truncatedTo(ChronoUnit.MILLIS);
    }
}
