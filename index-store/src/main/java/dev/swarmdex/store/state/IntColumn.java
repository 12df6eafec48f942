package dev.swarmdex.store.state;

import java.util.Arrays;

/** A column of numbers, one for each row, that grows by a page at a time and so never pauses to copy what it has. */
final class IntColumn {

    private static final int BITS = 14;
    private static final int MASK = (1 << BITS) - 1;

    private static final int[] NO_PAGE = {};

    private int[][] pages = {NO_PAGE};

    /** The number of a row that was set before. */
    int get(int row) {
        return pages[row >>> BITS][row & MASK];
    }

    void set(int row, int value) {
        int page = row >>> BITS;
        if (page >= pages.length) {
            int before = pages.length;
            pages = Arrays.copyOf(pages, Math.max(page + 1, 2 * before));
            Arrays.fill(pages, before, pages.length, NO_PAGE);
        }
        if (pages[page].length == 0) {
            pages[page] = new int[1 << BITS];
        }
        pages[page][row & MASK] = value;
    }
}
