package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.OptionalLong;

/**
 * A whole content as it comes, written from the beginning. One thread writes; any may ask how much there is.
 */
final class Arrival implements Offer.Sink {

    /** A content of unknown size may not fill the disk further than this, in bytes. */
    private static final long KEPT_FREE = 64L << 20;
    private static final long LOOK_AGAIN = 16L << 20;

    private final GrowingFile file;
    private final OptionalLong size;
    private final long limit;
    private volatile long written;
    private long nextLook;

    Arrival(GrowingFile file, OptionalLong size) {
        this.file = file;
        this.size = size;
        this.limit = size.orElse(HashTree.LARGEST_CONTENT);
    }

    /** How many bytes of the content are there. */
    long written() {
        return written;
    }

    @Override
    public void accept(ByteBuffer chunk) throws IOException {
        if (chunk.remaining() > limit - written) {
            throw new IOException("it sends more than the " + limit + " bytes of the content");
        }
        requireSpace();
        write(chunk);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
    private void write(ByteBuffer content) throws DownloadException {
        int length = content.remaining();
        try {
            file.write(written, content);
        } catch (IOException failure) {
            throw new DownloadException("can't write " + file.path() + ": " + failure.getMessage(), failure);
        }
        written += length;
    }

    private void requireSpace() throws IOException {
        if (size.isPresent() || written < nextLook) {
            return;
        }
        nextLook = written + LOOK_AGAIN;
        if (Files.getFileStore(file.path()).getUsableSpace() < KEPT_FREE) {
            throw new DownloadException("disk full: %s has no end yet after %,d bytes, and there is no more room"
                    .formatted(file.path().getFileName(), written));
        }
    }

    /** Takes note that nothing more comes. */
    void end() throws IOException {
        if (size.isPresent() && written < size.getAsLong()) {
            throw new IOException("it sent " + written + " bytes of " + size.getAsLong());
        }
    }
}
