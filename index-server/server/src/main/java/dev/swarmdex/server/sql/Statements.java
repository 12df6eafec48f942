package dev.swarmdex.server.sql;

import dev.swarmdex.store.console.SqlText;

/**
 * Collects lines until they make a statement, which ends with a {@code ;} that is in no string, quoted name or comment.
 * For one thread.
 */
final class Statements {

    private final StringBuilder text = new StringBuilder();

    /** Whether nothing is waiting for its end; comments are nothing. */
    boolean isEmpty() {
        return isBlank(text.toString());
    }

    /** Adds lines. Returns whether a statement is complete; then {@link #take} has it. */
    boolean add(String lines) {
        text.append(lines).append('\n');
        return hasNext();
    }

    /** What was collected, without its {@code ;}; then it is forgotten. What follows the {@code ;} stays. */
    String take() {
        int end = SqlText.end(text.toString());
        String statement = end < 0 ? text.toString() : text.substring(0, end);
        text.delete(0, end < 0 ? text.length() : end + 1);
        return statement.strip();
    }

    /** Whether another statement is complete already. Forgets those before it that are nothing. */
    boolean hasNext() {
        int end = SqlText.end(text.toString());
        while (end >= 0 && isBlank(text.substring(0, end))) {
            text.delete(0, end + 1);
            end = SqlText.end(text.toString());
        }
        return end >= 0;
    }

    /** Forgets what was collected. */
    void clear() {
        text.setLength(0);
    }

    private static boolean isBlank(String statement) {
        return SqlText.start(statement) == statement.length();
    }
}
