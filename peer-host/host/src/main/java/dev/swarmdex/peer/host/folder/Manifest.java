package dev.swarmdex.peer.host.folder;

import dev.swarmdex.peer.api.ContentId;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All files of a folder: what makes the folder a content of its own, as one small file that any host or seed's client can
 * carry. The same files always give the same bytes, hence the same content id, on whatever host. Immutable.
 *
 * <p>It is UTF-8 text, each line ended by a line feed: first {@code swarmdex-folder 1}, then a line for each file, in the
 * order of their paths (by UTF-16 code units, as {@link String#compareTo}), with single spaces between
 *
 * <ol>
 * <li>the content id,
 * <li>the size in bytes,
 * <li>the time of its last modification, in milliseconds since 1970,
 * <li>{@code x} if its owner may run it, else {@code -},
 * <li>the path, as {@link FolderFile} allows it: it may have spaces.
 * </ol>
 *
 * <p>There is only one way to write a manifest; what is written in another way is refused. Folders without files are not in
 * it. Its content is offered by the folder's name with {@value #SUFFIX} after it, and not with a slash, which other hosts
 * would refuse to save under that name.
 */
public final class Manifest {

    /** What the names of folders' contents end in. */
    public static final String SUFFIX = ".folder";
    /** The most files of a folder. */
    public static final int MOST_FILES = 100_000;
    /** The longest manifest in bytes. */
    public static final int LARGEST = 32 << 20;
    private static final byte[] FIRST_LINE = "swarmdex-folder 1\n".getBytes(StandardCharsets.UTF_8);
    /** What a line has, the path being the last. */
    private static final int PARTS = 5;

    private final List<FolderFile> files;
    private final long size;

    private Manifest(List<FolderFile> files) {
        this.files = files;
        this.size = files.stream().mapToLong(FolderFile::size).reduce(0, Math::addExact);
    }

    /**
     * The manifest of these files, in whatever order they come.
     *
     * @throws IllegalArgumentException when they are too many, or two can't be in one folder
     */
    public static Manifest of(List<FolderFile> files) {
        if (files.size() > MOST_FILES) {
            throw new IllegalArgumentException(
                    files.size() + " files are more than a folder may have, which is " + MOST_FILES);
        }
        List<FolderFile> sorted = files.stream().sorted(Comparator.comparing(FolderFile::path)).toList();
        checkPlaces(sorted);
        return new Manifest(sorted);
    }

    /** No place is taken twice, nor both by a file and by a folder. */
    private static void checkPlaces(List<FolderFile> files) {
        Set<String> folders = foldersOf(files);
        Set<String> paths = HashSet.newHashSet(files.size());
        for (FolderFile file : files) {
            if (folders.contains(file.path()) || !paths.add(file.path())) {
                throw new IllegalArgumentException("the path \"" + file.path() + "\" occurs twice");
            }
        }
    }

    private static Set<String> foldersOf(List<FolderFile> files) {
        Set<String> folders = new HashSet<>();
        for (FolderFile file : files) {
            String path = file.path();
            int slash = path.lastIndexOf('/');
            while (slash > 0 && folders.add(path.substring(0, slash))) {
                slash = path.lastIndexOf('/', slash - 1);
            }
        }
        return folders;
    }

    /** Whether these bytes begin as manifests do, of whatever version. */
    public static boolean isManifest(byte[] bytes) {
        int name = FIRST_LINE.length - "1\n".length();
        return bytes.length >= name && Arrays.equals(bytes, 0, name, FIRST_LINE, 0, name);
    }

    /**
     * Reads a manifest, from whatever source.
     *
     * @throws IllegalArgumentException when it is not one, with what is wrong
     */
    public static Manifest parse(byte[] bytes) {
        if (bytes.length > LARGEST) {
            throw new IllegalArgumentException(bytes.length + " bytes are too many for a manifest");
        }
        if (!Arrays.equals(bytes, 0, Math.min(bytes.length, FIRST_LINE.length), FIRST_LINE, 0, FIRST_LINE.length)) {
            throw new IllegalArgumentException("it is not a manifest, or of a version that this host does not know");
        }
        List<FolderFile> files = new ArrayList<>();
        for (int start = FIRST_LINE.length; start < bytes.length;) {
            int end = endOfLine(bytes, start);
            if (files.size() == MOST_FILES) {
                throw new IllegalArgumentException("it has more than " + MOST_FILES + " files");
            }
            files.add(file(bytes, start, end, files.size() + 2));
            start = end + 1;
        }
        Manifest manifest = of(files);
        if (!Arrays.equals(manifest.encode(), bytes)) {
            throw new IllegalArgumentException("it is not written as manifests are: its order or its numbers differ");
        }
        return manifest;
    }

    private static int endOfLine(byte[] bytes, int start) {
        for (int at = start; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                return at;
            }
        }
        throw new IllegalArgumentException("its last line is cut off");
    }

    private static FolderFile file(byte[] bytes, int start, int end, int line) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start))
                    .toString();
            String[] parts = text.split(" ", PARTS);
            if (parts.length < PARTS || !(parts[3].equals("x") || parts[3].equals("-"))) {
                throw new IllegalArgumentException("not ID SIZE TIME x|- PATH");
            }
            return new FolderFile(parts[4], ContentId.parse(parts[0]), Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]), parts[3].equals("x"));
        } catch (IllegalArgumentException | CharacterCodingException wrong) {
            throw new IllegalArgumentException("line " + line + ": " + wrong.getMessage(), wrong);
        }
    }

    /** The manifest's bytes. */
    public byte[] encode() {
        StringBuilder text = new StringBuilder(files.size() * 128);
        for (FolderFile file : files) {
            text.append(file.id()).append(' ').append(file.size()).append(' ').append(file.modified())
                    .append(file.executable() ? " x " : " - ").append(file.path()).append('\n');
        }
        byte[] lines = text.toString().getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(FIRST_LINE, FIRST_LINE.length + lines.length);
        System.arraycopy(lines, 0, all, FIRST_LINE.length, lines.length);
        return all;
    }

    /** The files, in the order of their paths. */
    public List<FolderFile> files() {
        return files;
    }

    /** The size of all files together, in bytes. */
    public long size() {
        return size;
    }
}
