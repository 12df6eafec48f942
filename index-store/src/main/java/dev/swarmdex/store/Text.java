package dev.swarmdex.store;

import java.nio.charset.StandardCharsets;

/** The rules for text in the index: well-formed Unicode of a bounded length, without control characters. */
final class Text {

    private Text() {}

    /** Returns the text if it takes {@code minimum} to {@code maximum} bytes in UTF-8 and every database can hold it. */
    static String check(String what, String text, int minimum, int maximum) {
        if (text.length() < minimum || text.length() > maximum || utf8Length(text) > maximum) {
            throw new IllegalArgumentException(
                    what + " must take " + minimum + " to " + maximum + " bytes in UTF-8, not " + utf8Length(text));
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException(what + " has a control character at position " + i);
            }
            if (Character.isSurrogate(c) && !isHalfOfPair(text, i)) {
                throw new IllegalArgumentException(what + " has half a surrogate pair at position " + i);
            }
        }
        return text;
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static boolean isHalfOfPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }
}
