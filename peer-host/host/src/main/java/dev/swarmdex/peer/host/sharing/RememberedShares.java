package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What was shared and unshared by command, kept in {@code shares.json} in the state folder so that it outlives the host;
 * the config file is the user's alone. For one thread.
 */
final class RememberedShares {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    /** The file's content: absolute paths; {@code folders} came later than the others. */
    record Paths(List<String> shared, List<String> excluded, Optional<List<String>> folders) {}

    private final Path file;
    private final boolean writable;
    private final Set<Path> shared = new LinkedHashSet<>();
    private final Set<Path> excluded = new LinkedHashSet<>();
    private final Set<Path> folders = new LinkedHashSet<>();

    private RememberedShares(Path file, boolean writable) {
        this.file = file;
        this.writable = writable;
    }

    /**
     * Reads what was remembered; nothing, when nothing ever was.
     *
     * @param writable whether what changes is remembered too
     * @throws IOException when the file is damaged, with a message for the operator
     */
    static RememberedShares read(Path stateFolder, boolean writable) throws IOException {
        RememberedShares remembered = new RememberedShares(stateFolder.resolve("shares.json"), writable);
        try {
            Paths paths = JSON.readValue(Files.readString(remembered.file), Paths.class);
            paths.shared.forEach(path -> remembered.shared.add(Path.of(path)));
            paths.excluded.forEach(path -> remembered.excluded.add(Path.of(path)));
            paths.folders.ifPresent(all -> all.forEach(path -> remembered.folders.add(Path.of(path))));
        } catch (NoSuchFileException nothingYet) {
            return remembered;
        } catch (JacksonException e) {
            throw new IOException(
                    remembered.file + " is damaged; repair or remove it (" + e.getOriginalMessage() + ")", e);
        }
        return remembered;
    }

    List<Path> shared() {
        return List.copyOf(shared);
    }

    boolean isExcluded(Path path) {
        return excluded.contains(path);
    }

    void share(Path path) {
        shared.add(path);
    }

    void unshare(Path path) {
        shared.remove(path);
    }

    void exclude(Path path) {
        excluded.add(path);
    }

    /** Forgets the exclusions at this path and below, and returns which there were. */
    List<Path> includeBelow(Path path) {
        List<Path> included = excluded.stream().filter(each -> each.startsWith(path)).toList();
        included.forEach(excluded::remove);
        return included;
    }

    /** The folders that are offered as one thing, whatever root shares their files. */
    List<Path> folders() {
        return List.copyOf(folders);
    }

    void addFolder(Path real) {
        folders.add(real);
    }

    void removeFolder(Path real) {
        folders.remove(real);
    }

    /** Writes all of it, if it may; a crash leaves the old file or the new one. */
    void save() throws IOException {
        if (!writable) {
            return;
        }
        Paths paths = new Paths(texts(shared), texts(excluded), Optional.of(texts(folders)));
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(paths) + "\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> texts(Set<Path> paths) {
        return paths.stream().map(Path::toString).toList();
    }
}
