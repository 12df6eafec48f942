package dev.swarmdex.peer.host.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What tells a regular file from a changed one without reading it.
 *
 * @param size in bytes
 * @param modifiedNanos the time of its last modification, in nanoseconds since 1970
 * @param fileKey what the file system knows it by, whatever its name; empty where it has no such thing
 */
record Fingerprint(long size, long modifiedNanos, String fileKey) {

    /** File systems that keep whole seconds only round them to one or two. */
    private static final Duration COARSEST = Duration.ofSeconds(2);
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /**
     * The fingerprint of the regular file at this path; empty when there is none, or a link leads to it: a link in the
     * path could have been put there to get at a file outside the shared folder.
     *
     * @param path absolute, as {@link Path#toRealPath} gave it
     */
    static Optional<Fingerprint> of(Path path) {
        try {
            Optional<Fingerprint> seen = atFirstSight(path);
            return seen.isPresent() && path.toRealPath().equals(path) ? seen : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /**
     * As {@link #of}, but for one who knows the file already, or looks again: that no link is in the path is not asked, which
     * takes longer than all the rest.
     */
    static Optional<Fingerprint> atFirstSight(Path path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class,
                    LinkOption.NOFOLLOW_LINKS);
            return attributes.isRegularFile() ? Optional.of(of(attributes)) : Optional.empty();
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static Fingerprint of(BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new Fingerprint(attributes.size(), attributes.lastModifiedTime().to(TimeUnit.NANOSECONDS),
                key == null ? "" : key.toString());
    }

    /**
     * Whether size and time are the same, and the file's number where the file system has one: what is renamed over a file
     * may have its size and, where times are set by hand, its time. The device may differ, as devices are numbered anew
     * when a machine starts.
     */
    boolean sameVersion(Fingerprint other) {
        return size == other.size && modifiedNanos == other.modifiedNanos && number().equals(other.number());
    }

    /** The part of the key that stays when devices are numbered anew; all of it where it has no such part. */
    private String number() {
        return fileKey.substring(fileKey.indexOf(',') + 1);
    }

    /** Whether the last modification is at least this long ago, or in the future, which means nothing. */
    boolean olderThan(Duration age, Instant now) {
        long nanos = nanosSince(now);
        return nanos < 0 || nanos >= age.toNanos();
    }

    /**
     * Whether the file could still change without changing its fingerprint, because its time has whole seconds only and
     * the second is not over.
     */
    boolean racy(Instant now) {
        return modifiedNanos % SECOND == 0 && Math.abs(nanosSince(now)) < COARSEST.toNanos();
    }

    private long nanosSince(Instant now) {
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano() - modifiedNanos;
    }
}
