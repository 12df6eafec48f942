package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.WireText;

/** The rule for filenames: 1 to 25 bytes of UTF-8 without control characters and {@code ;}, which separates fields. */
public final class Filename {

    /** The most bytes of a filename. */
    public static final int LONGEST = 25;

    private Filename() {}

    /** Returns the name if it keeps the rule, and throws an {@link IllegalArgumentException} otherwise. */
    public static String check(String name) {
        WireText.check("filename", name, 1, LONGEST);
        if (name.indexOf(';') >= 0) {
            throw new IllegalArgumentException("a filename can't contain ;");
        }
        return name;
    }
}
