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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file that is read once, by many threads, to be hashed. Each thread reads into a direct buffer of its own, which saves
 * a copy: with a buffer on the heap the JDK reads into a hidden direct one first.
 *
 * <p>A file that takes more than a quarter of the machine's memory is read past the page cache (O_DIRECT), where the file
 * system can: otherwise it would push out what others, and the host's own uploads, have there, and not even its own end
 * would be found there later. Smaller files go through the page cache, since a new file is often still in it.
 */
final class HashedFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HashedFile.class);

    /** The most bytes of one read. */
    static final int READ = 1 << 20;

    /** What reads past the page cache must begin and end at: file systems ask for 512 or 4096 bytes. */
    private static final int ALIGNMENT = 4096;
    /** No machine is so small that it is worth asking for the size of its memory below. */
    private static final long NEVER_LARGE = 1L << 28;

    private static final ThreadLocal<ByteBuffer> BUFFERS = ThreadLocal
            .withInitial(() -> ByteBuffer.allocateDirect(READ + ALIGNMENT).alignedSlice(ALIGNMENT));

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
    interface PastCache {

        boolean decide(long size);
    }

    static HashedFile open(Path file, PastCache pastCache) throws IOException {
        FileChannel channel = pastCache.decide(Files.size(file)) ? openPastCache(file) : openThroughCache(file);
        try {
            return new HashedFile(file, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static FileChannel openThroughCache(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static FileChannel openPastCache(Path file) throws IOException {
        try {
            if (ALIGNMENT % Files.getFileStore(file).getBlockSize() == 0) {
                return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS, direct());
            }
        } catch (IOException | UnsupportedOperationException | ReflectiveOperationException cannot) {
            LOG.debug("{} is read through the page cache: {}", file, cannot.toString());
        }
        return openThroughCache(file);
    }

    /**
     * O_DIRECT. The JDK's module jdk.unsupported exports and documents it, but javac warns of each mention, and can't be
     * told not to: hence by its name.
     */
    private static OpenOption direct() throws ReflectiveOperationException {
        for (Object option : Class.forName("com.sun.nio.file.ExtendedOpenOption").getEnumConstants()) {
            if (option instanceof OpenOption known && option.toString().equals("DIRECT")) {
                return known;
            }
        }
        throw new ClassNotFoundException("this JDK has no option DIRECT");
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
        buffer.clear().limit(Math.ceilDiv(length, ALIGNMENT) * ALIGNMENT);
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
