package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.host.plugin.PluginFolder.Jar;
import dev.swarmdex.peer.host.plugin.PluginFolder.Stamp;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The jars of a folder as they are loaded at the moment. For one thread. */
final class LoadedJars {

    private static final Logger LOG = LoggerFactory.getLogger(LoadedJars.class);

    private final PluginFolder folder;
    private final PluginCopies copies;
    private final PluginSettings settings;
    private final SortedMap<String, Loaded> current = new TreeMap<>();
    private final List<Loaded> retired = new ArrayList<>();
    private String lastFailure = "";
    /** By the jar's name, why it could not be copied. */
    private final Map<String, String> uncopied = new HashMap<>();

    LoadedJars(Path folder, PluginCopies copies, PluginSettings settings, InstantSource clock) {
        this.folder = new PluginFolder(folder, settings.trust().needsSignatures(), clock);
        this.copies = copies;
        this.settings = settings;
    }

    /**
     * A jar as it was loaded.
     *
     * @param copy what it was loaded from; null where it could not be opened
     * @param clashes whether it is refused only because another jar provides the same
     */
    private record Loaded(PluginJar jar, Stamp stamp, @Nullable Path copy, boolean clashes) {}

    Catalog catalog() {
        return Catalog.of(current.values().stream().map(Loaded::jar).toList(),
                retired.stream().map(Loaded::jar).toList());
    }

    /** Looks at the folder, loads what is new, retires what is gone; whether anything changed. */
    boolean refresh() {
        boolean changed = unloadUnused();
        changed |= switchOffBad();
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
        uncopied.keySet().retainAll(jars.keySet());
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
        Optional<Path> copy = found.flaw().isPresent() ? Optional.empty() : copy(name, found);
        if (found.flaw().isEmpty() && copy.isEmpty()) {
            return false; // what is loaded stays until there is something to take its place
        }
        if (before != null) {
            retire(name, "replaced");
        }
        Loaded loaded = copy.map(whole -> load(name, found, whole)).orElseGet(() -> new Loaded(
                PluginJar.refused(name, found.flaw().orElseThrow()), found.stamp(), null, false));
        current.put(name, told(loaded));
        return true;
    }

    /** A copy of the jar; empty when it can't be had now, and the next look may have it. */
    private Optional<Path> copy(String name, Jar found) {
        Path copy = null;
        try {
            copy = copies.add(found.file());
            uncopied.remove(name);
            if (folder.stamp(found.file()).equals(found.stamp())) {
                return Optional.of(copy);
            }
        } catch (IOException e) {
            // said once, and tried at every look
            if (!e.toString().equals(uncopied.put(name, e.toString()))) {
                LOG.warn("plugin jar {}: can't be copied to be loaded, keeping what is: {}", name, e.toString());
            }
        }
        delete(copy);
        return Optional.empty();
    }

    private Loaded load(String name, Jar found, Path copy) {
        PluginJar jar = loadTrusted(name, copy, PluginFolder.signatureOf(found.file()));
        Optional<String> clash = clash(jar);
        clash.ifPresent(jar::refuse);
        return new Loaded(jar, found.stamp(), copy, clash.isPresent());
    }

    private PluginJar loadTrusted(String name, Path copy, Path signature) {
        try {
            settings.trust().check(copy, signature);
        } catch (RefusedJarException e) {
            return PluginJar.refused(name, e.reason());
        }
        return PluginJar.load(name, copy, settings);
    }

    private static Loaded told(Loaded loaded) {
        if (loaded.jar.isUsable()) {
            LOG.info("plugin jar {}: loaded, provides {}", loaded.jar, loaded.jar.labels());
        } else {
            LOG.warn("plugin jar {} is {}: {}", loaded.jar, loaded.jar.state(), loaded.jar.error());
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
        if (loaded.jar.isLeftOut()) {
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

    private boolean switchOffBad() {
        boolean changed = false;
        for (Loaded loaded : current.values()) {
            changed |= loaded.jar.switchOffIfBad();
        }
        if (changed) {
            forgetClashes();
        }
        return changed;
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
        copies.deleteAll();
    }

    private void delete(@Nullable Path copy) {
        if (copy != null) {
            copies.delete(copy);
        }
    }
}
