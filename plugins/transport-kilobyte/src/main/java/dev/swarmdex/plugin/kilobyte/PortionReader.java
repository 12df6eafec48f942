package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.SharedContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads portions of shared contents, and some more behind each, because whoever asks for one will ask for the next ones: to
 * open a file for every kilobyte takes longer than to read it. For one thread.
 */
final class PortionReader {

    private static final int AHEAD = 32 * Portions.SIZE;
    /** Whoever asks gives up who waits much longer, so what comes slowly, because of a limit say, is not read so far ahead. */
    private static final long LONGEST_READ = TimeUnit.SECONDS.toNanos(1);

    /** What was read last: part of this content, from this portion on. */
    private @Nullable ContentId id;
    private long first;
    private int ahead = Portions.SIZE;
    private final ByteBuffer bytes = ByteBuffer.allocate(AHEAD).limit(0);

    /** A portion that the content has; the view is good until the next call. */
    ByteBuffer read(SharedContent content, long portion) throws IOException {
        if (!holds(content, portion)) {
            fill(content, portion);
        }
        return bytes.slice((int) (portion - first) * Portions.SIZE, Portions.length(portion, content.size()));
    }

    private boolean holds(SharedContent content, long portion) {
        return content.id().equals(id) && portion >= first && portion - first < Portions.count(bytes.limit());
    }

    private void fill(SharedContent content, long portion) throws IOException {
        long offset = portion * Portions.SIZE;
        id = null;
        bytes.clear();
        long start = System.nanoTime();
        content.transferTo(offset, Math.min(ahead, content.size() - offset), new Memory(bytes));
        ahead = System.nanoTime() - start > LONGEST_READ
                ? Math.max(Portions.SIZE, ahead / 2)
                : Math.min(AHEAD, ahead * 2);
        bytes.flip();
        id = content.id();
        first = portion;
    }

    /** A channel into memory. */
    private record Memory(ByteBuffer target) implements WritableByteChannel {

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
            return true;
        }

        @Override
        public void close() {
            // memory needs none
        }
    }
}
