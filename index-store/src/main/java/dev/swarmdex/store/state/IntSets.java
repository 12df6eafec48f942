package dev.swarmdex.store.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.IntToLongFunction;

/**
 * Ordered sets of items, each known by one number. Nearly every name has one content and nearly every content a handful of
 * sources, and there are millions of them: the number of a set with one item is that item, and only larger ones are lists.
 */
final class IntSets {

    /** The set with nothing in it. */
    static final int EMPTY = HashIndex.NONE;

    private static final OrderedInts NOTHING = new OrderedInts(item -> item);

    private final IntToLongFunction number;
    private final List<OrderedInts> lists = new ArrayList<>();
    private final Rows rows = new Rows();

    /** Sets of items, which are 0 or more, in the order of the number that the function gives. */
    IntSets(IntToLongFunction number) {
        this.number = number;
    }

    /** The set with another item, in place of the set without. */
    int with(int set, int item) {
        if (set == EMPTY) {
            return item;
        }
        if (set < 0) {
            list(set).add(item);
            return set;
        }
        var list = new OrderedInts(number);
        list.add(set);
        list.add(item);
        int row = rows.take();
        if (row == lists.size()) {
            lists.add(list);
        } else {
            lists.set(row, list);
        }
        return ~row;
    }

    /** The set without an item that it has, in place of the set with it. */
    int without(int set, int item) {
        if (set >= 0) {
            return EMPTY;
        }
        OrderedInts list = list(set);
        list.remove(item);
        if (list.size() > 1) {
            return set;
        }
        lists.set(~set, NOTHING);
        rows.giveBack(~set);
        return list.first();
    }

    int size(int set) {
        if (set < 0) {
            return set == EMPTY ? 0 : list(set).size();
        }
        return 1;
    }

    /** The first item of a set that is not empty. */
    int first(int set) {
        return set >= 0 ? set : list(set).first();
    }

    /** Visits the items from that number on, in order, until the visitor says no; false if it did. */
    boolean visit(int set, long from, IntPredicate visitor) {
        if (set < 0) {
            return set == EMPTY || list(set).visit(from, visitor);
        }
        return number.applyAsLong(set) < from || visitor.test(set);
    }

    private OrderedInts list(int set) {
        return lists.get(~set);
    }
}
