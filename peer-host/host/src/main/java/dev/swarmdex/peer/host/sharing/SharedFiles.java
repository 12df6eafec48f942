package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import io.methvin.watcher.DirectoryWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that this host shares, kept up to date with what is on disk: regular files in shared folders and single files, but
 * never through links, hidden files, downloads under way, or the host's own state. Safe for many threads.
 *
 * <p>A file is offered by its path relative to the shared folder, or by its own name if it was shared alone. Of two files
 * with the same name the first one found is offered by it, the other one by its content id only. What a command shares or
 * unshares is remembered in the state folder.
 */
public final class SharedFiles implements Shelf, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFiles.class);

    private static final Duration LONGEST_TICK = Duration.ofMillis(250);
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private final String algorithm;
    private final HashCache cache;
    private final Roots roots;
    private final Catalog catalog = new Catalog();
    private final TouchedPaths touched = new TouchedPaths();
    private final HashingQueue hashing;
    private final EventLoop loop;
    private final FileTracker tracker;
    private final RootFollower follower;
    private final SharedFolders folders;
    private final ShareCommands commands;

    private SharedFiles(SharingSettings settings, FileHasher hasher, SharingListener listener, HashCache cache,
            Roots roots, Supplier<DirectoryWatcher.Builder> watchers) {
        this.algorithm = hasher.algorithm();
        this.cache = cache;
        this.roots = roots;
        hashing = new HashingQueue(new TreeHasher(hasher, settings.hashingThreads()));
        loop = new EventLoop(tickOf(settings.quietTime()), this::tick);
        tracker = new FileTracker(roots, cache, hashing, new Offers(catalog, listener, cache, touched, this::changed),
                loop::put,
                settings.quietTime());
        Path never = roots.stateFolder();
        follower = new RootFollower(roots, tracker, new FolderScan(tracker, loop::put, never), touched, cache,
                folder -> new FolderWatch(folder, never, touched, watchers), settings.rescan());
        folders = new SharedFolders(roots, tracker, follower, hasher);
        commands = new ShareCommands(roots, tracker, follower, folders);
    }

    private void changed(Path file) {
        folders.changed(file);
    }

    /**
     * Reads what earlier runs left in the state folder; nothing is shared before {@link #start}.
     *
     * @param hasher makes the content ids
     * @param listener hears what is offered, from the first file on
     * @throws IOException when the state folder can't be used, with a message for the operator
     */
    public static SharedFiles open(SharingSettings settings, FileHasher hasher, SharingListener listener)
            throws IOException {
        return open(settings, hasher, listener, DirectoryWatcher::builder);
    }

    static SharedFiles open(SharingSettings settings, FileHasher hasher, SharingListener listener,
            Supplier<DirectoryWatcher.Builder> watchers) throws IOException {
        HashCache cache = HashCache.open(settings.stateFolder(), hasher);
        try {
            Roots roots = Roots.of(settings);
            return new SharedFiles(settings, hasher, listener, cache, roots, watchers);
        } catch (IOException | RuntimeException e) {
            cache.close();
            throw e;
        }
    }

    /** Short beside the quiet time, so that it is not lengthened much, and short enough for a person who waits. */
    private static Duration tickOf(Duration quietTime) {
        Duration part = quietTime.dividedBy(4);
        return part.compareTo(LONGEST_TICK) < 0 ? part : LONGEST_TICK;
    }

    /** Begins to share. */
    public void start() {
        for (Root root : roots.all()) {
            if (root.real().isEmpty()) {
                LOG.warn("{} does not exist; it is shared once it does", root.given());
            }
        }
        hashing.start();
        loop.start();
    }

    private void tick() {
        follower.tick();
        tracker.hashSettled();
        folders.tick();
    }

    private boolean isIdle() {
        return follower.isIdle() && tracker.isIdle() && folders.isIdle();
    }

    @Override
    public Optional<SharedContent> find(ContentReference content) {
        return file(content).map(file -> file);
    }

    /** The file that {@link #find} finds. */
    public Optional<SharedFile> file(ContentReference content) {
        return catalog.find(content);
    }

    /** All files that are offered by name now, in no particular order. */
    public List<SharedFile> snapshot() {
        return catalog.named();
    }

    /** How far the hashing of new files has come. */
    public HashingProgress progress() {
        return hashing.progress();
    }

    /**
     * Waits until all that was noticed so far is offered, refused or gone.
     *
     * @return whether that was before the time was over
     * @throws IOException when this is closed, or the thread interrupted
     */
    public boolean awaitIdle(Duration atMost) throws IOException {
        return loop.await(this::isIdle, atMost);
    }

    /**
     * Shares more files and folders, from now on and after restarts, and waits until they are hashed. What is shared
     * already stays as it is; what was unshared at or below the paths is shared again. An interrupt ends the waiting, not
     * the sharing.
     *
     * @return what is offered at and below the paths; without files that keep changing, which are offered once they rest
     * @throws SharingException when one of them can't be shared, in which case none of them is
     * @throws IOException when they are shared but it can't be remembered, or the thread is interrupted
     */
    public List<SharedFile> share(List<Path> paths) throws IOException {
        List<Path> reals = loop.call(() -> commands.share(paths));
        loop.await(() -> reals.stream()
                .allMatch(path -> follower.isScanned(path) && tracker.isDone(path) && folders.isDone(path)), FOREVER);
        Set<Path> shared = Set.copyOf(reals);
        return catalog.all().stream().filter(file -> isAtOrBelow(origin(file), shared)).toList();
    }

    private static boolean isAtOrBelow(Path path, Set<Path> those) {
        return Stream.iterate(path, Objects::nonNull, Path::getParent).anyMatch(those::contains);
    }

    /** The path of what a user shared by it: the file's own, or, if it is a folder's manifest, the folder's. */
    public Path origin(SharedFile file) {
        return folders.folderOf(file.path()).orElse(file.path());
    }

    /**
     * No longer shares a file, even if it is in a shared folder, from now on and after restarts.
     *
     * @param name its offered name; or that of a folder that was shared by command, as it is offered or without its ending
     * @param path the absolute path that the user may mean instead, of the one or the other
     * @return what is no longer offered; nothing, if it was not hashed yet
     * @throws SharingException when nothing is shared by this name, or at this path, or several things are
     * @throws IOException when it can't be remembered, or the thread is interrupted
     */
    public List<SharedFile> unshare(String name, Optional<Path> path) throws IOException {
        return loop.call(() -> {
            List<SharedFile> before = catalog.all();
            commands.unshare(name, path);
            Set<SharedFile> after = Set.copyOf(catalog.all());
            return before.stream().filter(file -> !after.contains(file)).toList();
        });
    }

    /** Those of the files whose names others have, with the paths of these; the same bytes by the same name don't count. */
    public Map<SharedFile, Path> namesakes(Collection<SharedFile> files) throws IOException {
        return loop.call(() -> {
            Map<SharedFile, Path> namesakes = new HashMap<>();
            files.forEach(file -> commands.namesake(file.name(), file.path(), file.id())
                    .ifPresent(other -> namesakes.put(file, other)));
            return namesakes;
        });
    }

    /** Why others don't find a file of this host by its name, in words for a user; empty where they do. */
    public Optional<String> obstacle(Path path, ContentId id) throws IOException {
        return loop.call(() -> commands.obstacle(path, id));
    }

    /**
     * Deletes a shared file from disk, and shares it no longer.
     *
     * @param name its offered name
     * @throws SharingException when nothing is shared by this name
     * @throws IOException when it can't be deleted, or the thread is interrupted
     */
    public SharedFile delete(String name) throws IOException {
        return loop.call(() -> commands.delete(name));
    }

    /**
     * Shares a file whose tree is known, such as a finished download, at once and without hashing it. A file that is not
     * in a shared folder is shared by its own name, from now on and after restarts. Where the file system's clock is too
     * coarse to tell whether the file has changed just now, or the tree is of another algorithm than this host's, it is
     * hashed after all, and this does not wait for it.
     *
     * @throws SharingException when it can't be shared, or has not the size of the tree
     * @throws IOException when it can't be remembered, or the thread is interrupted
     */
    public void adopt(Path path, HashTree tree) throws IOException {
        loop.call(() -> {
            if (tree.root().algorithm().equals(algorithm)) {
                commands.adopt(path, tree);
            } else {
                commands.share(List.of(path));
            }
            return path;
        });
    }

    /**
     * Shares files below a folder, whose trees are known, at once; the folder, if it is not in a shared one, from now on and
     * after restarts. Files that can't be shared are left out; those with trees of another algorithm are hashed.
     *
     * @param trees by the files' absolute paths without links
     * @throws SharingException when there is no such folder
     * @throws IOException when it can't be remembered, or the thread is interrupted
     */
    public void adoptBelow(Path folder, Map<Path, HashTree> trees) throws IOException {
        Map<Path, HashTree> ours = new HashMap<>(trees);
        ours.values().removeIf(tree -> !tree.root().algorithm().equals(algorithm));
        loop.call(() -> {
            touched.remove(ours.keySet());
            commands.adoptBelow(folder, ours);
            return folder;
        });
    }

    /** Shares a folder as one thing, as {@link #share} does, without waiting for its files to be hashed. */
    public void offerFolder(Path folder) throws IOException {
        loop.call(() -> commands.share(List.of(folder)));
    }

    /** The id of the content of a file that was hashed and has not changed since, whether it is offered or not. */
    public Optional<ContentId> knownId(Path path) {
        return Fingerprint.of(path).flatMap(now -> cache.look(path, now));
    }

    /** Stops within seconds, also in the middle of hashing. The listener is not told that nothing is shared any more. */
    @Override
    public void close() throws IOException {
        loop.close();
        follower.close();
        hashing.close();
        cache.close();
    }
}
