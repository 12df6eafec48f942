package dev.swarmdex.config;

import java.util.List;
import java.util.Map;

/**
 * A config that was read, and what the operator should know about it although it is no error.
 *
 * @param warnings one line each
 * @param origins where each value was written, by its key; the file is under the empty key
 */
public record Loaded<T>(T config, List<String> warnings, Map<String, String> origins) {

    /** Keeps a copy of the warnings and the origins. */
    public Loaded {
        warnings = List.copyOf(warnings);
        origins = Map.copyOf(origins);
    }

    /** That a value turned out to be wrong when it was used, told as what is wrong when it is read. */
    public ConfigException problem(String key, String text) {
        String at = key;
        while (!at.isEmpty() && !origins.containsKey(at)) {
            at = at.substring(0, Math.max(0, at.lastIndexOf('.')));
        }
        return new ConfigException(origins.getOrDefault(at, "config") + ": " + key + ": " + text);
    }
}
