package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One shared folder: its watch and its scans. It is scanned once its watch stands, when the watch has lost something, and
 * now and then in any case: often where it can't be watched. It may go and come back. For the loop's thread.
 */
final class FollowedFolder implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FollowedFolder.class);
    /** How long after a watch has failed, or could not be set up, another one is tried. */
    private static final Duration LONGEST_UNWATCHED = Duration.ofSeconds(30);
    /** A scan is followed by a pause this many times as long, however often changes are lost. */
    private static final int PAUSE = 1;

    /** The folder while it is there: by what the file system knows it, and its watch. */
    private record Presence(Object identity, FolderWatch watch) {}

    private final Path path;
    private final Supplier<FolderWatch> watches;
    private final FileTracker tracker;
    private final FolderScan scanner;
    private final Duration rescan;
    private final Runnable scanned;
    private Optional<Presence> presence = Optional.empty();
    private boolean scanWanted;
    private boolean scanning;
    private boolean complained;
    private long earliestScan = System.nanoTime();
    private long latestScan = System.nanoTime();
    private long earliestRewatch = System.nanoTime();

    /**
     * A folder that is followed from the first tick on.
     *
     * @param watches make a watch over it
     * @param rescan how often it is scanned at least
     * @param scanned is called after each scan
     */
    FollowedFolder(Path path, Supplier<FolderWatch> watches, FileTracker tracker, FolderScan scanner, Duration rescan,
            Runnable scanned) {
        this.path = path;
        this.watches = watches;
        this.tracker = tracker;
        this.scanner = scanner;
        this.rescan = rescan;
        this.scanned = scanned;
    }

    Path path() {
        return path;
    }

    void wantScan() {
        scanWanted = true;
    }

    /** Whether all that the folder holds was found. */
    boolean isIdle() {
        return presence.isEmpty() || !(scanWanted || scanning || isStarting(presence.get()));
    }

    private static boolean isStarting(Presence present) {
        return present.watch.state() instanceof FolderWatch.State.Starting;
    }

    /** Does what is to be done now. */
    void tick() {
        Optional<Object> identity = identity();
        if (presence.isPresent() && !presence.map(Presence::identity).equals(identity)) {
            LOG.warn("the shared folder {} is gone", path);
            close();
            tracker.forgetBelow(path);
        }
        if (presence.isEmpty() && identity.isPresent()) {
            watch(identity.get());
        }
        presence.ifPresent(this::follow);
    }

    private void follow(Presence present) {
        switch (present.watch.state()) {
            case FolderWatch.State.Starting _ -> {
            }
            case FolderWatch.State.Watching _ -> {
                complained = false;
                scanIfDue();
            }
            case FolderWatch.State.Ended _ -> rewatch(present);
            case FolderWatch.State.Failed failed -> {
                complain(failed.reason());
                scanIfDue();
                if (!scanWanted && !scanning && isOver(earliestRewatch)) {
                    rewatch(present);
                }
            }
        }
    }

    private void scanIfDue() {
        scanWanted |= isOver(latestScan);
        if (scanWanted && !scanning && isOver(earliestScan)) {
            scan();
        }
    }

    private static boolean isOver(long nanoTime) {
        return nanoTime - System.nanoTime() <= 0;
    }

    private void rewatch(Presence present) {
        close();
        watch(present.identity);
    }

    /** Whatever has changed before the new watch stands is found by a scan. */
    private void watch(Object identity) {
        FolderWatch watch = watches.get();
        presence = Optional.of(new Presence(identity, watch));
        scanWanted = true;
        earliestRewatch = System.nanoTime() + unwatched().toNanos();
        watch.start();
    }

    private Duration unwatched() {
        return rescan.compareTo(LONGEST_UNWATCHED) < 0 ? rescan : LONGEST_UNWATCHED;
    }

    private void complain(String reason) {
        if (!complained) {
            LOG.warn("cannot watch all of {} ({}), so a change may be found {} s late", path, reason,
                    unwatched().toSeconds());
        }
        complained = true;
    }

    private void scan() {
        scanning = true;
        scanWanted = false;
        long began = System.nanoTime();
        latestScan = began + rescan.toNanos();
        scanner.begin(path, () -> {
            long now = System.nanoTime();
            scanning = false;
            earliestScan = now + PAUSE * (now - began);
            latestScan = now + rescan.toNanos();
            scanned.run();
        });
    }

    /** What the file system knows the folder by; empty when there is none. */
    private Optional<Object> identity() {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            return attributes.isDirectory()
                    ? Optional.of(Objects.requireNonNullElse(attributes.fileKey(), path))
                    : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Ends the watch. */
    @Override
    public void close() {
        presence.ifPresent(present -> present.watch.close());
        presence = Optional.empty();
    }
}
