package dev.swarmdex.peer.host.shell;

import java.util.function.IntPredicate;

/** Text from strangers, made fit for a terminal. */
public final class Printable {

    private Printable() {}

    /** Joins letters and emoji, in names that people do give their files. */
    private static final int NON_JOINER = 0x200C;
    private static final int JOINER = 0x200D;

    /** The text with a question mark for every character that a terminal would obey: controls, ends of lines, what reorders. */
    public static String text(String text) {
        return replaced(text, character -> isPrintable(character));
    }

    /** As {@link #text}, for what has several lines. */
    public static String lines(String text) {
        return replaced(text, character -> character == '\n' || character == '\t' || isPrintable(character));
    }

    private static String replaced(String text, IntPredicate kept) {
        if (text.codePoints().allMatch(kept)) {
            return text;
        }
        return text.codePoints().map(character -> kept.test(character) ? character : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.FORMAT -> character == NON_JOINER || character == JOINER;
            default -> true;
        };
    }
}
