package dev.swarmdex.server.service.swarm;

import java.security.SecureRandom;

/**
 * Where swarms stand in their tables: three rounds of a multiplication and a shift, with the constants of SplitMix64 (Steele,
 * Lea and Flood, 2014). Seeded anew by each process, so that a list of info-hashes that collide can't be made in advance. It
 * is not a cryptographic hash: a client that could measure single lookups might still find some, which costs time and no more.
 */
final class Hashes {

    private static final long SEED = new SecureRandom().nextLong() | 1;

    private Hashes() {}

    static int of(long first, long second, int third) {
        long mixed = (first ^ SEED) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 32 ^ second) * SEED;
        mixed = (mixed ^ mixed >>> 29 ^ third) * 0xBF58_476D_1CE4_E5B9L;
        return (int) (mixed >>> 32);
    }
}
