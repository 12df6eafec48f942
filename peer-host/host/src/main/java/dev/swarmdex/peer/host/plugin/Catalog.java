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

    /** An extension, and what stands between the host and it. */
    record Entry(Object extension, Guard guard, String jar) {}

    /** A catalog of these jars, no two of which provide the same. */
    static Catalog of(Collection<PluginJar> jars, Collection<PluginJar> retired) {
        Map<PluginKind, Map<String, Entry>> entries = new EnumMap<>(PluginKind.class);
        List<PluginStatus> status = new ArrayList<>();
        for (PluginJar jar : jars) {
            for (Provided each : jar.isUsable() ? jar.provided() : List.<Provided>of()) {
                entries.computeIfAbsent(each.kind(), _ -> new TreeMap<>()).put(each.name(), new Entry(each.extension(),
                        jar.guard(each), jar.file()));
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
        String unused = status.stream().filter(each -> !each.error().isEmpty())
                .map(each -> each.jar() + ", " + each.error()).collect(Collectors.joining("; "));
        return " (there is " + (there.isEmpty() ? "no " + kind : there)
                + (unused.isEmpty() ? "" : "; not used: " + unused) + ")";
    }
}
