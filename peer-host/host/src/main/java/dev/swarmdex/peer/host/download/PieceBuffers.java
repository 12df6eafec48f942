package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.host.tree.PastCache;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The memory for the pieces that all downloads of a host are reading: buffers outside the heap, aligned for writes past the
 * page cache, used again and again, and in all never more than the budget. Whoever finds it spent waits. Safe for many
 * threads; guarded by the object's monitor.
 */
final class PieceBuffers {

    private static final long LARGEST_BUDGET = 256L << 20;
    private static final long SMALLEST_BUDGET = 32L << 20;
    private static final long LOOK_AGAIN_MILLIS = 250;

    private final long budget;
    private final Map<Integer, Deque<Piece>> idle = new HashMap<>();
    private long allocated;

    /**
     * Buffers that together take no more than that many bytes.
     *
     * @param budget at least what the largest piece takes
     */
    PieceBuffers(long budget) {
        this.budget = budget;
    }

    /** A quarter of what the heap may grow to, since the JVM allows as much outside it as on it; 32 to 256 MiB. */
    static PieceBuffers forThisMachine() {
        return new PieceBuffers(Math.clamp(Runtime.getRuntime().maxMemory() / 4, SMALLEST_BUDGET, LARGEST_BUDGET));
    }

    /** A buffer that is lent; closing gives it back. */
    final class Piece implements AutoCloseable {

        private final Arena arena = Arena.ofShared();
        private final ByteBuffer buffer;

        private Piece(int size) {
            this.buffer = arena.allocate(size, PastCache.ALIGNMENT).asByteBuffer();
        }

        ByteBuffer buffer() {
            return buffer;
        }

        @Override
        public void close() {
            giveBack(this);
        }
    }

    /**
     * Lends a buffer, waiting while the budget is spent.
     *
     * @param givenUp whether it is not needed any more; asked several times a second
     * @return the buffer; empty when it was given up
     */
    synchronized Optional<Piece> lend(int size, BooleanSupplier givenUp) throws InterruptedException {
        int rounded = Math.max(1, Math.ceilDiv(size, PastCache.ALIGNMENT)) * PastCache.ALIGNMENT;
        while (!givenUp.getAsBoolean()) {
            Deque<Piece> same = idle.get(rounded);
            if (same != null) {
                Piece piece = same.pop();
                if (same.isEmpty()) {
                    idle.remove(rounded);
                }
                return Optional.of(piece);
            }
            if (hasRoomFor(rounded)) {
                Piece piece = new Piece(rounded);
                allocated += rounded;
                return Optional.of(piece);
            }
            wait(LOOK_AGAIN_MILLIS);
        }
        return Optional.empty();
    }

    private boolean hasRoomFor(int size) {
        Iterator<Deque<Piece>> others = idle.values().iterator();
        while (allocated + size > budget && others.hasNext()) {
            others.next().forEach(this::free);
            others.remove();
        }
        return allocated + size <= budget;
    }

    private void free(Piece unused) {
        allocated -= unused.buffer.capacity();
        unused.arena.close();
    }

    /** Gives the memory that is not lent back to the system, because nobody is likely to need it soon. */
    synchronized void rest() {
        idle.values().forEach(same -> same.forEach(this::free));
        idle.clear();
    }

    private synchronized void giveBack(Piece piece) {
        idle.computeIfAbsent(piece.buffer.capacity(), _ -> new ArrayDeque<>()).push(piece);
        notifyAll();
    }
}
