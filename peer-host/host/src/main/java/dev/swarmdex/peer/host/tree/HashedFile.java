package dev.swarmdex.peer.host.tree;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A file that is read once, by many threads, to be hashed. Each thread reads into a direct buffer of its own, which saves
 * a copy: with a buffer on the heap the JDK reads into a hidden direct one first.
 *
 * <p>A file that takes more than a quarter of the machine's memory is read past the page cache (O_DIRECT), where the file
 * system can: otherwise it would push out what others, and the host's own uploads, have there, and not even its own end
 * would be found there later. Smaller files go through the page cache, since a new file is often still in it.
 */
final class HashedFile implements AutoCloseable {

    /** The most bytes of one read. */
    static final int READ = 1 << 20;

    /** No machine is so small that it is worth asking for the size of its memory below. */
    private static final long NEVER_LARGE = 1L << 28;

    private static final ThreadLocal<ByteBuffer> BUFFERS = ThreadLocal
            .withInitial(() -> ByteBuffer.allocateDirect(READ + PastCache.ALIGNMENT).alignedSlice(PastCache.ALIGNMENT));

    private final Path file;
    private final FileChannel channel;
    private final long size;

    private HashedFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.size = channel.size();
    }

    /** Opens a regular file, without following a link; past the page cache if it is too large for that. */
    static HashedFile open(Path file) throws IOException {
        return open(file, size -> size > NEVER_LARGE && size > memory() / 4);
    }

    /** Tells whether a file of that size is to be read past the page cache. */
    @FunctionalInterface
    interface Decision {

        boolean isPastCache(long size);
    }

    static HashedFile open(Path file, Decision decision) throws IOException {
        OpenOption[] options = {StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS};
        Optional<FileChannel> pastCache = decision.isPastCache(Files.size(file))
                ? PastCache.open(file, options)
                : Optional.empty();
        FileChannel channel = pastCache.isPresent() ? pastCache.get() : FileChannel.open(file, options);
        try {
            return new HashedFile(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static long memory() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    Path path() {
        return file;
    }

    /** The size that the file had when it was opened. */
    long size() {
        return size;
    }

    /**
     * Reads part of the file, into a buffer that belongs to the calling thread until it reads again.
     *
     * @param position where pieces may begin, or a multiple of {@value #READ} bytes after that
     * @param length at most {@value #READ}; what follows in the file may be read along, and left out
     * @throws IOException when the file became shorter, too
     */
    ByteBuffer read(long position, int length) throws IOException {
        ByteBuffer buffer = BUFFERS.get();
        buffer.clear().limit(Math.ceilDiv(length, PastCache.ALIGNMENT) * PastCache.ALIGNMENT);
        while (buffer.position() < length) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException(file + " became shorter while it was hashed");
            }
        }
        return buffer.position(0).limit(length);
    }

    /** Throws an IOException if there is more in the file now than when it was opened. */
    void checkSize() throws IOException {
        if (channel.size() != size) {
            throw new IOException(file + " became longer while it was hashed");
        }
    }

    /** Ends the reads in progress, too. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
