package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.host.download.DownloadException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Where a download goes. Contents' names come from strangers and must not lead out of the download folder. */
public final class TargetPath {

    private TargetPath() {}

    /** The wanted path; a folder takes the content under its name; without a wish it goes to the download folder. */
    public static Path of(String name, Path downloadDir, Optional<String> wish) throws DownloadException {
        if (wish.isEmpty()) {
            return inside(downloadDir, name);
        }
        Path path = Path.of(wish.get());
        boolean isFolder = Files.isDirectory(path) || wish.get().endsWith("/");
        return isFolder ? inside(path, name.substring(name.lastIndexOf('/') + 1)) : path.toAbsolutePath().normalize();
    }

    /**
     * The wanted path of a folder. A wish is the folder itself, whether it exists or not, so that the same command goes on
     * where it was; with a slash at its end, it is where the folder goes under its name.
     */
    public static Path ofFolder(String name, Path downloadDir, Optional<String> wish) throws DownloadException {
        if (wish.isEmpty()) {
            return inside(downloadDir, name);
        }
        Path path = Path.of(wish.get()).toAbsolutePath();
        boolean isAround = wish.get().endsWith("/") || path.endsWith(".") || path.endsWith("..");
        return isAround ? inside(path, name.substring(name.lastIndexOf('/') + 1)) : path.normalize();
    }

    private static Path inside(Path folder, String name) throws DownloadException {
        Path root = folder.toAbsolutePath().normalize();
        Path target = root;
        try {
            for (String part : name.split("/", -1)) {
                if (part.isEmpty() || part.equals(".") || part.equals("..") || part.contains("\\")) {
                    throw new DownloadException(
                            "the name \"" + name + "\" is not a safe file name; use -o to choose one");
                }
                target = target.resolve(part);
            }
        } catch (InvalidPathException impossible) {
            throw new DownloadException("the name \"" + name + "\" can't be a file here; use -o to choose one",
                    impossible);
        }
        return target;
    }
}
