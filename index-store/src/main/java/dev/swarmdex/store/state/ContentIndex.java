package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.TreeSearch;
import java.util.function.IntPredicate;

/** Finds open contents by all that lookups ask for: by name, by id, by both and the size, and in the order of their numbers. */
final class ContentIndex {

    private final OpenContents contents;
    private final IntSets sets;
    private HashIndex byName;
    private HashIndex byId;
    private final OrderedInts byNumber;

    ContentIndex(OpenContents contents) {
        this.contents = contents;
        sets = new IntSets(contents::number);
        byName = byName(0);
        byId = byId(0);
        byNumber = new OrderedInts(contents::number);
    }

    /** The contents of that name. */
    int named(byte[] name) {
        return byName.find(new Key(name, sets, contents::hasName));
    }

    /** The contents with that id. */
    int withId(byte[] id) {
        return id.length == 0 ? IntSets.EMPTY : withId(keyOfId(id));
    }

    /** What finds the contents with the id that those bytes are at the moment. */
    HashIndex.Key keyOfId(byte[] id) {
        return new Key(id, sets, contents::hasId);
    }

    /** The contents with the id of a {@link #keyOfId}. */
    int withId(HashIndex.Key key) {
        return byId.find(key);
    }

    /**
     * Reads where contents with an id of that hash are most likely to be found; the result says nothing, see
     * {@link TreeSearch}.
     */
    int touch(int hashOfId) {
        return byId.touch(hashOfId);
    }

    /** The row that a search for an id of that hash would look at first, or {@link HashIndex#NONE}. */
    int guess(int hashOfId) {
        int set = byId.guess(hashOfId);
        return set == IntSets.EMPTY ? HashIndex.NONE : sets.first(set);
    }

    /** The row of the content of that number, or {@link HashIndex#NONE}. */
    int find(long number) {
        return byNumber.find(number);
    }

    /** The row of a content that is open, or {@link HashIndex#NONE}. */
    int find(Content content) {
        byte[] name = ContentKey.name(content.name());
        byte[] id = ContentKey.id(content);
        int set = named(name);
        if (sets.size(set) > 1 && id.length > 0) {
            int other = withId(id);
            set = sets.size(other) < sets.size(set) ? other : set;
        }
        int[] found = {HashIndex.NONE};
        sets.visit(set, 0, row -> {
            boolean same = contents.has(row, name, id, content.size());
            found[0] = same ? row : found[0];
            return !same;
        });
        return found[0];
    }

    /** Adds a content that nobody offers yet, and returns its row. */
    int add(long number, Content content) {
        byte[] name = ContentKey.name(content.name());
        byte[] id = ContentKey.id(content);
        int row = load(number, name, id, content.size());
        add(byName, named(name), row);
        if (id.length > 0) {
            add(byId, withId(id), row);
        }
        return row;
    }

    /** Adds a content that is found by its number only, until {@link #endLoading}; returns its row. */
    int load(long number, Content content) {
        return load(number, ContentKey.name(content.name()), ContentKey.id(content), content.size());
    }

    /** Finds by name and id what was loaded. All at once, since only now is known how much room that takes. */
    void endLoading() {
        int rows = contents.size();
        byName = byName(rows);
        byId = byId(rows);
        for (int row = 0; row < rows; row++) {
            add(byName, named(contents.nameBytes(row)), row);
            if (contents.hasId(row)) {
                add(byId, withId(contents.idBytes(row)), row);
            }
        }
    }

    private int load(long number, byte[] name, byte[] id, long size) {
        int row = contents.add(number, name, id, size);
        byNumber.add(row);
        return row;
    }

    private HashIndex byName(int expected) {
        return new HashIndex(set -> contents.nameHash(sets.first(set)), expected);
    }

    private HashIndex byId(int expected) {
        return new HashIndex(set -> contents.idHash(sets.first(set)), expected);
    }

    void remove(int row) {
        remove(byName, named(contents.nameBytes(row)), row);
        if (contents.hasId(row)) {
            remove(byId, withId(contents.idBytes(row)), row);
        }
        byNumber.remove(row);
        contents.remove(row);
    }

    /** Visits contents of the set from that number on, in order, until the visitor says no; false if it did. */
    boolean visit(int set, long from, IntPredicate visitor) {
        return sets.visit(set, from, visitor);
    }

    /** Visits all contents from that number on, in order, until the visitor says no; false if it did. */
    boolean visitAll(long from, IntPredicate visitor) {
        return byNumber.visit(from, visitor);
    }

    private void add(HashIndex index, int set, int row) {
        int more = sets.with(set, row);
        if (set == IntSets.EMPTY) {
            index.add(more);
        } else if (more != set) {
            index.replace(set, more);
        }
    }

    private void remove(HashIndex index, int set, int row) {
        if (sets.size(set) == 1) {
            index.remove(set);
            return;
        }
        int less = sets.without(set, row);
        if (less != set) {
            index.replace(set, less);
        }
    }

    /** The bytes that all contents of a set have in common. */
    private static final class Key implements HashIndex.Key {

        private final byte[] bytes;
        private final IntSets sets;
        private final Comparison comparison;

        Key(byte[] bytes, IntSets sets, Comparison comparison) {
            this.bytes = bytes;
            this.sets = sets;
            this.comparison = comparison;
        }

        @Override
        public int hash() {
            return Bytes.hash(bytes, 0, bytes.length);
        }

        @Override
        public boolean isOf(int set) {
            return comparison.isSame(sets.first(set), bytes);
        }
    }

    private interface Comparison {

        boolean isSame(int row, byte[] bytes);
    }
}
