package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.Word;

/** The rule for names of files: 1 to 512 bytes of UTF-8 without control characters and spaces, which separate names. */
public final class FileName {

    /** The most bytes of a name. */
    public static final int LONGEST = 512;

    private FileName() {}

    /** Returns the name if it keeps the rule, and throws an {@link IllegalArgumentException} otherwise. */
    public static String check(String name) {
        return Word.check("the name of a file", name, LONGEST);
    }
}
