package dev.swarmdex.protocol;

import java.util.List;

/** The rule for words, in protocols that separate them by spaces: text without spaces and control characters. */
public final class Word {

    private Word() {}

    /** Returns the word if it keeps the rule, and throws an {@link IllegalArgumentException} otherwise. */
    public static String check(String what, String word, int longest) {
        WireText.check(what, word, 1, longest);
        if (word.indexOf(' ') >= 0) {
            throw new IllegalArgumentException(what + " can't contain a space");
        }
        return word;
    }

    /** The words of a line. */
    public static List<String> split(String line) {
        return line.isBlank() ? List.of() : List.of(line.strip().split(" +"));
    }
}
