package dev.swarmdex.server.service.swarm;

import java.security.SecureRandom;

/** Where swarms stand in their tables. Seeded anew by each process, so that nobody can choose info-hashes that collide. */
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
