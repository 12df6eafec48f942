package dev.swarmdex.peer.host.plugin;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the operator decides about plugins.
 *
 * @param disabled ids of plugins that are not to be used
 * @param pinned the only version to use of a plugin, by the plugin's id
 */
public record PluginSettings(Set<String> disabled, Map<String, String> pinned, Trust trust) {

    /** All plugins, in any version, from anybody. */
    public static final PluginSettings PERMISSIVE = new PluginSettings(Set.of(), Map.of(), Trust.ANYBODY);

    /** Keeps immutable copies. */
    public PluginSettings {
        disabled = Set.copyOf(disabled);
        pinned = Map.copyOf(pinned);
    }

    /** Entries that mean no plugin, in words for the operator, if these are the ids of all that there are. */
    Optional<String> warning(SortedSet<String> ids) {
        String lost = Stream.concat(entries("plugins.disabled", disabled, ids),
                entries("plugins.pinned", pinned.keySet(), ids)).collect(Collectors.joining(", "));
        return lost.isEmpty()
                ? Optional.empty()
                : Optional.of("no plugin has the id " + lost + "; there are: "
                        + (ids.isEmpty() ? "none" : String.join(", ", ids)));
    }

    private static Stream<String> entries(String key, Set<String> all, Set<String> known) {
        return all.stream().filter(id -> !known.contains(id)).sorted().map(id -> "\"" + id + "\" (" + key + ")");
    }
}
