package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder that its process has for itself, with a file that is locked as long as that lives: so the folders of processes that
 * were killed are known.
 */
record TemporaryFolder(Path path, FileChannel lock) implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TemporaryFolder.class);
    private static final String LOCK = "lock";
    /** Those of this process: to open and close the lock file of one would end its lock. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    /** Makes one in a folder; the caller deletes and closes it. */
    static TemporaryFolder in(Path parent, String prefix) throws IOException {
        Path path = Files.createTempDirectory(parent, prefix);
        OWN.add(path);
        // under another name until it is locked, so that nobody finds it before
        Path fresh = path.resolve(LOCK + ".new");
        FileChannel lock = FileChannel.open(fresh, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            lock.lock();
            Files.move(fresh, path.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
            return new TemporaryFolder(path, lock);
        } catch (IOException | RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** Those in a folder that processes of the same user have left, locked by this one now. */
    static List<TemporaryFolder> leftIn(Path parent, String prefix, UserPrincipal user) {
        List<TemporaryFolder> left = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, prefix + "*")) {
            for (Path folder : folders) {
                if (!OWN.contains(folder) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                        && user.equals(Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS))) {
                    FileChannel lock = lock(folder);
                    if (lock != null) {
                        left.add(new TemporaryFolder(folder, lock));
                    }
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            LOG.debug("what was left in {} is not looked for any further", parent, unreadable);
        }
        return left;
    }

    /** The lock of a folder that nobody has; null where somebody has it, or there is none. */
    private static @Nullable FileChannel lock(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException none) {
            return null;
        }
        @Nullable
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException anotherThread) {
            LOG.debug("{} is being looked at", folder);
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? null : channel;
    }

    @Override
    public void close() throws IOException {
        lock.close();
        OWN.remove(path);
    }
}
