package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.folder.Manifest;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a user can command about sharing, checked before anything is changed. For the loop's thread. */
final class ShareCommands {

    private final Roots roots;
    private final FileTracker tracker;
    private final RootFollower follower;
    private final SharedFolders folders;

    ShareCommands(Roots roots, FileTracker tracker, RootFollower follower, SharedFolders folders) {
        this.roots = roots;
        this.tracker = tracker;
        this.follower = follower;
        this.folders = folders;
    }

    /** Begins to share the paths; their real paths. */
    List<Path> share(List<Path> paths) throws IOException {
        for (Path path : paths) {
            check(path);
        }
        List<Path> reals = new ArrayList<>();
        try {
            for (Path path : paths) {
                shareOne(path);
                reals.add(real(path));
            }
        } finally {
            roots.save();
        }
        return reals;
    }

    private void check(Path path) throws SharingException {
        Path real = real(path);
        boolean folder = Files.isDirectory(real);
        if (!folder && !Files.isRegularFile(real)) {
            throw new SharingException(path + " is neither a file nor a folder");
        }
        if (!Files.isReadable(real)) {
            throw new SharingException("no permission to read " + path);
        }
        if (real.startsWith(roots.stateFolder())) {
            throw new SharingException(path + " is in the state folder, which is never shared");
        }
        if (folder) {
            checkFolderName(path, real);
        } else if (roots.over(real).isEmpty()) {
            checkFileName(path, real);
        }
    }

    private void checkFileName(Path path, Path real) throws SharingException {
        Path fileName = Roots.absolute(path).getFileName();
        if (OfferedName.isDownloadUnderWay(fileName)) {
            throw new SharingException(path + " is a download under way; it is shared once it is complete");
        }
        checkName(path, OfferedName.of(fileName), real);
    }

    private void checkFolderName(Path path, Path real) throws SharingException {
        Path fileName = Roots.absolute(path).getFileName();
        if (fileName == null) {
            throw new SharingException(path + " has no name to be offered by; share the folders in it");
        }
        checkName(path, folders.nameOf(real).orElseGet(() -> OfferedName.of(fileName) + Manifest.SUFFIX), real);
    }

    private void checkName(Path path, String name, Path real) throws SharingException {
        Optional<String> problem = OfferedName.problem(name);
        if (problem.isPresent()) {
            throw new SharingException(path + " can't be shared: " + problem.get());
        }
        Optional<Path> owner = tracker.named(name).map(other -> folders.folderOf(other.path).orElse(other.path))
                .filter(other -> !other.equals(real));
        if (owner.isPresent()) {
            throw new SharingException(path + " can't be shared: " + owner.get() + " already has the name " + name
                    + "; rename one of them");
        }
    }

    private static Path real(Path path) throws SharingException {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw new SharingException("there is no file or folder " + path);
        }
    }

    private void shareOne(Path path) throws IOException {
        Path real = real(path);
        if (roots.over(real).isPresent()) {
            roots.include(real).forEach(tracker::observe);
        } else {
            follower.follow(roots.add(path));
        }
        if (Files.isDirectory(real)) {
            follower.scan(real);
            folders.add(real);
        } else {
            tracker.observe(real);
        }
    }

    /** No longer shares what has this name, or is at this path. */
    void unshare(String name, Optional<Path> path) throws IOException {
        Set<Path> meant = new LinkedHashSet<>(named(name));
        path.flatMap(this::sharedAt).ifPresent(meant::add);
        if (meant.size() > 1) {
            throw new SharingException("\"" + name + "\" may be "
                    + meant.stream().map(Path::toString).collect(Collectors.joining(" or "))
                    + "; say which by its whole path");
        }
        if (meant.isEmpty()) {
            unshareRoot(name, path);
            return;
        }
        Path only = meant.iterator().next();
        if (folders.contains(only)) {
            unshareFolder(only);
        } else {
            unshareFile(only);
        }
    }

    /** The file that has this name, and the folder: it may be without {@value Manifest#SUFFIX}, as for {@code get}. */
    private List<Path> named(String name) {
        String folder = name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
        Optional<Path> file = tracker.named(OfferedName.normal(name)).map(owner -> owner.path);
        return Stream.of(file.map(path -> folders.folderOf(path).orElse(path)), folders.named(name),
                folders.named(folder + Manifest.SUFFIX)).flatMap(Optional::stream).toList();
    }

    /** The folder at a path, if it is offered as one thing, or the shared file. */
    private Optional<Path> sharedAt(Path path) {
        try {
            return Optional.of(path.toRealPath())
                    .filter(real -> folders.contains(real) || tracker.isTracked(real.toString()));
        } catch (IOException notThere) {
            return Optional.empty();
        }
    }

    private void unshareRoot(String name, Optional<Path> path) throws IOException {
        Root root = roots.all().stream()
                .filter(each -> path.equals(Optional.of(each.given())) || isSingle(each, name)).findFirst()
                .orElseThrow(() -> new SharingException("\"" + name + "\" is not shared"));
        if (!root.byCommand()) {
            throw new SharingException(root.given() + " is shared by the config; take it out there");
        }
        remove(root);
    }

    /** Takes back what sharing it did: its files stay shared where the config, or a folder around it, shares them. */
    private void unshareFolder(Path real) throws IOException {
        folders.remove(real);
        Optional<Root> root = roots.over(real).filter(Root::byCommand)
                .filter(over -> over.real().equals(Optional.of(real)));
        if (root.isPresent()) {
            remove(root.get());
        }
    }

    private void unshareFile(Path file) throws IOException {
        Optional<Root> root = roots.over(file);
        if (root.isPresent() && root.get().byCommand() && !root.get().isFolder()) {
            remove(root.get());
        }
        if (roots.nameOf(file).isPresent()) {
            roots.exclude(file);
            tracker.observe(file);
        }
    }

    private void remove(Root root) throws IOException {
        roots.remove(root);
        follower.drop(root);
    }

    /** A single file may be gone. */
    private static boolean isSingle(Root root, String name) {
        return root.byCommand() && !root.isFolder()
                && OfferedName.of(root.given().getFileName()).equals(OfferedName.normal(name));
    }

    /**
     * The file, or the folder, that has the name of what is at a path: by the name others find that instead, unless its bytes
     * are the same.
     */
    Optional<Path> namesake(String name, Path path, ContentId id) {
        return tracker.named(name).filter(owner -> !owner.path.equals(path)).filter(
                owner -> !(owner.stage instanceof TrackedFile.Stage.Offered(SharedFile file) && file.id().equals(id)))
                .map(owner -> folders.folderOf(owner.path).orElse(owner.path));
    }

    /** Why others don't find by its name what is at a path, in words for a user; empty where they do. */
    Optional<String> obstacle(Path path, ContentId id) {
        try {
            check(path);
            Path real = real(path);
            return roots.nameOf(real).flatMap(name -> namesake(name, real, id)
                    .map(other -> path + " is offered by its id only: " + other + " already has the name " + name));
        } catch (SharingException refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    SharedFile delete(String name) throws IOException {
        TrackedFile file = tracker.named(OfferedName.normal(name))
                .orElseThrow(() -> new SharingException("\"" + name + "\" is not shared"));
        if (folders.folderOf(file.path).isPresent()) {
            throw new SharingException("\"" + name + "\" is a folder; delete its files, or unshare it");
        }
        if (!(file.stage instanceof TrackedFile.Stage.Offered offered)) {
            throw new SharingException("\"" + name + "\" is not hashed yet; try again when it is");
        }
        Files.delete(file.path);
        tracker.observe(file.path);
        return offered.file();
    }

    /** Offers files below a folder whose trees are known; those that can't be shared are left out. */
    void adoptBelow(Path folder, Map<Path, HashTree> trees) throws IOException {
        Path real = real(folder);
        if (roots.over(real).isEmpty()) {
            follower.follow(roots.add(folder));
            roots.save();
        }
        roots.include(real);
        trees.forEach(tracker::adopt);
    }

    void adopt(Path path, HashTree tree) throws IOException {
        check(path);
        Path real = real(path);
        if (roots.over(real).isEmpty()) {
            roots.add(path);
            roots.save();
        }
        roots.include(real);
        if (!tracker.adopt(real, tree)) {
            throw new SharingException(path + " is not shared: it can't be offered by its name, or it has changed");
        }
    }
}
