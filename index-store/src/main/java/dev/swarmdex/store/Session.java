package dev.swarmdex.store;

import java.time.Instant;

/** An open session. {@code revision} changes whenever the session's mappings change; {@code mappings} counts them. */
public record Session(long number, Presence presence, Instant since, long revision, int mappings) {}
