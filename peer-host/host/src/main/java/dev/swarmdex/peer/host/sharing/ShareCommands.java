package dev.swarmdex.peer.host.sharing;

import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a user can command about sharing, checked before anything is changed. For the loop's thread. */
final class ShareCommands {

    private final Roots roots;
    private final FileTracker tracker;
    private final RootFollower follower;

    ShareCommands(Roots roots, FileTracker tracker, RootFollower follower) {
        this.roots = roots;
        this.tracker = tracker;
        this.follower = follower;
    }

    /** Begins to share the paths; their real paths. */
    List<Path> share(List<Path> paths) throws IOException {
        for (Path path : paths) {
            check(path);
        }
        List<Path> reals = new ArrayList<>();
        for (Path path : paths) {
            shareOne(path);
            reals.add(real(path));
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
        if (!folder && roots.over(real).isEmpty()) {
            checkName(path, real);
        }
    }

    private void checkName(Path path, Path real) throws SharingException {
        Path fileName = Roots.absolute(path).getFileName();
        if (OfferedName.isDownloadUnderWay(fileName)) {
            throw new SharingException(path + " is a download under way; it is shared once it is complete");
        }
        String name = OfferedName.of(fileName);
        Optional<String> problem = OfferedName.problem(name);
        if (problem.isPresent()) {
            throw new SharingException(path + " can't be shared: " + problem.get());
        }
        Optional<TrackedFile> owner = tracker.named(name).filter(other -> !other.path.equals(real));
        if (owner.isPresent()) {
            throw new SharingException(path + " can't be shared: " + owner.get().path + " already has the name " + name
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
        } else {
            tracker.observe(real);
        }
    }

    void unshare(String name) throws IOException {
        Optional<Path> file = tracker.named(OfferedName.normal(name)).map(named -> named.path);
        if (file.isPresent()) {
            unshareFile(file.get());
            return;
        }
        Root root = rootCalled(name).orElseThrow(() -> new SharingException("\"" + name + "\" is not shared"));
        if (!root.byCommand()) {
            throw new SharingException(root.given() + " is shared by the config; take it out there");
        }
        remove(root);
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

    /** The root with this path, or the single file with this name even if it is gone. */
    private Optional<Root> rootCalled(String name) {
        try {
            Path path = Roots.absolute(Path.of(name));
            return roots.all().stream().filter(root -> root.given().equals(path) || isSingle(root, name)).findFirst();
        } catch (InvalidPathException noPath) {
            return Optional.empty();
        }
    }

    private static boolean isSingle(Root root, String name) {
        return root.byCommand() && !root.isFolder()
                && OfferedName.of(root.given().getFileName()).equals(OfferedName.normal(name));
    }

    SharedFile delete(String name) throws IOException {
        TrackedFile file = tracker.named(OfferedName.normal(name))
                .orElseThrow(() -> new SharingException("\"" + name + "\" is not shared"));
        if (!(file.stage instanceof TrackedFile.Stage.Offered offered)) {
            throw new SharingException("\"" + name + "\" is not hashed yet; try again when it is");
        }
        Files.delete(file.path);
        tracker.observe(file.path);
        return offered.file();
    }

    void adopt(Path path, HashTree tree) throws IOException {
        check(path);
        Path real = real(path);
        if (roots.over(real).isEmpty()) {
            roots.add(path);
        }
        roots.include(real);
        if (!tracker.adopt(real, tree)) {
            throw new SharingException(path + " is not shared: another file has its name, or it has changed");
        }
    }
}
