package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the jars and zips in a folder, again and again, and finds out which of them are whole: a file that is still being
 * copied is left alone. Files whose name begins with a dot are temporary ones of whoever copies. For one thread.
 */
final class PluginFolder {

    /** A jar that opens is whole once it has not changed for that long. */
    private static final Duration QUIET = Duration.ofMillis(300);
    /** A file that does not open as a jar is still being copied, until it has not changed for that long. */
    private static final Duration STALLED = Duration.ofSeconds(3);
    /** A jar that vanishes may be about to be replaced. */
    private static final Duration GONE = Duration.ofMillis(300);

    private final Path folder;
    private final boolean signatures;
    private final InstantSource clock;
    private final Map<String, Sighting> sightings = new HashMap<>();
    private boolean firstLook = true;

    /**
     * A folder that nobody has looked at.
     *
     * @param signatures whether a jar is another one when the signature beside it is another one
     */
    PluginFolder(Path folder, boolean signatures, InstantSource clock) {
        this.folder = folder;
        this.signatures = signatures;
        this.clock = clock;
    }

    /** What distinguishes one version of a file from the next; where signatures count, with that of its signature. */
    record Stamp(long size, FileTime modified, @Nullable Object key, @Nullable Stamp signature) {

        private static Stamp of(Path file, @Nullable Stamp signature) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey(), signature);
        }
    }

    /** The stamp of a jar as it is now. */
    Stamp stamp(Path jar) throws IOException {
        Path signature = signatureOf(jar);
        return Stamp.of(jar, signatures && Files.exists(signature) ? Stamp.of(signature, null) : null);
    }

    /** Where the signature of a jar is, if it has one. */
    static Path signatureOf(Path jar) {
        return jar.resolveSibling(jar.getFileName() + ".sig");
    }

    /**
     * A jar in the folder.
     *
     * @param settled false while it is being copied, replaced or removed: leave things as they are
     * @param flaw why it can't be opened
     */
    record Jar(Path file, Stamp stamp, boolean settled, Optional<String> flaw) {}

    private record Sighting(Jar jar, Instant unchangedSince, @Nullable Instant goneSince) {}

    /** All jars and zips by name; those that are gone are missing. */
    SortedMap<String, Jar> look() throws IOException {
        Instant now = clock.instant();
        Map<String, Jar> present = new HashMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[!.]*.{jar,zip}")) {
            for (Path file : files) {
                if (Files.isRegularFile(file)) {
                    see(file, now).ifPresent(jar -> present.put(file.getFileName().toString(), jar));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        sightings.replaceAll((name, sighting) -> present.containsKey(name) ? sighting : missed(sighting, now));
        sightings.values().removeIf(sighting -> sighting.goneSince != null && lasted(sighting.goneSince, now, GONE));
        firstLook = false;
        SortedMap<String, Jar> jars = new TreeMap<>();
        sightings.forEach((name, sighting) -> jars.put(name, sighting.jar));
        return jars;
    }

    private Optional<Jar> see(Path file, Instant now) throws IOException {
        String name = file.getFileName().toString();
        Stamp stamp;
        try {
            stamp = stamp(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Sighting before = sightings.get(name);
        Instant since = now;
        if (before != null && before.goneSince == null && before.jar.stamp.equals(stamp)) {
            if (before.jar.settled) {
                return Optional.of(before.jar);
            }
            since = before.unchangedSince;
        }
        Jar jar = judge(file, stamp, since, now);
        sightings.put(name, new Sighting(jar, since, null));
        return Optional.of(jar);
    }

    private Jar judge(Path file, Stamp stamp, Instant since, Instant now) {
        Optional<String> flaw = flaw(file);
        // what lies there at the start and opens was put there before; later it might be in the middle of being replaced
        boolean settled = flaw.isEmpty()
                ? firstLook || lasted(since, now, QUIET)
                : lasted(since, now, STALLED) || (firstLook && lasted(stamp.modified.toInstant(), now, STALLED));
        return new Jar(file, stamp, settled, flaw);
    }

    private static Optional<String> flaw(Path file) {
        try (ZipFile zip = new ZipFile(file.toFile())) {
            return zip.size() == 0 ? Optional.of("it is empty") : Optional.empty();
        } catch (ZipException e) {
            return Optional.of("it is damaged or not a jar: " + e.getMessage());
        } catch (IOException e) {
            return Optional.of("it can't be read: " + e.getMessage());
        }
    }

    private static Sighting missed(Sighting sighting, Instant now) {
        Jar jar = sighting.jar;
        return new Sighting(new Jar(jar.file, jar.stamp, false, jar.flaw), sighting.unchangedSince,
                sighting.goneSince == null ? now : sighting.goneSince);
    }

    private static boolean lasted(Instant since, Instant now, Duration atLeast) {
        return Duration.between(since, now).compareTo(atLeast) >= 0;
    }
}
