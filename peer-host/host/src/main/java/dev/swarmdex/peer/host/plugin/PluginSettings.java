package dev.swarmdex.peer.host.plugin;

import java.util.Map;
import java.util.Set;

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
}
