package dev.swarmdex.store.state;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The words that somebody searches for. A name matches if each of them is one of its words, or the beginning of one; ignoring
 * case, accents and whatever is neither letter nor digit.
 */
public record Words(List<String> words) {

    /** Shorter beginnings fit too much to be of use: a word must be that long to be taken for one. */
    public static final int SHORTEST_BEGINNING = 2;

    private static final Pattern ACCENTS = Pattern.compile("\\p{M}+");
    private static final int MOST_SOUGHT = 16;
    private static final int MOST = 64;
    private static final int LONGEST = 64;

    /** Copies the list. */
    public Words {
        words = List.copyOf(words);
    }

    /**
     * The words in what somebody typed; no words match every name. More than {@value #MOST_SOUGHT} are refused, since
     * each takes its time to be looked up.
     */
    public static Words in(Collection<String> typed) {
        SequencedSet<String> words = split(String.join(" ", typed), false);
        if (words.size() > MOST_SOUGHT) {
            throw new IllegalArgumentException("search for at most " + MOST_SOUGHT + " words");
        }
        return new Words(List.copyOf(words));
    }

    /** The words of a name, as they are compared: also the parts of those that are put together LikeThis. */
    public static SequencedSet<String> ofName(String name) {
        return split(name, true);
    }

    /** Whether the name holds them all. */
    public boolean areIn(String name) {
        return areAmong(ofName(name));
    }

    /** Whether they are all among these words of a name. */
    public boolean areAmong(Collection<String> ofName) {
        return words.stream().allMatch(word -> ofName.stream().anyMatch(other -> fits(word, other)));
    }

    /** Whether it may stand for longer words, too. */
    public static boolean isBeginning(String word) {
        return word.length() >= SHORTEST_BEGINNING;
    }

    private static boolean fits(String word, String other) {
        return isBeginning(word) ? other.startsWith(word) : other.equals(word);
    }

    private static SequencedSet<String> split(String text, boolean parts) {
        String plain = isPlain(text) ? text : withoutAccents(text);
        SequencedSet<String> words = new TreeSet<>();
        for (int start = 0; start < plain.length();) {
            int end = end(plain, start);
            if (end == start) {
                start += Character.charCount(plain.codePointAt(start));
                continue;
            }
            add(words, plain.substring(start, end));
            if (parts) {
                parts(plain.substring(start, end)).forEach(part -> add(words, part));
            }
            start = end;
        }
        return words;
    }

    private static boolean isPlain(String text) {
        return text.chars().allMatch(character -> character < 0x80);
    }

    /** Letters apart from their accents, which are neither letters nor digits, and have no place between words. */
    private static String withoutAccents(String text) {
        return ACCENTS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
    }

    /** Where the letters and digits end that start there. */
    private static int end(String text, int start) {
        int end = start;
        while (end < text.length() && Character.isLetterOrDigit(text.codePointAt(end))) {
            end += Character.charCount(text.codePointAt(end));
        }
        return end;
    }

    /** The parts of a word in which a capital letter follows a small one. */
    private static List<String> parts(String word) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int at = 1; at < word.length(); at++) {
            if (Character.isUpperCase(word.charAt(at)) && Character.isLowerCase(word.charAt(at - 1))) {
                parts.add(word.substring(start, at));
                start = at;
            }
        }
        parts.add(word.substring(start));
        return parts;
    }

    private static void add(Collection<String> words, String word) {
        String small = word.toLowerCase(Locale.ROOT);
        if (words.size() < MOST) {
            words.add(small.length() > LONGEST ? small.substring(0, LONGEST) : small);
        }
    }
}
