package dev.swarmdex.peer.host.sharing;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Paths where something happened, each once however often it did, until they are looked at. Bounded: when they become too
 * many, all there is to know is that everything has to be looked at. Safe for many threads.
 */
final class TouchedPaths {

    private static final int MOST = 10_000;

    private final Set<Path> paths = new LinkedHashSet<>();
    private boolean overflowed;

    synchronized void add(Path path) {
        if (paths.size() < MOST) {
            paths.add(path);
        } else {
            overflowed = true;
        }
    }

    synchronized void overflow() {
        overflowed = true;
    }

    synchronized boolean isEmpty() {
        return paths.isEmpty() && !overflowed;
    }

    /** Takes these out, at which somebody looks now anyway. */
    synchronized void remove(Collection<Path> lookedAt) {
        if (!paths.isEmpty()) {
            lookedAt.forEach(paths::remove);
        }
    }

    /** Takes all paths out. */
    synchronized List<Path> take() {
        List<Path> taken = List.copyOf(paths);
        paths.clear();
        return taken;
    }

    /** Whether paths were lost since this was asked last. */
    synchronized boolean takeOverflow() {
        boolean taken = overflowed;
        overflowed = false;
        return taken;
    }
}
