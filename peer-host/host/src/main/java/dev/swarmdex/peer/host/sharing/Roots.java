package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All that is to be shared: the folders of the config, then what was shared by command, without what was unshared by
 * command and without the state folder. Where two roots overlap, the first one names the file. For the loop's thread.
 */
final class Roots {

    private final Path stateFolder;
    private final RememberedShares remembered;
    private final List<Root> roots = new ArrayList<>();
    /** Those that are single files, by their real paths: there may be thousands of them. */
    private final Map<Path, Root> singles = new HashMap<>();
    /** The others, in order: folders, and what was not there yet. */
    private final List<Root> others = new ArrayList<>();
    private long places;
    /** The names of files in the state folder that are offered all the same. */
    private final Map<Path, String> named = new HashMap<>();

    private Roots(Path stateFolder, RememberedShares remembered) {
        this.stateFolder = stateFolder;
        this.remembered = remembered;
    }

    /** What the config names and what the existing state folder remembers. */
    static Roots of(SharingSettings settings) throws IOException {
        Roots roots = new Roots(settings.stateFolder().toRealPath(),
                RememberedShares.read(settings.stateFolder(), settings.remembers()));
        settings.folders().forEach(folder -> roots.append(absolute(folder), false));
        roots.remembered.shared().forEach(path -> roots.append(path, true));
        return roots;
    }

    private Root append(Path given, boolean byCommand) {
        Root root = new Root(given, byCommand, places++, this::seen);
        roots.add(root);
        others.add(root);
        return root;
    }

    private void seen(Root root) {
        if (!root.isFolder()) {
            others.remove(root);
            singles.putIfAbsent(root.real().orElseThrow(), root);
        }
    }

    /** The first root of which that is true, among those that may be over a real path. */
    private Optional<Root> first(Path real, Predicate<Root> condition) {
        Root single = singles.get(real);
        // a copy, since asking for its real path may show what a root is
        for (Root root : List.copyOf(others)) {
            if (single != null && single.comesBefore(root)) {
                break;
            }
            if (condition.test(root)) {
                return Optional.of(root);
            }
        }
        return Optional.ofNullable(single);
    }

    static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    List<Root> all() {
        return List.copyOf(roots);
    }

    /** The folder that is never shared, whatever is shared around it. */
    Path stateFolder() {
        return stateFolder;
    }

    /** The name by which the file at this real path is to be offered; empty when it is not to be shared. */
    Optional<String> nameOf(Path file) {
        if (file.startsWith(stateFolder)) {
            return Optional.ofNullable(named.get(file));
        }
        if (remembered.isExcluded(file)) {
            return Optional.empty();
        }
        return first(file, root -> root.nameOf(file).isPresent()).flatMap(root -> root.nameOf(file));
    }

    /** Offers a file in the state folder by that name. */
    void name(Path file, String name) {
        named.put(file, name);
    }

    /** No longer offers a file in the state folder. */
    void unname(Path file) {
        named.remove(file);
    }

    /** The name of a folder at a real path, as a file's would be; empty when no root is over it, or it has no name. */
    Optional<String> folderName(Path real) {
        return over(real).flatMap(root -> isAt(root, real)
                ? Optional.ofNullable(root.given().getFileName()).map(OfferedName::of)
                : root.nameOf(real));
    }

    /** The real paths of the folders that are offered as one thing. */
    List<Path> rememberedFolders() {
        return remembered.folders();
    }

    /** Remembers that a folder is offered as one thing. */
    void rememberFolder(Path real) throws IOException {
        remembered.addFolder(real);
        remembered.save();
    }

    /** A folder is offered as one thing no more. */
    void forgetFolder(Path real) throws IOException {
        remembered.removeFolder(real);
        remembered.save();
    }

    /** The root that shares the file, or the folder with all below it. */
    Optional<Root> over(Path real) {
        return first(real, root -> isAt(root, real) || root.nameOf(real).isPresent());
    }

    private static boolean isAt(Root root, Path real) {
        return root.real().equals(Optional.of(real));
    }

    /** Shares this path, which is remembered once it is {@link #save}d; what was unshared there before is shared again. */
    Root add(Path path) {
        Root added = append(absolute(path), true);
        remembered.share(added.given());
        added.real().ifPresent(remembered::includeBelow);
        return added;
    }

    /** Remembers what was added. */
    void save() throws IOException {
        remembered.save();
    }

    /** Shares again what was unshared at or below a real path that a root is over, and returns what that is. */
    List<Path> include(Path real) throws IOException {
        List<Path> included = remembered.includeBelow(real);
        if (!included.isEmpty()) {
            remembered.save();
        }
        return included;
    }

    /** No longer shares what was shared by command. */
    void remove(Root root) throws IOException {
        roots.remove(root);
        others.remove(root);
        Optional<Path> real = root.real();
        if (real.isPresent() && singles.remove(real.get(), root)) {
            // another link may lead to the same file
            roots.stream().filter(other -> isAt(other, real.get())).findFirst().ifPresent(this::seen);
        }
        remembered.unshare(root.given());
        remembered.save();
    }

    /** No longer shares one file below a shared folder. */
    void exclude(Path real) throws IOException {
        remembered.exclude(real);
        remembered.save();
    }
}
