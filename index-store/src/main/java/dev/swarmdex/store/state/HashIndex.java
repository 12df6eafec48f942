package dev.swarmdex.store.state;

import dev.swarmdex.store.TreeSearch;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * Items found by a hash of what they stand for: only the items themselves are kept, four bytes each, and one byte of their
 * hash, so that hardly another item than the one that is sought has to be looked at.
 *
 * <p>Extendible hashing (Fagin and others, 1979): the low bits of a hash choose a shard, a small table with open addressing;
 * a full shard splits in two by one more bit. So it grows and shrinks by some hundred items at a time, and never makes
 * anybody wait while millions of them are hashed anew.
 */
final class HashIndex {

    /** No item. */
    static final int NONE = Integer.MIN_VALUE;

    private static final int SMALLEST = 8;
    private static final int LARGEST = 512;
    /** Only hashes that are equal in that many bits can fill a shard further. */
    private static final int DEEPEST = 22;
    private static final int SPREAD = 0x9E37_79B1;
    /** The upper bits of a hash are not those that chose its shard. */
    private static final int TAG_SHIFT = Integer.SIZE - Byte.SIZE;

    /** How full shards are at most, on average, that are made for what is expected: few of them split. */
    private static final int EXPECTED = 340;

    private final IntUnaryOperator hash;
    private Shard[] shards;
    private int size;

    /** What an item is found by. */
    interface Key {

        int hash();

        boolean isOf(int item);
    }

    private static final class Shard {
        private final int depth;
        private int[] items;
        private byte[] tags;
        private int size;

        Shard(int depth, int capacity) {
            this.depth = depth;
            this.items = empty(capacity);
            this.tags = new byte[capacity];
        }

        void set(int at, int item, byte tag) {
            items[at] = item;
            tags[at] = tag;
        }
    }

    /** An index of items whose hash that function gives, with room for that many. */
    HashIndex(IntUnaryOperator hash, int expected) {
        this.hash = hash;
        int depth = 0;
        while (expected >> depth > EXPECTED && depth < DEEPEST) {
            depth++;
        }
        int capacity = SMALLEST;
        while (4 * (expected >> depth) > 3 * capacity) {
            capacity *= 2;
        }
        shards = new Shard[1 << depth];
        for (int i = 0; i < shards.length; i++) {
            shards[i] = new Shard(depth, capacity);
        }
    }

    int size() {
        return size;
    }

    /** The item of that key, or {@link #NONE}. */
    int find(Key key) {
        int hashed = key.hash();
        Shard shard = shard(hashed);
        int[] items = shard.items;
        for (int at = home(hashed, items.length); items[at] != NONE; at = after(at, items.length)) {
            if (shard.tags[at] == tag(hashed) && key.isOf(items[at])) {
                return items[at];
            }
        }
        return NONE;
    }

    /** Reads where a key of that hash is most likely to be found; the result says nothing, see {@link TreeSearch}. */
    int touch(int hashed) {
        Shard shard = shard(hashed);
        int at = home(hashed, shard.items.length);
        return shard.items[at] + shard.tags[at];
    }

    /** The item that {@link #find} would look at first for a key of that hash, without looking at it; or {@link #NONE}. */
    int guess(int hashed) {
        Shard shard = shard(hashed);
        int[] items = shard.items;
        int at = home(hashed, items.length);
        while (items[at] != NONE && shard.tags[at] != tag(hashed)) {
            at = after(at, items.length);
        }
        return items[at];
    }

    /** Adds an item whose key no other has. */
    void add(int item) {
        int hashed = hash.applyAsInt(item);
        Shard shard = shard(hashed);
        while (4 * (shard.size + 1) > 3 * shard.items.length) {
            if (shard.items.length < LARGEST || shard.depth == DEEPEST) {
                resize(shard, 2 * shard.items.length);
            } else {
                split(shard, hashed);
                shard = shard(hashed);
            }
        }
        put(shard, item, hashed);
        size++;
    }

    /** Puts an item in the place of another one of the same key, which need not be there to ask any more. */
    void replace(int old, int item) {
        int hashed = hash.applyAsInt(item);
        int[] items = shard(hashed).items;
        items[place(items, hashed, old)] = item;
    }

    /** Removes an item that is in the index. */
    void remove(int item) {
        int hashed = hash.applyAsInt(item);
        Shard shard = shard(hashed);
        close(shard, place(shard.items, hashed, item));
        shard.size--;
        size--;
        if (shard.items.length > SMALLEST && 8 * shard.size < shard.items.length) {
            resize(shard, shard.items.length / 2);
        }
    }

    /** All items, in no order. */
    int[] toArray() {
        int[] all = new int[size];
        int next = 0;
        for (int i = 0; i < shards.length; i++) {
            Shard shard = shards[i];
            boolean seen = i >>> shard.depth != 0; // at the first of the places that it has in the directory
            for (int at = 0; at < shard.items.length && !seen; at++) {
                if (shard.items[at] != NONE) {
                    all[next++] = shard.items[at];
                }
            }
        }
        return all;
    }

    private Shard shard(int hashed) {
        return shards[hashed & (shards.length - 1)];
    }

    private static int place(int[] items, int hashed, int item) {
        int at = home(hashed, items.length);
        while (items[at] != item) {
            if (items[at] == NONE) {
                throw new IllegalStateException("item " + item + " is not in the index");
            }
            at = after(at, items.length);
        }
        return at;
    }

    /** Moves up what would no longer be found past the gap. */
    private void close(Shard shard, int place) {
        int[] items = shard.items;
        int gap = place;
        for (int at = after(gap, items.length); items[at] != NONE; at = after(at, items.length)) {
            int home = home(hash.applyAsInt(items[at]), items.length);
            int mask = items.length - 1;
            if (((at - home) & mask) >= ((at - gap) & mask)) {
                shard.set(gap, items[at], shard.tags[at]);
                gap = at;
            }
        }
        items[gap] = NONE;
    }

    private void resize(Shard shard, int capacity) {
        int[] old = shard.items;
        shard.items = empty(capacity);
        shard.tags = new byte[capacity];
        shard.size = 0;
        refill(shard, shard, old);
    }

    private void split(Shard full, int hashed) {
        if (1 << full.depth == shards.length) {
            shards = Arrays.copyOf(shards, 2 * shards.length);
            System.arraycopy(shards, 0, shards, shards.length / 2, shards.length / 2);
        }
        var zero = new Shard(full.depth + 1, LARGEST);
        var one = new Shard(full.depth + 1, LARGEST);
        int bit = 1 << full.depth;
        for (int i = hashed & (bit - 1); i < shards.length; i += bit) {
            shards[i] = (i & bit) == 0 ? zero : one;
        }
        refill(zero, one, full.items);
    }

    /** Puts items into one of two shards, by the last bit of the depth that both have. */
    private void refill(Shard zero, Shard one, int[] items) {
        int bit = zero.depth == 0 ? 0 : 1 << (zero.depth - 1);
        for (int item : items) {
            if (item != NONE) {
                int hashed = hash.applyAsInt(item);
                put((hashed & bit) == 0 ? zero : one, item, hashed);
            }
        }
    }

    private static void put(Shard shard, int item, int hashed) {
        int at = home(hashed, shard.items.length);
        while (shard.items[at] != NONE) {
            at = after(at, shard.items.length);
        }
        shard.set(at, item, tag(hashed));
        shard.size++;
    }

    /** By the upper bits, since the lower ones are those that a shard's items have in common. */
    private static int home(int hashed, int capacity) {
        return (hashed * SPREAD) >>> (Integer.numberOfLeadingZeros(capacity) + 1);
    }

    private static byte tag(int hashed) {
        return (byte) (hashed >>> TAG_SHIFT);
    }

    private static int after(int at, int capacity) {
        return (at + 1) & (capacity - 1);
    }

    private static int[] empty(int capacity) {
        int[] items = new int[capacity];
        Arrays.fill(items, NONE);
        return items;
    }
}
