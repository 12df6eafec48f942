package dev.swarmdex.config;

import java.util.List;

/**
 * A config that was read, and what the operator should know about it although it is no error.
 *
 * @param warnings one line each
 */
public record Loaded<T>(T config, List<String> warnings) {

    /** Keeps a copy of the warnings. */
    public Loaded {
        warnings = List.copyOf(warnings);
    }
}
