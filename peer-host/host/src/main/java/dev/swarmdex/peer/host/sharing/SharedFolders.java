package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.tree.MemoryTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folders that are offered as one thing, by their manifests. A manifest is a file in the state folder, tracked like any
 * other, under the folder's name; it is written anew when a file in the folder changes, once all of them are hashed. For the
 * loop's thread, but for {@link #folderOf}.
 */
final class SharedFolders {

    private static final Logger LOG = LoggerFactory.getLogger(SharedFolders.class);
    /** After a manifest was written, the next one waits this many times as long as it took, however often files change. */
    private static final int PAUSE = 10;

    private final Roots roots;
    private final FileTracker tracker;
    private final RootFollower follower;
    private final FileHasher hasher;
    private final Path manifests;
    private final Map<Path, SharedFolder> folders = new LinkedHashMap<>();
    private final Map<Path, Path> foldersByManifest = new ConcurrentHashMap<>();

    /** A folder, its manifest, and whether that is to be looked at again. */
    private static final class SharedFolder {

        private final Path path;
        private final Path manifest;
        private boolean outdated = true;
        private long earliest = System.nanoTime();

        private SharedFolder(Path path, Path manifest) {
            this.path = path;
            this.manifest = manifest;
        }
    }

    /** Those that were shared in earlier runs. */
    SharedFolders(Roots roots, FileTracker tracker, RootFollower follower, FileHasher hasher) {
        this.roots = roots;
        this.tracker = tracker;
        this.follower = follower;
        this.hasher = hasher;
        this.manifests = roots.stateFolder().resolve("folders");
        roots.rememberedFolders().forEach(this::follow);
    }

    private void follow(Path real) {
        String key = UUID.nameUUIDFromBytes(real.toString().getBytes(StandardCharsets.UTF_8)).toString();
        SharedFolder folder = new SharedFolder(real, manifests.resolve(key));
        folders.put(real, folder);
        foldersByManifest.put(folder.manifest, real);
    }

    /** Offers the folder at this real path, which is shared, as one thing; remembered until it is {@link #remove}d. */
    void add(Path real) throws IOException {
        if (folders.containsKey(real)) {
            folders.get(real).outdated = true;
        } else {
            roots.rememberFolder(real);
            follow(real);
        }
    }

    /** Offers it as one thing no more; its files are another matter. */
    void remove(Path real) throws IOException {
        SharedFolder removed = folders.remove(real);
        if (removed != null) {
            roots.forgetFolder(real);
            withdraw(removed);
            foldersByManifest.remove(removed.manifest);
        }
    }

    boolean contains(Path real) {
        return folders.containsKey(real);
    }

    /** The name by which the folder at a real path is offered, or would be; empty when no root is over it. */
    Optional<String> nameOf(Path real) {
        return roots.folderName(real).map(name -> name + Manifest.SUFFIX);
    }

    /** The folder that is offered by this name, or will be once its files are hashed. */
    Optional<Path> named(String name) {
        String normal = OfferedName.normal(name);
        return folders.keySet().stream().filter(real -> nameOf(real).equals(Optional.of(normal))).findFirst();
    }

    /** The folder that a manifest is of. For any thread. */
    Optional<Path> folderOf(Path manifest) {
        return Optional.ofNullable(foldersByManifest.get(manifest));
    }

    /** Whether the folder at this real path is offered, or won't be, as it is now. */
    boolean isDone(Path real) {
        SharedFolder folder = folders.get(real);
        return folder == null || !folder.outdated;
    }

    /** Whether all of them are. */
    boolean isIdle() {
        return folders.values().stream().noneMatch(folder -> folder.outdated);
    }

    /** Takes note that the file at this path is offered now, or no more. */
    void changed(Path file) {
        for (SharedFolder folder : folders.values()) {
            if (file.startsWith(folder.path) && !file.startsWith(roots.stateFolder())) {
                folder.outdated = true;
            }
        }
    }

    /** Renews the manifests for which it is time. */
    void tick() {
        for (SharedFolder folder : folders.values()) {
            if (folder.outdated && folder.earliest - System.nanoTime() <= 0 && follower.isScanned(folder.path)
                    && tracker.isDone(folder.path)) {
                folder.outdated = false;
                long began = System.nanoTime();
                renew(folder);
                folder.earliest = System.nanoTime() + PAUSE * (System.nanoTime() - began);
            }
        }
    }

    private void renew(SharedFolder folder) {
        Optional<String> name = nameOf(folder.path)
                .filter(_ -> Files.isDirectory(folder.path, LinkOption.NOFOLLOW_LINKS));
        try {
            if (name.isPresent()) {
                roots.name(folder.manifest, name.get());
                offer(folder, encode(tracker.offeredBelow(folder.path), folder.path));
            } else {
                withdraw(folder);
            }
        } catch (IOException | IllegalArgumentException problem) {
            LOG.warn("not sharing {} as one thing: {}", folder.path, problem.getMessage());
        }
    }

    private static byte[] encode(List<SharedFile> files, Path folder) {
        byte[] bytes = Manifest.of(FolderListing.of(files, folder)).encode();
        if (bytes.length > Manifest.LARGEST) {
            throw new IllegalArgumentException("its manifest would have " + bytes.length + " bytes, more than "
                    + Manifest.LARGEST + "; share its folders one by one");
        }
        return bytes;
    }

    private void offer(SharedFolder folder, byte[] bytes) throws IOException {
        Path file = folder.manifest;
        if (!Files.exists(file) || Files.size(file) != bytes.length
                || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.createDirectories(manifests);
            Path written = file.resolveSibling(file.getFileName() + ".new");
            Files.write(written, bytes);
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        }
        tracker.adopt(file, MemoryTree.of(hasher, ByteBuffer.wrap(bytes)));
    }

    private void withdraw(SharedFolder folder) throws IOException {
        Files.deleteIfExists(folder.manifest);
        tracker.observe(folder.manifest);
        roots.unname(folder.manifest);
    }
}
