package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.download.WholePart;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.folder.Manifest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder on disk that a folder content goes to. Nothing is ever written through a link below it, nor over a file that is
 * there. Safe for many threads.
 */
final class TargetFolder {

    private static final Logger LOG = LoggerFactory.getLogger(TargetFolder.class);
    /** Where the manifest is while the folder is not complete; hidden, so never shared. */
    static final String MANIFEST = ".swarmdex" + Manifest.SUFFIX;
    /** Where files are until they are whole: hidden, so that nobody who watches the folder hears of them before. */
    private static final String PARTS = ".swarmdex.parts";
    private static final Map<PosixFilePermission, PosixFilePermission> EXECUTE = Map.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_EXECUTE);

    /** Where many files are made at once in one folder, all but one wait. */
    private static final int PART_FOLDERS = 8;
    private static final long PROCESS = ProcessHandle.current().pid();

    private final Path root;
    private final AtomicLong partCount = new AtomicLong();
    /** The folders that are there and are no links; guarded by this. */
    private final Set<Path> made = new HashSet<>();

    private TargetFolder(Path root) {
        this.root = root;
        made.add(root);
    }

    /** Makes the folder, unless it is there. */
    static TargetFolder open(Path path) throws IOException {
        try {
            return new TargetFolder(Files.createDirectories(path).toRealPath());
        } catch (FileAlreadyExistsException file) {
            throw new DownloadException(path + " is there and is no folder; move it away, or use -o", file);
        }
    }

    Path root() {
        return root;
    }

    Path manifest() {
        return root.resolve(MANIFEST);
    }

    /** Where a file of the folder goes. */
    Path pathOf(FolderFile file) throws DownloadException {
        try {
            Path path = root;
            for (String name : file.names()) {
                path = path.resolve(name);
            }
            return path;
        } catch (InvalidPathException impossible) {
            throw new DownloadException("\"" + file.path() + "\" can't be a file here", impossible);
        }
    }

    /** What is at a path now, without following a link; empty when nothing is. */
    Optional<BasicFileAttributes> look(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException nothing) {
            return Optional.empty();
        }
    }

    /** Refuses a manifest of which two files would be one here; the kept manifest must be there. */
    void requireDistinct(Manifest manifest) throws DownloadException {
        if (!Files.exists(root.resolve(MANIFEST.toUpperCase(Locale.ROOT)))) {
            return;
        }
        Map<String, String> seen = new HashMap<>();
        for (FolderFile file : manifest.files()) {
            for (int end = file.path().indexOf('/'); end >= 0; end = file.path().indexOf('/', end + 1)) {
                requireDistinct(seen, file.path().substring(0, end));
            }
            requireDistinct(seen, file.path());
        }
    }

    private void requireDistinct(Map<String, String> seen, String path) throws DownloadException {
        String other = seen.putIfAbsent(path.toLowerCase(Locale.ROOT), path);
        if (other != null && !other.equals(path)) {
            throw new DownloadException("\"" + other + "\" and \"" + path + "\" would be the same file in " + root
                    + ", whose file system ignores case; use -o to download to another one");
        }
    }

    /** Refuses to begin what can't end for want of room. */
    void requireSpace(long size) throws IOException {
        long free = Files.getFileStore(root).getUsableSpace();
        if (free < size) {
            throw new DownloadException("disk full: %s needs %,d bytes more and has %,d free; make room, or use -o"
                    .formatted(root, size, free));
        }
    }

    /** Makes the folders that a file goes to. */
    void makeFolderOf(Path path) throws IOException {
        Path parent = path.getParent();
        if (parent != null) {
            makeFolder(parent);
        }
    }

    private synchronized void makeFolder(Path folder) throws IOException {
        if (made.contains(folder)) {
            return;
        }
        makeFolderOf(folder);
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            try {
                Files.createDirectory(folder);
            } catch (FileAlreadyExistsException other) {
                requireFolder(folder, other);
            }
        }
        made.add(folder);
    }

    /** Whatever came into being there meanwhile has to be a folder, as another download makes it. */
    private static void requireFolder(Path path, FileAlreadyExistsException other) throws DownloadException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new DownloadException(path + " is there and is no folder; move it away, or use -o", other);
        }
    }

    /**
     * Writes a file whose bytes were verified; it appears under its name when it is whole.
     *
     * @return whether it was missing, as with {@link #finish}
     */
    boolean write(FolderFile file, Path target, ByteBuffer bytes) throws DownloadException {
        Path part = newPart();
        try {
            makeFolderOf(target);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            return finish(file, part, target);
        } catch (IOException failure) {
            remove(part);
            throw cannotWrite(target, failure);
        }
    }

    /** Where the next file can be until it is whole. */
    Path newPart() {
        long number = partCount.incrementAndGet();
        return root.resolve(PARTS).resolve(String.valueOf(number % PART_FOLDERS)).resolve(PROCESS + "-" + number);
    }

    /** Makes the place for files that are not whole yet, without what an attempt that died may have left there. */
    void makeParts() throws IOException {
        removeParts();
        Path parts = Files.createDirectory(root.resolve(PARTS));
        for (int number = 0; number < PART_FOLDERS; number++) {
            Files.createDirectory(parts.resolve(String.valueOf(number)));
        }
    }

    /** Removes that place. */
    void removeParts() throws IOException {
        Path parts = root.resolve(PARTS);
        if (Files.isDirectory(parts, LinkOption.NOFOLLOW_LINKS)) {
            List<Path> leftovers;
            try (Stream<Path> below = Files.walk(parts)) {
                leftovers = below.sorted(Comparator.reverseOrder()).toList();
            }
            for (Path leftover : leftovers) {
                Files.deleteIfExists(leftover);
            }
        }
        Files.deleteIfExists(parts);
    }

    /**
     * Gives a whole file its name, unless the download of another folder that has it too was faster.
     *
     * @return whether it was missing until now
     */
    boolean finish(FolderFile file, Path part, Path target) throws IOException {
        setAttributes(file, part);
        boolean wasMissing = WholePart.moveUnlessThere(part, target);
        if (!wasMissing) {
            Files.delete(part);
            mendAttributes(file, target);
        }
        return wasMissing;
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException stays) {
            LOG.debug("{} is left", part, stays);
        }
    }

    static DownloadException cannotWrite(Path target, IOException failure) {
        return failure instanceof DownloadException known
                ? known
                : new DownloadException("can't write " + target + ": " + failure
                        + "; what is there is kept: mend that, and run the command again", failure);
    }

    /** Gives a file that was there already what the manifest tells, unless it looks like that. */
    void mendAttributes(FolderFile file, Path path) throws IOException {
        if (Files.getLastModifiedTime(path).toMillis() != file.modified()) {
            setAttributes(file, path);
        }
    }

    /** Gives a file the time and the permission that the manifest tells. */
    void setAttributes(FolderFile file, Path path) throws IOException {
        if (file.executable() && path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
            EXECUTE.forEach((read, execute) -> {
                if (permissions.contains(read)) {
                    permissions.add(execute);
                }
            });
            Files.setPosixFilePermissions(path, permissions);
        }
        // the time of the last access too: without it, the JDK would ask what that is
        Files.getFileAttributeView(path, BasicFileAttributeView.class).setTimes(
                FileTime.fromMillis(file.modified()), FileTime.fromMillis(System.currentTimeMillis()), null);
    }

    /** Whether it holds nothing but what this host makes itself: the manifest, and the place for what is not whole yet. */
    boolean isEmpty() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            return entries.allMatch(
                    entry -> entry.equals(manifest()) || entry.equals(root.resolve(PARTS)));
        }
    }
}
