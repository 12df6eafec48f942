package dev.swarmdex.peer.host.shell;

/** Text from strangers, made fit for a terminal. */
public final class Printable {

    private Printable() {}

    /** The text with a question mark for every character that a terminal would obey. */
    public static String text(String text) {
        return text.codePoints().map(character -> Character.isISOControl(character) ? '?' : character)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }
}
