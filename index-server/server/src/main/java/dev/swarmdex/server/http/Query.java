package dev.swarmdex.server.http;

import dev.swarmdex.store.Cursor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The parameters of a request, each given once and known to its route. */
record Query(Map<String, String> values) {

    static final int USUAL_LIMIT = 50;
    static final int MOST = 500;
    private static final int LONGEST = 2048;

    Query {
        values = Map.copyOf(values);
    }

    /** Checks the parameters against those that the route knows. */
    static Query of(Map<String, List<String>> given, List<String> known) throws BadQueryException {
        Map<String, String> values = new TreeMap<>();
        for (Map.Entry<String, List<String>> each : given.entrySet()) {
            String name = each.getKey();
            if (!known.contains(name)) {
                throw new BadQueryException("there is no such parameter here; there are: " + String.join(", ", known));
            }
            if (each.getValue().size() != 1) {
                throw new BadQueryException(name + " must be given once");
            }
            String value = each.getValue().getFirst();
            if (value.length() > LONGEST) {
                throw new BadQueryException(name + " must have at most " + LONGEST + " characters");
            }
            values.put(name, value);
        }
        return new Query(values);
    }

    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(value -> !value.isBlank());
    }

    int limit() throws BadQueryException {
        Optional<Long> limit = number("limit");
        if (limit.isPresent() && (limit.get() < 1 || limit.get() > MOST)) {
            throw new BadQueryException("limit must be 1 to " + MOST);
        }
        return limit.map(Long::intValue).orElse(USUAL_LIMIT);
    }

    /** A cursor of one number. */
    Optional<Long> place() throws BadQueryException {
        return number("cursor");
    }

    /** A cursor of two numbers. */
    Cursor cursor() throws BadQueryException {
        Optional<String> text = text("cursor");
        if (text.isEmpty()) {
            return Cursor.START;
        }
        String[] parts = text.get().split("-", -1);
        if (parts.length != 2) {
            throw badCursor();
        }
        return new Cursor(parsed(parts[0]), parsed(parts[1]));
    }

    static String shown(Cursor cursor) {
        return cursor.content() + "-" + cursor.session();
    }

    private Optional<Long> number(String name) throws BadQueryException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches("\\d{1,18}")) {
            throw new BadQueryException(name + " must be a number");
        }
        return text.map(Long::valueOf);
    }

    /** A cursor's session may be the highest number that there is, which has 19 digits. */
    private static long parsed(String digits) throws BadQueryException {
        try {
            if (digits.matches("\\d{1,19}")) {
                return Long.parseLong(digits);
            }
        } catch (NumberFormatException e) {
            throw (BadQueryException) badCursor().initCause(e);
        }
        throw badCursor();
    }

    private static BadQueryException badCursor() {
        return new BadQueryException("cursor must be what the page before gave as next");
    }
}
