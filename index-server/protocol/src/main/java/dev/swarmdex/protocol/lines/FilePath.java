package dev.swarmdex.protocol.lines;

import dev.swarmdex.protocol.Word;

/** The rule for paths: 1 to 1024 bytes of UTF-8 without control characters and spaces, which separate paths. */
public final class FilePath {

    /** The most bytes of a path. */
    public static final int LONGEST = 1024;

    private FilePath() {}

    /** Returns the path if it keeps the rule, and throws an {@link IllegalArgumentException} otherwise. */
    public static String check(String path) {
        return Word.check("a path", path, LONGEST);
    }
}
