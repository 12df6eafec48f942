package dev.swarmdex.peer.host.sharing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Keeps up with what happens at the roots and has the tracker look at it: folders are watched and scanned, single files
 * and folders that don't exist yet are looked at again and again. For the loop's thread.
 */
final class RootFollower implements AutoCloseable {

    private static final Duration POLL = Duration.ofSeconds(1);
    /** However many single files there are, looking at them takes no larger part of the time than one part in this many. */
    private static final int PAUSE = 50;

    private final Roots roots;
    private final FileTracker tracker;
    private final FolderScan scanner;
    private final TouchedPaths touched;
    private final HashCache cache;
    private final Function<Path, FolderWatch> watches;
    private final Duration rescan;
    private final List<FollowedFolder> folders = new ArrayList<>();
    private long nextPoll = System.nanoTime();

    /**
     * A follower that begins with its first tick.
     *
     * @param touched what the watches report
     * @param watches make a watch over a folder
     * @param rescan how often each folder is scanned at least
     */
    RootFollower(Roots roots, FileTracker tracker, FolderScan scanner, TouchedPaths touched, HashCache cache,
            Function<Path, FolderWatch> watches, Duration rescan) {
        this.roots = roots;
        this.tracker = tracker;
        this.scanner = scanner;
        this.touched = touched;
        this.cache = cache;
        this.watches = watches;
        this.rescan = rescan;
    }

    /** Does what is to be done now. */
    void tick() {
        touched.take().forEach(tracker::touched);
        if (touched.takeOverflow()) {
            folders.forEach(FollowedFolder::wantScan);
        }
        if (nextPoll - System.nanoTime() <= 0) {
            poll();
        }
        folders.forEach(FollowedFolder::tick);
    }

    private void poll() {
        long start = System.nanoTime();
        for (Root root : roots.all()) {
            if (root.isFolder()) {
                follow(root);
            } else {
                root.real().ifPresent(tracker::lookAgain);
            }
        }
        long took = System.nanoTime() - start;
        nextPoll = start + Math.max(POLL.toNanos(), PAUSE * took);
    }

    boolean isIdle() {
        return touched.isEmpty() && folders.stream().allMatch(FollowedFolder::isIdle);
    }

    /** Looks at what is at the root now, or follows it from now on. */
    void follow(Root root) {
        Optional<Path> real = root.real();
        if (root.isFolder() && folders.stream().noneMatch(folder -> real.equals(Optional.of(folder.path())))) {
            Path path = real.get();
            FollowedFolder folder = new FollowedFolder(path, () -> watches.apply(path), tracker, scanner, rescan,
                    this::scanned);
            folders.add(folder);
            folder.tick();
        } else if (!root.isFolder()) {
            real.ifPresent(tracker::observe);
        }
    }

    /** Scans the shared folder that the folder is in, or is. */
    void scan(Path folder) {
        over(folder).forEach(FollowedFolder::wantScan);
    }

    /** Whether the shared folder that the path is in, or is, was scanned as often as was wanted. */
    boolean isScanned(Path path) {
        return over(path).stream().allMatch(FollowedFolder::isIdle);
    }

    private List<FollowedFolder> over(Path path) {
        return folders.stream().filter(folder -> path.startsWith(folder.path())).toList();
    }

    private void scanned() {
        if (folders.stream().allMatch(FollowedFolder::isIdle)) {
            cache.trim(tracker::isTracked);
        }
    }

    /** Follows a root no more. */
    void drop(Root root) {
        Optional<Path> real = root.real();
        folders.removeIf(folder -> {
            boolean dropped = real.equals(Optional.of(folder.path()));
            if (dropped) {
                folder.close();
            }
            return dropped;
        });
        real.ifPresent(tracker::reconsider);
    }

    @Override
    public void close() {
        scanner.close();
        folders.forEach(FollowedFolder::close);
    }
}
