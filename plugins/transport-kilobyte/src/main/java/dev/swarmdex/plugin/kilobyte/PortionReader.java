package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads portions of shared contents, and some more ahead for a client that asks for one after the other: to open a file for every
 * kilobyte takes longer than to read it. It reads ahead as much as was asked for in a row, so that a client that jumps about can't
 * spend the host's upload limit on what is never sent. For one thread.
 */
final class PortionReader {

    private static final int AHEAD = 32 * Portions.SIZE;
    /** A client that waits much longer gives up, so what comes slowly, because of a limit say, is not read so far ahead. */
    private static final long LONGEST_READ = TimeUnit.SECONDS.toNanos(1);

    /** What was read last: part of this content, from this portion on. */
    private @Nullable ContentId id;
    private long first;
    /** The content and the portion that were asked for last. */
    private @Nullable ContentId lastId;
    private long last;
    /** How much is read at once if the next portion follows the last. */
    private int ahead = Portions.SIZE;
    private final ByteBuffer bytes = ByteBuffer.allocate(AHEAD).limit(0);
    private final BooleanSupplier wanted;

    /**
     * A reader.
     *
     * @param wanted whether the one who asks has not left meanwhile: a read that has to wait is given up then
     */
    PortionReader(BooleanSupplier wanted) {
        this.wanted = wanted;
    }

    /** A portion that the content has; the view is good until the next call. */
    ByteBuffer read(SharedContent content, long portion) throws IOException {
        if (!holds(content, portion)) {
            boolean follows = content.id().equals(lastId) && portion == last + 1;
            fill(content, portion, follows ? ahead : Portions.SIZE);
        }
        lastId = content.id();
        last = portion;
        return bytes.slice((int) (portion - first) * Portions.SIZE, Portions.length(portion, content.size()));
    }

    private boolean holds(SharedContent content, long portion) {
        return content.id().equals(id) && portion >= first && portion - first < Portions.count(bytes.limit());
    }

    private void fill(SharedContent content, long portion, int length) throws IOException {
        long offset = portion * Portions.SIZE;
        id = null;
        bytes.clear();
        long start = System.nanoTime();
        content.transferTo(offset, Math.min(length, content.size() - offset), new Memory(bytes, wanted));
        ahead = System.nanoTime() - start > LONGEST_READ
                ? Math.max(Portions.SIZE, length / 2)
                : Math.min(AHEAD, length * 2);
        bytes.flip();
        id = content.id();
        first = portion;
    }

    /** A channel into memory, open as long as somebody wants what comes. */
    private record Memory(ByteBuffer target, BooleanSupplier wanted) implements WritableByteChannel {

        @Override
        public int write(ByteBuffer source) throws IOException {
            if (source.remaining() > target.remaining()) {
                throw new IOException("more comes than was asked for");
            }
            int length = source.remaining();
            target.put(source);
            return length;
        }

        @Override
        public boolean isOpen() {
            return wanted.getAsBoolean();
        }

        @Override
        public void close() {
            // memory needs none
        }
    }
}
