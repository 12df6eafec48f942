package dev.swarmdex.store.state;

import java.util.List;

/** The words of a search. A name matches if it holds them all, anywhere and ignoring case. */
public record Words(List<String> words) {

    /** Copies the list. */
    public Words {
        words = List.copyOf(words);
    }

    /** Whether the name holds them all. */
    public boolean areIn(String name) {
        for (String word : words) {
            if (!holds(name, word)) {
                return false;
            }
        }
        return true;
    }

    private static boolean holds(String name, String word) {
        for (int at = 0; at <= name.length() - word.length(); at++) {
            if (name.regionMatches(true, at, word, 0, word.length())) {
                return true;
            }
        }
        return false;
    }
}
