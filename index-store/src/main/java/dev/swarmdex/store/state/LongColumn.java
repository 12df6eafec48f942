package dev.swarmdex.store.state;

import java.util.Arrays;

/** A column of long numbers, one for each row, that grows by a page at a time and so never pauses to copy what it has. */
final class LongColumn {

    private static final int BITS = 13;
    private static final int MASK = (1 << BITS) - 1;

    private static final long[] NO_PAGE = {};

    private long[][] pages = {NO_PAGE};

    /** The number of a row that was set before. */
    long get(int row) {
        return pages[row >>> BITS][row & MASK];
    }

    void set(int row, long value) {
        int page = row >>> BITS;
        if (page >= pages.length) {
            int before = pages.length;
            pages = Arrays.copyOf(pages, Math.max(page + 1, 2 * before));
            Arrays.fill(pages, before, pages.length, NO_PAGE);
        }
        if (pages[page].length == 0) {
            pages[page] = new long[1 << BITS];
        }
        pages[page][row & MASK] = value;
    }
}
