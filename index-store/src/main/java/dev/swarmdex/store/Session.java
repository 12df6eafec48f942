package dev.swarmdex.store;

import java.time.Instant;

/**
 * An open session, as it was at one moment.
 *
 * @param revision changes after each change of the session's mappings and is never used again, not even for another
 * session. What was computed from {@link Lookups#contentsOf} after reading a revision is right as long as the session
 * still has that revision
 * @param mappings how many contents it offers
 */
public record Session(long number, Presence presence, Instant since, long revision, int mappings) {}
