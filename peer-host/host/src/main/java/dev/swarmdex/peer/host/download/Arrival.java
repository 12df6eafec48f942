package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.OptionalLong;

/**
 * A whole content as it comes: written from the beginning, and cut at its size where that is known. Behind the size only
 * the padding may come that the protocol fills its last message with, which is zeros. One thread writes; any may ask how
 * much there is.
 */
final class Arrival implements Offer.Sink {

    /** A content of unknown size may not fill the disk further than this, in bytes. */
    private static final long KEPT_FREE = 64L << 20;
    private static final long LOOK_AGAIN = 16L << 20;

    private final GrowingFile file;
    private final OptionalLong size;
    private final long limit;
    private final int mostPadding;
    private volatile long written;
    private int padding;
    private long nextLook;

    Arrival(GrowingFile file, OptionalLong size, int mostPadding) {
        this.file = file;
        this.size = size;
        this.limit = size.orElse(HashTree.LARGEST_CONTENT);
        this.mostPadding = mostPadding;
    }

    /** How many bytes of the content are there. */
    long written() {
        return written;
    }

    @Override
    public void accept(ByteBuffer chunk) throws IOException {
        int wanted = (int) Math.min(chunk.remaining(), limit - written);
        if (wanted > 0) {
            requireSpace();
            ByteBuffer content = chunk.slice(chunk.position(), wanted);
            write(content);
            chunk.position(chunk.position() + wanted);
        }
        while (chunk.hasRemaining()) {
            if (chunk.get() != 0 || ++padding > mostPadding) {
                throw new IOException("it sends more than the " + limit + " bytes of the content");
            }
        }
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
