package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.download.WorkingName;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where copies of single files are until they are whole: beside their targets. Each has its own, since any number may be made of
 * one file at once; its name tells the process, so that what a killed one has left is known as such. Safe for many threads.
 */
final class CopyParts {

    private static final Logger LOG = LoggerFactory.getLogger(CopyParts.class);
    /** Like all that end in {@code .part}, they are never shared; those of downloads end otherwise. */
    private static final String SUFFIX = ".folder.part";
    private static final Pattern OWN_SUFFIX = Pattern.compile("\\.(\\d{1,18})-\\d{1,18}" + Pattern.quote(SUFFIX) + "$");
    private static final long PROCESS = ProcessHandle.current().pid();
    private static final AtomicLong COUNT = new AtomicLong();
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private CopyParts() {}

    /** Where the next copy is to be; to be {@link #remove removed} in any case. */
    static Path next(Path target) {
        Path part = WorkingName.beside(target.toAbsolutePath(), "." + PROCESS + "-" + COUNT.incrementAndGet() + SUFFIX);
        IN_USE.add(part);
        return part;
    }

    /** Removes a part, if it is still there. */
    static void remove(Path part) throws IOException {
        try {
            Files.deleteIfExists(part);
        } finally {
            IN_USE.remove(part);
        }
    }

    /** Removes what processes that were killed have left of copies to that target. */
    static void removeLeft(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> isLeft(file, target))) {
            for (Path file : files) {
                LOG.info("{} was left by a copy that was cut off, removed", file);
                Files.deleteIfExists(file);
            }
        } catch (IOException | DirectoryIteratorException stays) {
            LOG.warn("what a copy to {} has left can't be removed: {}", target, stays.toString());
        }
    }

    private static boolean isLeft(Path file, Path target) {
        Matcher suffix = OWN_SUFFIX.matcher(String.valueOf(file.getFileName()));
        return suffix.find() && WorkingName.beside(target.toAbsolutePath(), suffix.group()).equals(file)
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && !isInUse(file, Long.parseLong(suffix.group(1)));
    }

    /** A process of the same number may be another one by now: then the file stays, until that one has ended too. */
    private static boolean isInUse(Path file, long process) {
        return process == PROCESS ? IN_USE.contains(file) : ProcessHandle.of(process).isPresent();
    }
}
