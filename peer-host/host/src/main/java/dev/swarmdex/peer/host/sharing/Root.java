package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A path that is shared as a whole: a folder with all below it, or a single file. It may not exist yet; once it was seen,
 * it stays a folder or a file, at that real path. For the loop's thread.
 */
final class Root {

    private final Path given;
    private final boolean byCommand;
    private final long place;
    private final Consumer<Root> seen;
    private @Nullable Path real;
    private boolean folder;

    /**
     * The root at this path, of which links are followed.
     *
     * @param place its place among all roots, of which the first one names a file
     * @param seen is told once, when there is something at the path
     */
    Root(Path given, boolean byCommand, long place, Consumer<Root> seen) {
        this.given = given;
        this.byCommand = byCommand;
        this.place = place;
        this.seen = seen;
    }

    /** The path as the user wrote it, made absolute. */
    Path given() {
        return given;
    }

    /** Whether it was shared by command rather than by config. */
    boolean byCommand() {
        return byCommand;
    }

    /** The real path, of what is or was there. */
    Optional<Path> real() {
        if (real == null) {
            try {
                Path found = given.toRealPath();
                folder = Files.isDirectory(found);
                real = found;
                seen.accept(this);
            } catch (IOException notThereYet) {
                return Optional.empty();
            }
        }
        return Optional.of(real);
    }

    boolean comesBefore(Root other) {
        return place < other.place;
    }

    boolean isFolder() {
        return real().isPresent() && folder;
    }

    /** The name by which a real path under this root is offered; empty when it is not under it, or is never shared. */
    Optional<String> nameOf(Path file) {
        Path path = real;
        if (path == null || !file.startsWith(path) || folder == file.equals(path)) {
            return Optional.empty();
        }
        if (!folder) {
            return Optional.of(OfferedName.of(given.getFileName()));
        }
        Path relative = path.relativize(file);
        return OfferedName.isIgnored(relative) ? Optional.empty() : Optional.of(OfferedName.of(relative));
    }
}
