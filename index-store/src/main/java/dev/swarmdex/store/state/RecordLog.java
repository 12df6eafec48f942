package dev.swarmdex.store.state;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Records of bytes, one for each row, packed into pages. A record is added at the end of the last page; of a page that is
 * less than half alive the rest moves to the end, and the page is used again. So the log takes at most about twice the
 * bytes that are alive, whatever came and went, and no step moves more than half a page.
 */
final class RecordLog {

    /** The most bytes of a record. */
    static final int MOST = 4096;

    private static final int PAGE_BITS = 16;
    private static final int PAGE = 1 << PAGE_BITS;
    /** Records begin at multiples of four bytes, so that an address of 32 bits reaches 16 GiB. */
    private static final int ALIGNMENT_BITS = 2;
    private static final int OFFSET_BITS = PAGE_BITS - ALIGNMENT_BITS;
    /** Before each record: its row, and its length. */
    private static final int HEADER = 6;
    private static final int DEAD = -1;
    private static final byte[] NO_PAGE = {};
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(
            short[].class, ByteOrder.LITTLE_ENDIAN);

    private final IntColumn addresses = new IntColumn();
    private final Deque<Integer> free = new ArrayDeque<>();
    private byte[][] pages = {new byte[PAGE]};
    /** Of each page, how many bytes have been written, and how many of these belong to records that are there. */
    private int[] used = {0};
    private int[] alive = {0};
    private int count = 1;
    private int last;

    /** Adds the record of a row that has none: the first {@code length} of the bytes. */
    void add(int row, byte[] record, int length) {
        if (length > MOST) {
            throw new IllegalArgumentException("a record of " + length + " bytes is too long");
        }
        append(row, record, 0, length);
    }

    /** The page that holds the row's record, from {@link #start} on. Good until the next change. */
    byte[] page(int row) {
        return pages[pageOf(addresses.get(row))];
    }

    /** Where the row's record begins in its {@link #page}. */
    int start(int row) {
        return offsetOf(addresses.get(row)) + HEADER;
    }

    /** Removes the row's record. */
    void remove(int row) {
        int number = pageOf(addresses.get(row));
        int offset = offsetOf(addresses.get(row));
        INT.set(pages[number], offset, DEAD);
        alive[number] -= sizeAt(pages[number], offset);
        if (number != last && alive[number] < PAGE / 2) {
            empty(number);
        }
    }

    /** How many bytes the pages take. */
    long bytes() {
        return (long) (count - free.size()) * PAGE;
    }

    private void append(int row, byte[] from, int start, int length) {
        int size = size(length);
        if (used[last] + size > PAGE) {
            nextPage();
        }
        byte[] page = pages[last];
        int offset = used[last];
        INT.set(page, offset, row);
        SHORT.set(page, offset + Integer.BYTES, (short) length);
        System.arraycopy(from, start, page, offset + HEADER, length);
        addresses.set(row, (last << OFFSET_BITS) | (offset >> ALIGNMENT_BITS));
        used[last] += size;
        alive[last] += size;
    }

    private void nextPage() {
        int full = last;
        if (free.isEmpty()) {
            if (count == 1 << (Integer.SIZE - OFFSET_BITS)) {
                throw new IllegalStateException("more names and ids are open than this index can hold");
            }
            if (count == pages.length) {
                pages = Arrays.copyOf(pages, 2 * count);
                used = Arrays.copyOf(used, 2 * count);
                alive = Arrays.copyOf(alive, 2 * count);
            }
            last = count++;
        } else {
            last = free.pop();
        }
        pages[last] = new byte[PAGE];
        used[last] = 0;
        alive[last] = 0;
        if (alive[full] < PAGE / 2) {
            empty(full);
        }
    }

    /** Moves what is alive to the end of the log. */
    private void empty(int number) {
        byte[] page = pages[number];
        pages[number] = NO_PAGE;
        for (int offset = 0; offset < used[number]; offset += sizeAt(page, offset)) {
            int row = (int) INT.get(page, offset);
            if (row != DEAD) {
                append(row, page, offset + HEADER, lengthAt(page, offset));
            }
        }
        free.push(number);
    }

    private static int sizeAt(byte[] page, int offset) {
        return size(lengthAt(page, offset));
    }

    private static int lengthAt(byte[] page, int offset) {
        return (short) SHORT.get(page, offset + Integer.BYTES);
    }

    private static int size(int length) {
        int mask = (1 << ALIGNMENT_BITS) - 1;
        return (HEADER + length + mask) & ~mask;
    }

    private static int pageOf(int address) {
        return address >>> OFFSET_BITS;
    }

    private static int offsetOf(int address) {
        return (address & ((1 << OFFSET_BITS) - 1)) << ALIGNMENT_BITS;
    }
}
