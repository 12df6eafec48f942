package dev.swarmdex.store.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A column of numbers, one for each row, that grows by a page at a time and so never pauses to copy what it has. */
final class IntColumn {

    private static final int BITS = 14;
    private static final int MASK = (1 << BITS) - 1;

    private int @Nullable [][] pages = new int[1][];

    /** The number of a row that was set before. */
    int get(int row) {
        return pages[row >>> BITS][row & MASK];
    }

    void set(int row, int value) {
        int page = row >>> BITS;
        if (page >= pages.length) {
            pages = Arrays.copyOf(pages, Math.max(page + 1, 2 * pages.length));
        }
        if (pages[page] == null) {
            pages[page] = new int[1 << BITS];
        }
        pages[page][row & MASK] = value;
    }
}
