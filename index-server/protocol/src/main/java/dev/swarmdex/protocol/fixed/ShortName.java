package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.WireText;

/** The rule for names of peers and contents: 1 to 10 bytes of UTF-8 without control characters. */
public final class ShortName {

    /** The most bytes of a name. */
    public static final int LONGEST = 10;

    private ShortName() {}

    /** Returns the name if it keeps the rule, and throws an {@link IllegalArgumentException} otherwise. */
    public static String check(String what, String name) {
        return WireText.check(what, name, 1, LONGEST);
    }
}
