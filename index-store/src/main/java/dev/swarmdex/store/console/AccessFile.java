package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a server leaves beside its database for those of its user's programs that want to read it: three lines, for no eyes but
 * that user's. A killed server leaves it behind, so it may tell of one that is gone.
 */
record AccessFile(String url, String user, String password) {

    /** Writes the file whole or not at all, readable by its owner only. */
    void write(Path path) {
        try {
            // created with mode 0600 where the file system has modes
            Path draft = Files.createTempFile(path.toAbsolutePath().getParent(), path.getFileName().toString(), null);
            Files.write(draft, List.of("url=" + url, "user=" + user, "password=" + password));
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new StoreException("the file " + path + " for the SQL console can't be written: " + e.getMessage(),
                    e);
        }
    }

    /** Reads the file; empty if there is none, or another file of that name. */
    static Optional<AccessFile> read(Path path) {
        try {
            List<String> lines = Files.readAllLines(path);
            return lines.size() == 3 && lines.get(0).startsWith("url=jdbc:h2:tcp:") && lines.get(1).startsWith("user=")
                    && lines.get(2).startsWith("password=")
                            ? Optional.of(new AccessFile(value(lines.get(0)), value(lines.get(1)), value(lines.get(2))))
                            : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new StoreException("the file " + path + " can't be read: allow it to this user", e);
        }
    }

    /** Hides the password and the key in the URL. */
    @Override
    public String toString() {
        return "AccessFile[" + user + "]";
    }

    private static String value(String line) {
        return line.substring(line.indexOf('=') + 1);
    }
}
