package dev.swarmdex.store.state;

/** Gives out the rows of a table, those first that were given back. */
final class Rows {

    private final IntColumn free = new IntColumn();
    private int freed;
    private int next;

    int take() {
        return freed == 0 ? next++ : free.get(--freed);
    }

    void giveBack(int row) {
        free.set(freed++, row);
    }

    /** How many are taken. */
    int taken() {
        return next - freed;
    }
}
