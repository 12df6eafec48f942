package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.sharing.TrackedFile.Stage;
import dev.swarmdex.peer.host.tree.HashTree;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes each file from its discovery to being offered, and back when it changes or goes. A file gets its name when it is
 * found, so that the first one found keeps it, and others are offered without it until that one goes; it is hashed once it
 * has been quiet for a while, and offered once it is hashed and still the same. Whatever is reported about a path, the
 * file system is asked what is there now, so reports may be late, repeated or wrong. For the loop's thread.
 */
final class FileTracker {

    private static final Logger LOG = LoggerFactory.getLogger(FileTracker.class);

    private final Roots roots;
    private final HashCache cache;
    private final HashingQueue hashing;
    private final Offers offers;
    private final Reports reports;
    private final Duration quietTime;
    private final TrackedFiles files = new TrackedFiles();
    private final NameClaims names = new NameClaims();
    /** In the order in which they will have been quiet long enough. */
    private final Set<TrackedFile> settling = new LinkedHashSet<>();
    private int hashingCount;
    private long jobs;

    FileTracker(Roots roots, HashCache cache, HashingQueue hashing, Offers offers, Reports reports,
            Duration quietTime) {
        this.roots = roots;
        this.cache = cache;
        this.hashing = hashing;
        this.offers = offers;
        this.reports = reports;
        this.quietTime = quietTime;
    }

    /** Looks at what is at this path now: a new file, a changed or vanished one, a vanished folder, or nothing new. */
    void observe(Path path) {
        observe(path, this::settleOrHash);
    }

    /**
     * Looks at a path where something has just happened. A new file waits before it is hashed, however old its time says that it
     * is: whoever put it there may know its hashes, and be about to tell them.
     */
    void touched(Path path) {
        if (!isAsOffered(path)) {
            observe(path, this::settle);
        }
    }

    /** Looks at a path that is looked at again and again. */
    void lookAgain(Path path) {
        if (!isAsOffered(path)) {
            observe(path);
        }
    }

    /** Whether nothing has happened but what made the file one that is offered: it is told about whatever is written here. */
    private boolean isAsOffered(Path path) {
        return files.at(path).filter(file -> file.stage instanceof Stage.Offered)
                .filter(file -> Fingerprint.atFirstSight(path).equals(Optional.of(file.fingerprint))).isPresent();
    }

    private void observe(Path path, Consumer<TrackedFile> unknown) {
        Optional<TrackedFile> known = files.at(path);
        Optional<String> name = roots.nameOf(path);
        Optional<Fingerprint> now = name.flatMap(_ -> Fingerprint.of(path));
        if (now.isEmpty()) {
            known.ifPresent(this::forget);
            if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                forgetBelow(path);
            }
        } else if (known.isPresent() && known.get().name.equals(name.get())) {
            look(known.get(), now.get());
        } else {
            known.ifPresent(this::forget);
            admit(new TrackedFile(path, name.get(), now.get()), unknown);
        }
    }

    private void look(TrackedFile file, Fingerprint now) {
        if (!file.fingerprint.equals(now)) {
            change(file, now);
        } else if (file.stage instanceof Stage.Unreadable) {
            hash(file);
        }
    }

    /** Takes note of a file that a scan found; most are known, and need no second look. */
    void found(Path path, Fingerprint fingerprint, long scan) {
        boolean asKnown = files.at(path).filter(file -> file.fingerprint.equals(fingerprint))
                .filter(file -> !(file.stage instanceof Stage.Unreadable)).isPresent();
        if (!asKnown) {
            observe(path);
        }
        files.at(path).ifPresent(file -> file.scan = scan);
    }

    /** Looks again at the files below a folder that its scan did not find. */
    void scanned(Path folder, long scan) {
        files.below(folder).stream().filter(file -> file.scan != scan).forEach(file -> observe(file.path));
    }

    /** Looks again at all files at or below a path, whose sharing may have ended. */
    void reconsider(Path path) {
        observe(path);
        files.below(path).forEach(file -> observe(file.path));
    }

    /** Forgets all files below a folder that is gone. */
    void forgetBelow(Path folder) {
        files.below(folder).forEach(this::forget);
    }

    /** The file that has this name, offered or not yet. */
    Optional<TrackedFile> named(String name) {
        return names.owner(name);
    }

    /** Whether all that was found at or below this path is offered or won't be, but for files that keep changing. */
    boolean isDone(Path path) {
        return files.at(path).filter(file -> !isDone(file)).isEmpty()
                && files.below(path).stream().allMatch(FileTracker::isDone);
    }

    private static boolean isDone(TrackedFile file) {
        return switch (file.stage) {
            case Stage.Settling _,Stage.Hashing _ -> file.restless;
            case Stage.Nameless _,Stage.Unreadable _,Stage.Offered _ -> true;
        };
    }

    /** What is offered below a folder. */
    List<SharedFile> offeredBelow(Path folder) {
        return files.below(folder).stream().map(file -> file.stage)
                .flatMap(stage -> stage instanceof Stage.Offered offered ? Stream.of(offered.file()) : Stream.empty())
                .toList();
    }

    boolean isTracked(String path) {
        return files.contains(path);
    }

    boolean isIdle() {
        return settling.isEmpty() && hashingCount == 0;
    }

    private void admit(TrackedFile file, Consumer<TrackedFile> unknown) {
        files.add(file);
        Optional<String> problem = OfferedName.problem(file.name);
        if (problem.isPresent()) {
            LOG.warn("not sharing {}: {}", file.path, problem.get());
            return;
        }
        TrackedFile owner = names.claim(file);
        if (owner != file) {
            LOG.warn("sharing {} by its content id and with its folder only: {} already has the name {}", file.path,
                    owner.path, file.name);
        }
        if (!offerIfKnown(file)) {
            unknown.accept(file);
        }
    }

    private void change(TrackedFile file, Fingerprint now) {
        boolean named = !(file.stage instanceof Stage.Nameless);
        leaveStage(file);
        renew(file, now);
        if (named && !offerIfKnown(file)) {
            settle(file);
        }
    }

    private static void renew(TrackedFile file, Fingerprint now) {
        file.restless |= !file.fingerprint.equals(now);
        file.fingerprint = now;
    }

    private boolean offerIfKnown(TrackedFile file) {
        Optional<ContentId> id = file.fingerprint.racy(Instant.now())
                ? Optional.empty()
                : cache.find(file.path, file.fingerprint);
        id.ifPresent(known -> offer(file, known));
        return id.isPresent();
    }

    private void settleOrHash(TrackedFile file) {
        Instant now = Instant.now();
        if (file.fingerprint.olderThan(quietTime, now) && !file.fingerprint.racy(now)) {
            hash(file);
        } else {
            settle(file);
        }
    }

    private void settle(TrackedFile file) {
        file.stage = new Stage.Settling(System.nanoTime());
        settling.add(file);
    }

    /** Hashes the files that have been quiet for long enough. */
    void hashSettled() {
        long now = System.nanoTime();
        while (!settling.isEmpty() && isOver(settling.iterator().next(), now)) {
            TrackedFile file = settling.iterator().next();
            settling.remove(file);
            Optional<Fingerprint> current = Fingerprint.of(file.path);
            if (current.isEmpty()) {
                forget(file);
            } else if (!current.get().equals(file.fingerprint) || current.get().racy(Instant.now())) {
                renew(file, current.get());
                settle(file);
            } else {
                hash(file);
            }
        }
    }

    private boolean isOver(TrackedFile file, long now) {
        return !(file.stage instanceof Stage.Settling stage) || now - stage.sinceNanos() >= quietTime.toNanos();
    }

    private void hash(TrackedFile file) {
        long job = ++jobs;
        CompletableFuture<HashTree> tree = hashing.add(file.path, file.fingerprint.size(), (done, failure) -> {
            if (!(failure instanceof CancellationException)) {
                // waits for room, which only the loop makes: so this must not be its thread
                report(() -> hashed(file, job, done, failure));
            }
        });
        file.stage = new Stage.Hashing(job, tree);
        hashingCount++;
    }

    private void report(Runnable outcome) {
        try {
            reports.put(outcome);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void hashed(TrackedFile file, long job, @Nullable HashTree tree,
            @Nullable Throwable failure) {
        if (!(file.stage instanceof Stage.Hashing stage) || stage.job() != job) {
            return;
        }
        leaveStage(file);
        Optional<Fingerprint> now = Fingerprint.of(file.path);
        if (now.isEmpty()) {
            forget(file);
        } else if (!now.get().equals(file.fingerprint)) {
            renew(file, now.get());
            settle(file);
        } else if (tree != null) {
            offer(file, tree);
        } else {
            file.stage = new Stage.Unreadable();
            complain(file, failure);
        }
    }

    private static void complain(TrackedFile file, @Nullable Throwable failure) {
        if (!file.complainedAbout) {
            String reason = failure instanceof AccessDeniedException ? "no permission to read it" : "" + failure;
            LOG.warn("not sharing {} for now: {}", file.path, reason);
        }
        file.complainedAbout = true;
    }

    /** Offers a file whose tree is known, without hashing it; whether it can be offered. */
    boolean adopt(Path path, HashTree tree) {
        observe(path);
        Optional<TrackedFile> found = files.at(path).filter(file -> !(file.stage instanceof Stage.Nameless))
                .filter(file -> file.fingerprint.size() == tree.size());
        found.filter(file -> !(file.stage instanceof Stage.Offered) && !file.fingerprint.racy(Instant.now()))
                .ifPresent(file -> {
                    leaveStage(file);
                    offer(file, tree);
                });
        return found.isPresent();
    }

    private void offer(TrackedFile file, HashTree tree) {
        cache.put(file.path, file.fingerprint, tree);
        offer(file, tree.root());
    }

    private void offer(TrackedFile file, ContentId id) {
        boolean byName = names.owner(file.name).filter(owner -> owner == file).isPresent();
        file.stage = new Stage.Offered(offers.add(file, id, byName));
    }

    private void forget(TrackedFile file) {
        files.remove(file);
        leaveStage(file);
        names.release(file).ifPresent(heir -> {
            if (heir.stage instanceof Stage.Offered offered) {
                offers.name(offered.file());
            }
        });
    }

    /** Ends what the stage has under way; the file gets its next stage, or is forgotten. */
    private void leaveStage(TrackedFile file) {
        switch (file.stage) {
            case Stage.Offered offered -> offers.remove(offered.file());
            case Stage.Hashing hashed -> {
                hashingCount--;
                hashed.tree().cancel(false);
            }
            case Stage.Settling _ -> settling.remove(file);
            case Stage.Nameless _,Stage.Unreadable _ -> {
            }
        }
    }
}
