package dev.swarmdex.store.state;

import dev.swarmdex.store.Presence;
import dev.swarmdex.store.TreeSearch;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Searches the open mappings. What it needs for a search it has from the beginning, and uses again and again. */
final class MemoryTreeSearch implements TreeSearch {

    private static final Receiver NOBODY = new Nobody();
    private static final int MOST_EXPECTED = 64;

    private final OpenMappings open;
    private final byte[] id = ContentKey.emptyTree();
    private final HashIndex.Key key;
    private final Supplier<Boolean> step = this::show;
    private final IntPredicate eachContent = this::content;
    private final IntPredicate eachOffer = this::offer;
    private final Supplier<Boolean> bringNear = this::touch;
    private final int[] hashes = new int[MOST_EXPECTED];
    private final int[] rows = new int[MOST_EXPECTED];
    private int expected;
    /** A sum that nobody needs: {@link TreeSearch} says why. */
    @SuppressWarnings("UnusedVariable")
    private long touched;
    private Receiver receiver = NOBODY;

    MemoryTreeSearch(OpenMappings open) {
        this.open = open;
        key = open.index.keyOfId(id);
    }

    @Override
    public void expect(ByteBuffer digest, int index) {
        if (expected < MOST_EXPECTED) {
            digest.get(index, id, id.length - DIGEST, DIGEST);
            hashes[expected++] = key.hash();
        }
    }

    @Override
    public boolean find(ByteBuffer digest, int index, Receiver to) {
        if (expected > 0) {
            open.read(bringNear);
        }
        digest.get(index, id, id.length - DIGEST, DIGEST);
        receiver = to;
        open.read(step);
        receiver = NOBODY;
        return true;
    }

    /** Reads what the announced searches will need, for the reason that {@link TreeSearch} gives. */
    private boolean touch() {
        int count = expected;
        expected = 0;
        long read = 0;
        for (int i = 0; i < count; i++) {
            read += open.index.touch(hashes[i]);
        }
        int found = 0;
        for (int i = 0; i < count; i++) {
            rows[found] = open.index.guess(hashes[i]);
            found += rows[found] == HashIndex.NONE ? 0 : 1;
        }
        for (int i = 0; i < found; i++) {
            read += open.contents.touch(rows[i]);
        }
        for (int i = 0; i < found; i++) {
            read += open.contents.touchRecord(rows[i]);
            read += open.offers.touch(open.offersOf.first(open.contents.offers(rows[i])));
        }
        touched = read;
        return true;
    }

    private boolean show() {
        return open.index.visit(open.index.withId(key), 0, eachContent);
    }

    private boolean content(int row) {
        return open.contents.show(row, receiver) && open.offersOf.visit(open.contents.offers(row), 0, eachOffer);
    }

    private boolean offer(int row) {
        return open.offers.show(row, receiver);
    }

    /** Between two searches. */
    private static final class Nobody implements Receiver {

        @Override
        public boolean content(byte[] bytes, int nameStart, int nameLength, long size) {
            return false;
        }

        @Override
        public boolean source(long session, Presence presence, long since) {
            return false;
        }
    }
}
