package dev.swarmdex.store.database;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Those who read a database file while a server writes it. Each holds a shared lock on a file beside it, which the system takes
 * back if its process ends; the server, which makes that file, looks whether there is any. For the writer's thread.
 */
final class Readers implements Closeable {

    private final Path marker;
    private final FileChannel channel;

    private Readers(Path marker, FileChannel channel) {
        this.marker = marker;
        this.channel = channel;
    }

    /** Looks for readers of that database file. Fails if the file beside it can't be made. */
    static Readers of(H2File file) throws IOException {
        Path marker = marker(file.data());
        return new Readers(marker, FileChannel.open(marker, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    }

    /**
     * Becomes a reader of the file with that data, until the result is closed; does nothing for a file that no server
     * has opened.
     */
    static Closeable enter(Path data) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(marker(data), StandardOpenOption.READ);
        } catch (NoSuchFileException e) {
            return () -> {};
        }
        try {
            channel.lock(0, Long.MAX_VALUE, true);
        } catch (OverlappingFileLockException e) {
            // this process reads it already, or is the server: both know
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return channel;
    }

    boolean any() throws IOException {
        try (FileLock alone = channel.tryLock()) {
            return alone == null;
        } catch (OverlappingFileLockException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(marker);
    }

    private static Path marker(Path data) {
        return data.resolveSibling(data.getFileName() + ".readers");
    }
}
