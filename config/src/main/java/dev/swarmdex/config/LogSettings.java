package dev.swarmdex.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a long-running program logs: the {@code [log]} table of its config.
 *
 * @param file beside the console; empty for none
 */
public record LogSettings(Optional<Path> file, @Default("info") Level level) {

    /** How much is logged. */
    public enum Level {
        /** What failed. */
        ERROR,
        /** And what looks wrong. */
        WARN,
        /** And what happens, one line per event. */
        INFO,
        /** And each request that changes something. */
        DEBUG,
        /** And everything else. */
        TRACE
    }
}
