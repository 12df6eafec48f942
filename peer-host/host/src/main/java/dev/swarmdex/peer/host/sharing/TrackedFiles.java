package dev.swarmdex.peer.host.sharing;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The tracked files by their path, those below a folder beside each other. For the loop's thread. */
final class TrackedFiles {

    private final TreeMap<String, TrackedFile> files = new TreeMap<>();

    Optional<TrackedFile> at(Path path) {
        return Optional.ofNullable(files.get(path.toString()));
    }

    boolean contains(String path) {
        return files.containsKey(path);
    }

    void add(TrackedFile file) {
        files.put(file.path.toString(), file);
    }

    void remove(TrackedFile file) {
        files.remove(file.path.toString());
    }

    /** Those below a folder, as a copy. */
    List<TrackedFile> below(Path folder) {
        String separator = folder.getFileSystem().getSeparator();
        String prefix = folder.toString().endsWith(separator) ? folder.toString() : folder + separator;
        int last = prefix.length() - 1;
        String past = prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
        return List.copyOf(files.subMap(prefix, past).values());
    }
}
