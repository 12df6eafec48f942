package dev.swarmdex.server.service.swarm;

import org.jspecify.annotations.Nullable;

/** The swarms of a shard by their info-hashes: an open-addressing hash table. Guarded by its shard. */
final class SwarmTable {

    private static final int SMALLEST = 16;

    private @Nullable Swarm[] slots = new Swarm[SMALLEST];
    private int swarms;

    /** The swarm that is asked for, if there is one. */
    @Nullable
    Swarm find(Question asked, int hash) {
        int mask = slots.length - 1;
        for (int at = hash & mask;; at = (at + 1) & mask) {
            Swarm swarm = slots[at];
            if (swarm == null || swarm.is(asked.first, asked.second, asked.third)) {
                return swarm;
            }
        }
    }

    /** Adds a swarm that is not in yet, and returns it. */
    Swarm add(Swarm swarm, int hash) {
        if (swarms >= slots.length / 4 * 3) {
            grow();
        }
        put(swarm, hash);
        swarms++;
        return swarm;
    }

    /** How many places there are. */
    int slots() {
        return slots.length;
    }

    /** The swarm at a place, if there is one. */
    @Nullable
    Swarm at(int slot) {
        return slots[slot];
    }

    /** Removes the swarm at a place; another one may move there. */
    void remove(int slot) {
        int mask = slots.length - 1;
        int hole = slot;
        int next = (slot + 1) & mask;
        for (Swarm moving = slots[next]; moving != null; moving = slots[next]) {
            int home = Hashes.of(moving.first, moving.second, moving.third) & mask;
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                slots[hole] = moving;
                hole = next;
            }
            next = (next + 1) & mask;
        }
        slots[hole] = null;
        swarms--;
    }

    private void grow() {
        @Nullable
        Swarm[] old = slots;
        slots = new Swarm[2 * old.length];
        for (Swarm swarm : old) {
            if (swarm != null) {
                put(swarm, Hashes.of(swarm.first, swarm.second, swarm.third));
            }
        }
    }

    private void put(Swarm swarm, int hash) {
        int mask = slots.length - 1;
        int at = hash & mask;
        while (slots[at] != null) {
            at = (at + 1) & mask;
        }
        slots[at] = swarm;
    }
}
