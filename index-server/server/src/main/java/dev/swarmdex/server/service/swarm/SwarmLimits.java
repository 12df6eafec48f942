package dev.swarmdex.server.service.swarm;

/**
 * What strangers may fill the memory with.
 *
 * @param swarms how many there may be
 * @param members how many there may be in all swarms together: at about 20 bytes each
 * @param membersOfOne how many one swarm may have
 */
public record SwarmLimits(int swarms, int members, int membersOfOne) {

    /** Checks that something may be kept. */
    public SwarmLimits {
        if (swarms < 1 || members < 1 || membersOfOne < 1) {
            throw new IllegalArgumentException("the limits of the swarms must be positive");
        }
    }
}
