package dev.swarmdex.peer.host.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** All that the loaded plugins provide at one moment. Immutable. */
final class Catalog {

    static final Catalog EMPTY = new Catalog(Map.of(), List.of());

    private final Map<PluginKind, Map<String, Entry>> entries;
    private final List<PluginStatus> status;

    private Catalog(Map<PluginKind, Map<String, Entry>> entries, List<PluginStatus> status) {
        this.entries = entries;
        this.status = status;
    }

    /** An extension, and the count of what is under way in its plugin. */
    record Entry(Object extension, Uses uses, String jar) {}

    /** A catalog of these jars, no two of which provide the same. */
    static Catalog of(Collection<PluginJar> jars, Collection<PluginJar> retired) {
        Map<PluginKind, Map<String, Entry>> entries = new EnumMap<>(PluginKind.class);
        List<PluginStatus> status = new ArrayList<>();
        for (PluginJar jar : jars) {
            for (Provided each : jar.provided()) {
                entries.computeIfAbsent(each.kind(), _ -> new TreeMap<>()).put(each.name(), new Entry(each.extension(),
                        jar.uses(), jar.file()));
            }
            status.addAll(jar.status(false));
        }
        retired.forEach(jar -> status.addAll(jar.status(true)));
        return new Catalog(entries, List.copyOf(status));
    }

    Optional<Entry> find(PluginKind kind, String name) {
        return Optional.ofNullable(entries.getOrDefault(kind, Map.of()).get(name));
    }

    SortedSet<String> names(PluginKind kind) {
        return Collections.unmodifiableSortedSet(new TreeSet<>(entries.getOrDefault(kind, Map.of()).keySet()));
    }

    List<PluginStatus> status() {
        return status;
    }

    /** What there is instead of a plugin that is missing, as the end of a sentence. */
    String insteadOf(PluginKind kind) {
        String there = entries.getOrDefault(kind, Map.of()).entrySet().stream()
                .map(entry -> entry.getKey() + " from " + entry.getValue().jar()).collect(Collectors.joining(", "));
        String refused = status.stream().filter(each -> each.state().equals(PluginStatus.REFUSED))
                .map(each -> each.jar() + ", " + each.error()).collect(Collectors.joining("; "));
        return " (there is " + (there.isEmpty() ? "no " + kind : there)
                + (refused.isEmpty() ? "" : "; refused: " + refused) + ")";
    }
}
