package dev.swarmdex.peer.host.sharing;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What to share, and how to keep up with it.
 *
 * @param folders the shared folders; one that does not exist is shared once it does
 * @param stateFolder where hashes and what was shared by command are kept; it is never shared itself
 * @param quietTime how long a file must not have changed before it is hashed
 * @param rescan how often all folders are read anew, in case the watch missed something
 * @param hashingThreads how many threads hash
 * @param remembers whether what is shared and unshared by command is so for the next run too
 */
public record SharingSettings(List<Path> folders, Path stateFolder, Duration quietTime, Duration rescan,
        int hashingThreads, boolean remembers) {

    /** Refuses times and numbers that are not positive. */
    public SharingSettings {
        folders = List.copyOf(folders);
        if (!quietTime.isPositive() || !rescan.isPositive() || hashingThreads < 1) {
            throw new IllegalArgumentException("times and threads must be positive");
        }
    }

    /** The usual settings: a second of quiet, a rescan every ten minutes, all cores. */
    public static SharingSettings of(List<Path> folders, Path stateFolder, boolean remembers) {
        return new SharingSettings(folders, stateFolder, Duration.ofSeconds(1), Duration.ofMinutes(10),
                Runtime.getRuntime().availableProcessors(), remembers);
    }
}
