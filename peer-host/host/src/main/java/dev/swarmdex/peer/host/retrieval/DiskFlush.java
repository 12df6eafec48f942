package dev.swarmdex.peer.host.retrieval;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes many small files that were written last through a crash: on Linux by one {@code syncfs}, which takes as long as a
 * few dozen {@code fsync}s, elsewhere file by file.
 */
final class DiskFlush {

    private static final Logger LOG = LoggerFactory.getLogger(DiskFlush.class);

    private DiskFlush() {}

    /** Flushes these files, which are below the folder and on its file system. */
    static void of(Path folder, List<Path> files) throws IOException {
        if (files.isEmpty() || ofFileSystem(folder)) {
            return;
        }
        for (Path file : files) {
            if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                    channel.force(true);
                }
            }
        }
    }

    /** Flushes all that was written to the file system that a folder is on; false where that can't be done at once. */
    @SuppressWarnings({"restricted", "CatchThrowable"}) // calls into libc, which the launcher allows
    static boolean ofFileSystem(Path folder) {
        if (!System.getProperty("os.name", "").equals("Linux")) {
            return false;
        }
        try (Arena arena = Arena.ofConfined()) {
            // all before the first call: a missing one must not leave the descriptor open
            MethodHandle open = function("open", ValueLayout.ADDRESS, ValueLayout.JAVA_INT);
            MethodHandle syncfs = function("syncfs", ValueLayout.JAVA_INT);
            MethodHandle close = function("close", ValueLayout.JAVA_INT);
            MemorySegment path = arena.allocateFrom(folder.toString());
            int descriptor = (int) open.invokeExact(path, 0);
            if (descriptor < 0) {
                return false;
            }
            try {
                return (int) syncfs.invokeExact(descriptor) == 0;
            } finally {
                int _ = (int) close.invokeExact(descriptor);
            }
        } catch (Throwable unavailable) {
            LOG.debug("flushing file by file: {}", unavailable.toString());
            return false;
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(String name, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        SymbolLookup lookup = linker.defaultLookup();
        return linker.downcallHandle(lookup.findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, arguments));
    }
}
