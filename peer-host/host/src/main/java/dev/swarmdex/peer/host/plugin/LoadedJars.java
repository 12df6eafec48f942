package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.host.plugin.PluginFolder.Jar;
import dev.swarmdex.peer.host.plugin.PluginFolder.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars of a folder as they are loaded at the moment. Each is loaded from a copy, because a class loader does not bear
 * that its jar is overwritten, and an operator may do that at any time. For one thread.
 */
final class LoadedJars {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedJars.class);

    private final PluginFolder folder;
    private final Path copies;
    private final SortedMap<String, Loaded> current = new TreeMap<>();
    private final List<Loaded> retired = new ArrayList<>();
    private int copied;
    private String lastFailure = "";

    private LoadedJars(PluginFolder folder, Path copies) {
        this.folder = folder;
        this.copies = copies;
    }

    /**
     * A jar as it was loaded.
     *
     * @param clashes whether it is refused only because another jar provides the same
     */
    private record Loaded(PluginJar jar, Stamp stamp, Path copy, boolean clashes) {}

    static LoadedJars of(Path folder, InstantSource clock) throws IOException {
        return new LoadedJars(new PluginFolder(folder, clock), Files.createTempDirectory("swarmdex-plugins-"));
    }

    Catalog catalog() {
        return Catalog.of(current.values().stream().map(Loaded::jar).toList(),
                retired.stream().map(Loaded::jar).toList());
    }

    /** Looks at the folder, loads what is new, retires what is gone; whether anything changed. */
    boolean refresh() {
        boolean changed = unloadUnused();
        SortedMap<String, Jar> jars;
        try {
            jars = folder.look();
            lastFailure = "";
        } catch (IOException e) {
            if (!lastFailure.equals(e.toString())) {
                LOG.warn("can't look at the plugins folder, keeping what is loaded: {}", e.toString());
                lastFailure = e.toString();
            }
            return changed;
        }
        for (String gone : goneFrom(jars.keySet())) {
            retire(gone, "removed");
            changed = true;
        }
        for (Map.Entry<String, Jar> jar : jars.entrySet()) {
            changed |= jar.getValue().settled() && refresh(jar.getKey(), jar.getValue());
        }
        return changed;
    }

    private List<String> goneFrom(Set<String> present) {
        return current.keySet().stream().filter(name -> !present.contains(name)).toList();
    }

    private boolean refresh(String name, Jar found) {
        Loaded before = current.get(name);
        if (before != null && before.stamp.equals(found.stamp())) {
            return false;
        }
        if (before != null) {
            retire(name, "replaced");
        }
        load(name, found).ifPresent(loaded -> current.put(name, loaded));
        return true;
    }

    private Optional<Loaded> load(String name, Jar found) {
        Path copy = copies.resolve(++copied + "-" + name);
        if (found.flaw().isPresent()) {
            return Optional
                    .of(told(new Loaded(PluginJar.refused(name, found.flaw().get()), found.stamp(), copy, false)));
        }
        try {
            Files.copy(found.file(), copy);
            if (!Stamp.of(found.file()).equals(found.stamp())) {
                // changed meanwhile: the next look will find it again
                Files.delete(copy);
                return Optional.empty();
            }
        } catch (IOException e) {
            LOG.warn("plugin jar {}: can't be read: {}", name, e.toString());
            return Optional.empty();
        }
        PluginJar jar = PluginJar.load(name, copy);
        Optional<String> clash = clash(jar);
        clash.ifPresent(jar::refuse);
        return Optional.of(told(new Loaded(jar, found.stamp(), copy, clash.isPresent())));
    }

    private static Loaded told(Loaded loaded) {
        if (loaded.jar.isRefused()) {
            LOG.warn("plugin jar {} is refused: {}", loaded.jar, loaded.jar.error());
        } else {
            LOG.info("plugin jar {}: loaded, provides {}", loaded.jar, loaded.jar.labels());
        }
        return loaded;
    }

    private Optional<String> clash(PluginJar jar) {
        for (Provided each : jar.provided()) {
            for (Loaded other : current.values()) {
                if (other.jar.provides(each.kind(), each.name())) {
                    return Optional.of(each.label() + " is already provided by " + other.jar.file()
                            + ", remove one of the two");
                }
            }
        }
        return Optional.empty();
    }

    private void retire(String name, String why) {
        Loaded loaded = current.remove(name);
        if (loaded == null) {
            return;
        }
        LOG.info("plugin jar {}: {}", loaded.jar, why);
        if (loaded.jar.isRefused()) {
            delete(loaded.copy);
        } else {
            retired.add(loaded);
            forgetClashes();
        }
    }

    /** What stood back behind another jar may be loaded now that one is gone. */
    private void forgetClashes() {
        current.values().stream().filter(Loaded::clashes).forEach(loaded -> delete(loaded.copy));
        current.values().removeIf(Loaded::clashes);
    }

    private boolean unloadUnused() {
        boolean changed = false;
        for (Loaded loaded : List.copyOf(retired)) {
            if (loaded.jar.unloadIfUnused()) {
                retired.remove(loaded);
                delete(loaded.copy);
                LOG.info("plugin jar {}: unloaded", loaded.jar);
                changed = true;
            }
        }
        return changed;
    }

    /** Unloads everything, whatever is under way. */
    void unloadAll() {
        Stream.concat(current.values().stream(), retired.stream()).forEach(loaded -> {
            loaded.jar.unload();
            delete(loaded.copy);
        });
        current.clear();
        retired.clear();
        delete(copies);
    }

    private static void delete(Path copy) {
        try {
            Files.deleteIfExists(copy);
        } catch (IOException e) {
            LOG.warn("can't delete {}: {}", copy, e.toString());
        }
    }
}
