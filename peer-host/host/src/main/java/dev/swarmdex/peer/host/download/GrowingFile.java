package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.host.tree.PastCache;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file beside a download's target, locked for this download, which gets the target's name when it is whole.
 *
 * <p>Writes may come from any thread that is never interrupted; the rest is for the one that owns the download, which
 * may be: it uses no interruptible channel, because an interrupt would close that for all.
 */
final class GrowingFile implements AutoCloseable {

    /** Writing in slices keeps the JDK's per-thread copy of a heap buffer small. */
    private static final int WRITE_SLICE = 1 << 20;

    private final Path path;
    private final Path target;
    private final RandomAccessFile file;
    /** The same file opened for writes past the page cache. */
    private @Nullable FileChannel pastCache;
    private boolean isWhole;

    private GrowingFile(Path path, Path target, RandomAccessFile file) {
        this.path = path;
        this.target = target;
        this.file = file;
    }

    /**
     * Opens the file that has the target's {@link WorkingName} with a suffix, as it is or empty.
     *
     * @throws DownloadException when another download has it
     */
    static GrowingFile open(Path target, String suffix) throws IOException {
        Files.createDirectories(folder(target));
        Path path = WorkingName.beside(target, suffix);
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        try {
            lock(file.getChannel(), path);
            return new GrowingFile(path, target, file);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    private static void lock(FileChannel channel, Path path) throws IOException {
        @Nullable
        FileLock lock;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException ours) {
            lock = null;
        }
        if (lock == null) {
            throw new DownloadException("another download is writing " + path + "; wait for it, or use -o");
        }
    }

    private static Path folder(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        return folder == null ? target.toAbsolutePath() : folder;
    }

    /** Refuses to begin what can't end for want of room. */
    static void requireSpace(Path target, long size) throws IOException {
        Path folder = Files.createDirectories(folder(target));
        long free = Files.getFileStore(folder).getUsableSpace();
        if (free < size) {
            throw new DownloadException("disk full: %s needs %,d bytes and %s has %,d free; make room, or use -o"
                    .formatted(target.getFileName(), size, folder, free));
        }
    }

    Path path() {
        return path;
    }

    void setLength(long size) throws IOException {
        file.setLength(size);
    }

    /**
     * From now on, what is aligned is written past the page cache, where the file system can do that: the data of a large
     * file would push out what others have there, and copying it there is half of the work of receiving it. To be called
     * before the first write.
     */
    void writePastCache() {
        pastCache = PastCache.open(path, StandardOpenOption.WRITE).orElse(null);
    }

    /** Writes at that place; what is written past the page cache has to begin there and in memory at a whole block. */
    void write(long offset, ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        int aligned = pastCache == null ? 0 : PastCache.wholeBlocks(offset, bytes);
        if (pastCache != null && aligned > 0) {
            write(pastCache, offset, bytes.limit(bytes.position() + aligned), aligned);
            bytes.limit(end);
        }
        write(file.getChannel(), offset + aligned, bytes, WRITE_SLICE);
    }

    private static void write(FileChannel channel, long offset, ByteBuffer bytes, int slice) throws IOException {
        int end = bytes.limit();
        for (long at = offset; bytes.position() < end;) {
            bytes.limit(Math.min(end, bytes.position() + slice));
            at += channel.write(bytes, at);
        }
        bytes.limit(end);
    }

    void flush() throws IOException {
        file.getFD().sync();
    }

    /** Gives the whole file the target's name, or removes it where the very same has come there meanwhile. */
    void finish() throws IOException {
        flush();
        close();
        isWhole = true;
        try {
            if (!WholePart.moveUnlessThere(path, target)) {
                Files.delete(path);
            }
        } catch (FileAlreadyExistsException exists) {
            throw new DownloadException(target + " came into being meanwhile and is something else; the download is"
                    + " whole in " + path + ": give that another name", exists);
        }
    }

    /** Removes the file, unless it is whole: then it has the target's name, or is all there is of the content. */
    void discard() throws IOException {
        close();
        if (!isWhole) {
            Files.deleteIfExists(path);
        }
    }

    @Override
    public void close() throws IOException {
        FileChannel other = pastCache;
        try {
            file.close();
        } finally {
            if (other != null) {
                other.close();
            }
        }
    }
}
