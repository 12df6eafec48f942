package dev.swarmdex.server.service.swarm;

import dev.swarmdex.server.address.Addresses;
import java.security.SecureRandom;

/**
 * A set of addresses, each with 16 bits of {@link State}: an open-addressing hash table in one array, in which an IPv4 member
 * takes 8 bytes and an IPv6 member 24, at a load of seven sixteenths to seven eighths. An IPv4 member is one word: its address,
 * its port and its state. An IPv6 member is such a word without the address, and two words of that. A word of 0 is a
 * free slot, since no port is 0. The hash is of the kind of {@link Hashes}, seeded likewise. Guarded by its shard.
 */
final class Members {

    /** Where nobody is. */
    static final int NONE = -1;

    private static final long SEED = new SecureRandom().nextLong() | 1;
    private static final int SMALLEST = 2;
    /** A table of up to that many slots may be full: to look at them all costs nothing. */
    private static final int SMALL = 8;
    private static final int IPV4_WORDS = 1;
    private static final int IPV6_WORDS = 3;

    private final int words;
    private long[] slots;
    private int size;

    Members(boolean ipv4) {
        words = ipv4 ? IPV4_WORDS : IPV6_WORDS;
        slots = new long[SMALLEST * words];
    }

    int size() {
        return size;
    }

    int capacity() {
        return words == IPV4_WORDS ? slots.length : slots.length / IPV6_WORDS;
    }

    /** The slot of that member, or {@link #NONE}. */
    int find(long high, long low, int port) {
        long key = key(low, port);
        int mask = capacity() - 1;
        int slot = home(key, high, low);
        for (int tries = 0; tries <= mask; tries++) {
            long word = slots[slot * words];
            if (word == 0) {
                return NONE;
            }
            if ((word & ~State.MASK) == key && isAt(slot, high, low)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return NONE;
    }

    /** Adds a member that is not in yet. */
    void add(long high, long low, int port, int state) {
        if (size >= (capacity() <= SMALL ? capacity() : capacity() / 8 * 7)) {
            resize(capacity() * 2);
        }
        put(key(low, port) | state, high, low);
        size++;
    }

    /** Removes the member at a slot; another one may move there. */
    void remove(int slot) {
        int mask = capacity() - 1;
        int hole = slot;
        int next = slot;
        for (int tries = 0; tries < mask; tries++) {
            next = (next + 1) & mask;
            if (isFree(next)) {
                break;
            }
            int home = home(slots[next * words] & ~State.MASK, high(next), low(next));
            if (((next - home) & mask) >= ((next - hole) & mask)) {
                System.arraycopy(slots, next * words, slots, hole * words, words);
                hole = next;
            }
        }
        slots[hole * words] = 0;
        size--;
    }

    /** Gives back memory after removals; slots change. */
    void trim() {
        int capacity = capacity();
        while (capacity > SMALLEST && size * 4 < capacity) {
            capacity /= 2;
        }
        if (capacity < capacity()) {
            resize(capacity);
        }
    }

    boolean isFree(int slot) {
        return slots[slot * words] == 0;
    }

    int state(int slot) {
        return (int) slots[slot * words] & State.MASK;
    }

    void state(int slot, int state) {
        slots[slot * words] = (slots[slot * words] & ~State.MASK) | state;
    }

    long high(int slot) {
        return words == IPV4_WORDS ? 0 : slots[slot * words + 1];
    }

    long low(int slot) {
        return words == IPV4_WORDS ? Addresses.mapped(slots[slot] >>> Integer.SIZE) : slots[slot * words + 2];
    }

    int port(int slot) {
        return (int) (slots[slot * words] >>> Short.SIZE) & 0xFFFF;
    }

    /**
     * Hands out members whose lease is not over, but for whoever asks. They come in the order of a walk through the
     * table that visits each slot once, from a random slot on in random strides, so that nobody is favoured.
     *
     * @return how many, at most {@code most}
     */
    int handOut(int most, int random, int now, Question asked, Receiver receiver) {
        long notKey = key(asked.low, asked.port);
        int mask = capacity() - 1;
        int slot = random & mask;
        int stride = random >>> Short.SIZE | 1;
        int given = 0;
        for (int tries = 0; tries <= mask && given < most; tries++) {
            long word = slots[slot * words];
            if (word != 0 && !State.isOver((int) word, now)
                    && ((word & ~State.MASK) != notKey || !isAt(slot, asked.high, asked.low))) {
                receiver.member(high(slot), low(slot), (int) (word >>> Short.SIZE) & 0xFFFF);
                given++;
            }
            slot = (slot + stride) & mask;
        }
        return given;
    }

    private long key(long low, int port) {
        long place = (long) port << Short.SIZE;
        return words == IPV4_WORDS ? low << Integer.SIZE | place : place;
    }

    private boolean isAt(int slot, long high, long low) {
        return words == IPV4_WORDS || (slots[slot * words + 1] == high && slots[slot * words + 2] == low);
    }

    private int home(long key, long high, long low) {
        long mixed = key;
        if (words != IPV4_WORDS) {
            mixed = (mixed ^ high) * SEED;
            mixed = ((mixed ^ mixed >>> 32) + low) * SEED;
        }
        mixed = (mixed ^ SEED) * 0x9E37_79B9_7F4A_7C15L;
        mixed = (mixed ^ mixed >>> 29) * SEED;
        return (int) (mixed >>> Integer.SIZE) & (capacity() - 1);
    }

    private void put(long word, long high, long low) {
        int mask = capacity() - 1;
        int slot = home(word & ~State.MASK, high, low);
        while (!isFree(slot)) {
            slot = (slot + 1) & mask;
        }
        slots[slot * words] = word;
        if (words == IPV6_WORDS) {
            slots[slot * words + 1] = high;
            slots[slot * words + 2] = low;
        }
    }

    private void resize(int capacity) {
        long[] old = slots;
        slots = new long[capacity * words];
        for (int at = 0; at < old.length; at += words) {
            if (old[at] != 0) {
                put(old[at], words == IPV4_WORDS ? 0 : old[at + 1], words == IPV4_WORDS ? 0 : old[at + 2]);
            }
        }
    }
}
