package dev.swarmdex.store;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only moves when told. */
public final class ManualClock implements InstantSource {

    private volatile Instant now = Instant.parse("2026-03-01T12:00:00Z");

    @Override
    public Instant instant() {
        return now;
    }

    /** Moves the clock, forwards or backwards. */
    public void advance(Duration by) {
        now = now.plus(by);
    }
}
