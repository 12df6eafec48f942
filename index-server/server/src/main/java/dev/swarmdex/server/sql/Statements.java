package dev.swarmdex.server.sql;

/**
 * Collects lines until they make a statement, which ends with a {@code ;} that is in no string, quoted name or comment.
 * For one thread.
 */
final class Statements {

    private final StringBuilder text = new StringBuilder();

    /** Whether nothing is waiting for its end. */
    boolean isEmpty() {
        return text.toString().isBlank();
    }

    /** Adds a line. Returns whether the statement is complete; then {@link #take} has it. */
    boolean add(String line) {
        text.append(line).append('\n');
        return end() >= 0;
    }

    /** What was collected, without its {@code ;}; then it is forgotten. What follows the {@code ;} stays. */
    String take() {
        int end = end();
        String statement = end < 0 ? text.toString() : text.substring(0, end);
        text.delete(0, end < 0 ? text.length() : end + 1);
        return statement.strip();
    }

    /** Whether another statement is complete already. */
    boolean hasNext() {
        return end() >= 0;
    }

    /** Forgets what was collected. */
    void clear() {
        text.setLength(0);
    }

    /** The place of the first {@code ;} that ends a statement, or -1. */
    private int end() {
        int at = 0;
        while (at >= 0 && at < text.length()) {
            switch (text.charAt(at)) {
                case ';' -> {
                    return at;
                }
                case '\'', '"' -> at = after(String.valueOf(text.charAt(at)), at + 1);
                case '-' -> at = text.indexOf("--", at) == at ? after("\n", at) : at + 1;
                case '/' -> at = text.indexOf("/*", at) == at ? after("*/", at + 2) : at + 1;
                default -> at++;
            }
        }
        return -1;
    }

    private int after(String closing, int from) {
        int found = text.indexOf(closing, from);
        return found < 0 ? -1 : found + closing.length();
    }
}
