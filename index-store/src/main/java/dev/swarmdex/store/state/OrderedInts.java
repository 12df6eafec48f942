package dev.swarmdex.store.state;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Items in the order of a number that each has, and no two the same. A list of sorted chunks: what is added or removed moves
 * no more than a chunk, whether there are three items or ten million.
 */
final class OrderedInts {

    static final int CHUNK = 512;
    private static final int SMALLEST = 2;
    private static final int[] NO_ITEMS = {};

    private final IntToLongFunction number;
    private int[][] chunks = {new int[SMALLEST]};
    private int[] sizes = {0};
    private int count = 1;
    private int size;

    /** An empty list of items whose number that function gives. */
    OrderedInts(IntToLongFunction number) {
        this.number = number;
    }

    int size() {
        return size;
    }

    int first() {
        return chunks[0][0];
    }

    /** The item of that number, or {@link HashIndex#NONE}. At once if the number comes after those of all items. */
    int find(long key) {
        if (size == 0 || key > number.applyAsLong(chunks[count - 1][sizes[count - 1] - 1])) {
            return HashIndex.NONE;
        }
        int chunk = chunkOf(key);
        int at = firstAtLeast(chunk, key);
        return at < sizes[chunk] && number.applyAsLong(chunks[chunk][at]) == key ? chunks[chunk][at] : HashIndex.NONE;
    }

    void add(int item) {
        long key = number.applyAsLong(item);
        int chunk = chunkOf(key);
        int at = firstAtLeast(chunk, key);
        if (sizes[chunk] == CHUNK) {
            // at the very end nothing else will go into the full chunk: leave it full
            int half = chunk == count - 1 && at == CHUNK ? CHUNK : CHUNK / 2;
            split(chunk, half);
            if (at >= half) {
                chunk++;
                at -= half;
            }
        }
        if (sizes[chunk] == chunks[chunk].length) {
            chunks[chunk] = Arrays.copyOf(chunks[chunk], 2 * chunks[chunk].length);
        }
        System.arraycopy(chunks[chunk], at, chunks[chunk], at + 1, sizes[chunk] - at);
        chunks[chunk][at] = item;
        sizes[chunk]++;
        size++;
    }

    /** Removes an item that is in the list. */
    void remove(int item) {
        long key = number.applyAsLong(item);
        int chunk = chunkOf(key);
        int at = firstAtLeast(chunk, key);
        if (at == sizes[chunk] || chunks[chunk][at] != item) {
            throw new IllegalStateException("item " + item + " is not in the list");
        }
        System.arraycopy(chunks[chunk], at + 1, chunks[chunk], at, sizes[chunk] - at - 1);
        sizes[chunk]--;
        size--;
        // an empty one too, even beside a full one: what a chunk begins with must be there
        boolean empty = sizes[chunk] == 0;
        if (chunk + 1 < count && (empty || sizes[chunk] + sizes[chunk + 1] <= CHUNK / 2)) {
            join(chunk);
        } else if (chunk > 0 && (empty || sizes[chunk - 1] + sizes[chunk] <= CHUNK / 2)) {
            join(chunk - 1);
        }
    }

    /** Visits the items from that number on, in order, until the visitor says no; false if it did. */
    boolean visit(long from, IntPredicate visitor) {
        int chunk = chunkOf(from);
        for (int at = firstAtLeast(chunk, from); chunk < count; chunk++, at = 0) {
            for (; at < sizes[chunk]; at++) {
                if (!visitor.test(chunks[chunk][at])) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The last chunk that begins at or before the number, or the first. */
    private int chunkOf(long key) {
        int low = 1;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (number.applyAsLong(chunks[middle][0]) <= key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }

    private int firstAtLeast(int chunk, long key) {
        int low = 0;
        int high = sizes[chunk];
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (number.applyAsLong(chunks[chunk][middle]) < key) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private void split(int chunk, int half) {
        if (count == chunks.length) {
            chunks = Arrays.copyOf(chunks, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        System.arraycopy(chunks, chunk + 1, chunks, chunk + 2, count - chunk - 1);
        System.arraycopy(sizes, chunk + 1, sizes, chunk + 2, count - chunk - 1);
        int[] upper = new int[CHUNK];
        System.arraycopy(chunks[chunk], half, upper, 0, CHUNK - half);
        chunks[chunk + 1] = upper;
        sizes[chunk + 1] = CHUNK - half;
        sizes[chunk] = half;
        count++;
    }

    /** Puts the items of the next chunk into this one. */
    private void join(int chunk) {
        int together = sizes[chunk] + sizes[chunk + 1];
        int[] joined = Arrays.copyOf(chunks[chunk], Math.max(chunks[chunk].length, together));
        System.arraycopy(chunks[chunk + 1], 0, joined, sizes[chunk], sizes[chunk + 1]);
        chunks[chunk] = joined;
        sizes[chunk] = together;
        System.arraycopy(chunks, chunk + 2, chunks, chunk + 1, count - chunk - 2);
        System.arraycopy(sizes, chunk + 2, sizes, chunk + 1, count - chunk - 2);
        count--;
        chunks[count] = NO_ITEMS;
    }
}
