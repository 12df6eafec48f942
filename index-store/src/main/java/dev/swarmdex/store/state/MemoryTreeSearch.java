package dev.swarmdex.store.state;

import dev.swarmdex.store.Presence;
import dev.swarmdex.store.TreeSearch;
import java.nio.ByteBuffer;
import java.util.function.IntPredicate;
import java.util.function.Supplier;

/** Searches the open mappings. What it needs for a search it has from the beginning, and uses again and again. */
final class MemoryTreeSearch implements TreeSearch {

    private static final Receiver NOBODY = new Nobody();

    private final OpenMappings open;
    private final byte[] id = ContentKey.emptyTree();
    private final HashIndex.Key key;
    private final Supplier<Boolean> step = this::show;
    private final IntPredicate eachContent = this::content;
    private final IntPredicate eachOffer = this::offer;
    private Receiver receiver = NOBODY;

    MemoryTreeSearch(OpenMappings open) {
        this.open = open;
        key = open.index.keyOfId(id);
    }

    @Override
    public boolean find(ByteBuffer digest, int index, Receiver to) {
        digest.get(index, id, id.length - DIGEST, DIGEST);
        receiver = to;
        open.read(step);
        receiver = NOBODY;
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
