package dev.swarmdex.peer.host.download;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The names of files beside a download's target that are there until it is whole: the target's with a suffix. Where that would
 * be longer than file systems allow, the end of the target's name gives way to a hash of the whole.
 */
public final class WorkingName {

    private static final int LONGEST_NAME = 255;
    /** Those of one download have to share a stem; the longest are {@code .part.pieces.new} and {@code .unverified.part}. */
    private static final int LONGEST_SUFFIX = 16;
    private static final int HASH_BYTES = 16;

    private WorkingName() {}

    /** The path beside the target whose name ends in that suffix. */
    public static Path beside(Path target, String suffix) {
        int longest = LONGEST_NAME - Math.max(LONGEST_SUFFIX, length(suffix));
        return target.resolveSibling(stem(String.valueOf(target.getFileName()), longest) + suffix);
    }

    private static String stem(String name, int longest) {
        if (length(name) <= longest) {
            return name;
        }
        String hash = "~" + hash(name);
        return beginning(name, longest - length(hash)) + hash;
    }

    /** As many whole characters as fit. */
    private static String beginning(String name, int longest) {
        int end = 0;
        for (int bytes = 0; end < name.length();) {
            int next = name.offsetByCodePoints(end, 1);
            bytes += length(name.substring(end, next));
            if (bytes > longest) {
                break;
            }
            end = next;
        }
        return name.substring(0, end);
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static int length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
