package dev.swarmdex.store.state;

import dev.swarmdex.store.Content;
import java.util.function.IntPredicate;

/** Finds open contents by all that lookups ask for: by name, by id, by both and the size, and in the order of their numbers. */
final class ContentIndex {

    private final OpenContents contents;
    private final IntSets sets;
    private final HashIndex byName;
    private final HashIndex byId;
    private final OrderedInts byNumber;

    ContentIndex(OpenContents contents) {
        this.contents = contents;
        sets = new IntSets(contents::number);
        byName = new HashIndex(set -> contents.nameHash(sets.first(set)));
        byId = new HashIndex(set -> contents.idHash(sets.first(set)));
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
        int row = contents.add(number, name, id, content.size());
        byNumber.add(row);
        add(byName, named(name), row);
        if (id.length > 0) {
            add(byId, withId(id), row);
        }
        return row;
    }

    void remove(int row) {
        Content content = contents.content(row);
        remove(byName, named(ContentKey.name(content.name())), row);
        if (content.id().isPresent()) {
            remove(byId, withId(ContentKey.id(content)), row);
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
