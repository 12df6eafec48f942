package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads folders from end to end, one after the other in a thread of its own, and has the tracker look at what is new and
 * at what is missing. Used by the loop's thread.
 */
final class FolderScan implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderScan.class);

    private final FileTracker tracker;
    private final Reports reports;
    private final Path never;
    private final ExecutorService thread = Executors
            .newSingleThreadExecutor(Thread.ofPlatform().daemon().name("sharing-scan").factory());
    /** What was left out of each folder when it was last read, so that it is told once; of the scanning thread. */
    private final Map<Path, LeftOut> leftOut = new HashMap<>();
    private volatile boolean closed;
    private long scans;

    /** What is not shared although it is not hidden. */
    private record LeftOut(Set<Path> unreadable, AtomicInteger links) {

        private static final int MOST = 1_000;

        LeftOut() {
            this(new HashSet<>(), new AtomicInteger());
        }
    }

    FolderScan(FileTracker tracker, Reports reports, Path never) {
        this.tracker = tracker;
        this.reports = reports;
        this.never = never;
    }

    /** Reads this folder in its turn; afterwards the end is reported on the loop's thread. */
    void begin(Path folder, Runnable end) {
        long scan = ++scans;
        thread.execute(() -> {
            try {
                read(folder, scan);
                reports.put(() -> {
                    tracker.scanned(folder, scan);
                    end.run();
                });
            } catch (InterruptedException | InterruptedIOException _) {
                LOG.debug("the scan of {} was stopped", folder);
            }
        });
    }

    private void read(Path folder, long scan) throws InterruptedIOException {
        LeftOut before = leftOut.getOrDefault(folder, new LeftOut());
        LeftOut now = new LeftOut();
        FolderWalk walk = new FolderWalk(folder, never, () -> closed);
        try {
            walk.from(folder, new FolderWalk.Visitor() {
                @Override
                public void folder(Path entered) {}

                @Override
                public void file(Path file, BasicFileAttributes attributes) throws InterruptedIOException {
                    if (attributes.isRegularFile() && !OfferedName.isHidden(file)
                            && !OfferedName.isDownloadUnderWay(file)) {
                        report(file, Fingerprint.of(attributes), scan);
                    } else if (attributes.isSymbolicLink() && !OfferedName.isHidden(file)) {
                        now.links().incrementAndGet();
                    }
                }

                @Override
                public void unreadable(Path path, IOException failure) {
                    if (now.unreadable().size() < LeftOut.MOST && now.unreadable().add(path)
                            && !before.unreadable().contains(path)) {
                        LOG.warn("not sharing {} for now: {}", path, failure instanceof AccessDeniedException
                                ? "no permission to read it"
                                : "it can't be read (" + failure + ")");
                    }
                }
            });
        } catch (InterruptedIOException stopped) {
            throw stopped;
        } catch (IOException e) {
            LOG.warn("cannot read all of the shared folder {}: {}", folder, e.toString());
        }
        leftOut.put(folder, now);
        int links = now.links().get();
        if (links > 0 && links != before.links().get()) {
            LOG.info("{} links in {} are not followed: what they lead to is not shared with it", links, folder);
        }
    }

    private void report(Path file, Fingerprint fingerprint, long scan) throws InterruptedIOException {
        try {
            reports.put(() -> tracker.found(file, fingerprint, scan));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
        try {
            thread.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
