package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder that holds a copy of each jar in use. A jar is loaded from its copy, because a class loader does not bear that
 * its jar is overwritten, which an operator may do at any time, and because the bytes that were checked have to be the
 * bytes that are loaded. For one thread.
 */
public final class PluginCopies {

    private static final Logger LOG = LoggerFactory.getLogger(PluginCopies.class);

    private static final String TEMPORARY = "swarmdex-plugins-";

    private final Path folder;
    /** What it belongs to, if it is a temporary one. */
    private final @Nullable TemporaryFolder temporary;
    private int copied;

    private PluginCopies(Path folder, @Nullable TemporaryFolder temporary) {
        this.folder = folder;
        this.temporary = temporary;
    }

    /** Copies in a folder that belongs to one host alone; what a host that was killed left there is deleted. */
    public static PluginCopies in(Path folder) throws IOException {
        deleteAll(folder);
        Files.createDirectories(folder,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new PluginCopies(folder, null);
    }

    /** Copies in a temporary folder; those of commands that were killed are deleted. */
    public static PluginCopies temporary() throws IOException {
        return temporaryIn(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static PluginCopies temporaryIn(Path parent) throws IOException {
        TemporaryFolder own = TemporaryFolder.in(parent, TEMPORARY);
        for (TemporaryFolder left : TemporaryFolder.leftIn(parent, TEMPORARY, Files.getOwner(own.path()))) {
            LOG.debug("{} was left by a command that was killed", left.path());
            deleteQuietly(left);
        }
        return new PluginCopies(own.path(), own);
    }

    /** Copies a file into a folder that is for this copy alone. */
    Path add(Path file) throws IOException {
        // a failure takes no number, so that the next attempt fails with the very same words
        Path own = Files.createDirectories(folder.resolve(String.valueOf(copied + 1)));
        try {
            Path copy = Files.copy(file, own.resolve(file.getFileName()));
            copied++;
            return copy;
        } catch (IOException e) {
            deleteQuietly(own);
            throw e;
        }
    }

    /** Deletes a copy, and what was unpacked beside it. */
    void delete(Path copy) {
        Path own = copy.getParent();
        if (own != null) {
            deleteQuietly(own);
        }
    }

    /** Deletes all copies, and the folder. */
    void deleteAll() {
        if (temporary == null) {
            deleteQuietly(folder);
        } else {
            deleteQuietly(temporary);
        }
    }

    /** Deletes it before its lock is free for others. */
    private static void deleteQuietly(TemporaryFolder temporary) {
        try (temporary) {
            deleteAll(temporary.path());
        } catch (IOException e) {
            LOG.warn("can't delete {}: {}", temporary.path(), e.toString());
        }
    }

    private static void deleteQuietly(Path tree) {
        try {
            deleteAll(tree);
        } catch (IOException e) {
            LOG.warn("can't delete {}: {}", tree, e.toString());
        }
    }

    private static void deleteAll(Path tree) throws IOException {
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure)
                        throws IOException {
                    if (failure != null) {
                        throw failure;
                    }
                    Files.delete(folder);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (NoSuchFileException nothingThere) {
            LOG.debug("nothing to delete at {}", tree);
        }
    }
}
