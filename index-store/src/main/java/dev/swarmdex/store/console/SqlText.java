package dev.swarmdex.store.console;

/**
 * What of a text in SQL is a string, a quoted name or a comment, as H2 and PostgreSQL have them: text between {@code $$} or
 * {@code $tag$} is a string, and comments may be in comments.
 */
public final class SqlText {

    private static final int UNCLOSED = -1;

    private SqlText() {}

    /** The place of the first {@code ;} that ends a statement, or -1. */
    public static int end(String text) {
        int at = 0;
        while (at != UNCLOSED && at < text.length()) {
            if (text.charAt(at) == ';') {
                return at;
            }
            at = after(text, at);
        }
        return -1;
    }

    /** The place of what comes first after blanks and comments; the text's length where nothing does. */
    public static int start(String text) {
        int at = 0;
        while (at < text.length()) {
            int next = Character.isWhitespace(text.charAt(at)) ? at + 1 : afterComment(text, at);
            if (next == at || next == UNCLOSED) {
                return at;
            }
            at = next;
        }
        return at;
    }

    /** The place after the character there, or after the string, name or comment that begins with it. */
    private static int after(String text, int at) {
        char first = text.charAt(at);
        if (first == '\'' || first == '"') {
            return afterNext(text, String.valueOf(first), at + 1);
        }
        if (first == '$') {
            return afterDollars(text, at);
        }
        int next = afterComment(text, at);
        return next == at ? at + 1 : next;
    }

    /** The place after the comment that begins there; the same place where none does. */
    private static int afterComment(String text, int at) {
        if (text.startsWith("--", at)) {
            int end = text.indexOf('\n', at);
            return end < 0 ? text.length() : end + 1;
        }
        if (!text.startsWith("/*", at)) {
            return at;
        }
        int next = at + 2;
        for (int open = 1; open > 0; next += 2) {
            int closing = text.indexOf("*/", next);
            int another = text.indexOf("/*", next);
            if (closing < 0) {
                return UNCLOSED;
            }
            boolean deeper = another >= 0 && another < closing;
            open += deeper ? 1 : -1;
            next = deeper ? another : closing;
        }
        return next;
    }

    /** A {@code $} in a name or a number begins nothing. */
    private static int afterDollars(String text, int at) {
        boolean inName = at > 0 && Character.isJavaIdentifierPart(text.charAt(at - 1));
        int end = at + 1;
        while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
            end++;
        }
        if (inName || end == text.length() || text.charAt(end) != '$' || Character.isDigit(text.charAt(at + 1))) {
            return at + 1;
        }
        return afterNext(text, text.substring(at, end + 1), end + 1);
    }

    private static int afterNext(String text, String closing, int from) {
        int found = text.indexOf(closing, from);
        return found < 0 ? UNCLOSED : found + closing.length();
    }
}
