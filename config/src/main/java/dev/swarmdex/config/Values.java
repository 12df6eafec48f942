package dev.swarmdex.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The types of single values, and how each is read. */
final class Values {

    /**
     * @param expected completes "is not …" for the operator
     * @param read throws IllegalArgumentException for what does not fit, with a message if there is more to say
     */
    private record Kind(String expected, Function<Node.Scalar, Object> read) {}

    private static final Map<Class<?>, Kind> KINDS = Map.of( //
            String.class, new Kind("text in quotes", Values::text), //
            boolean.class, new Kind("true or false", scalar -> as(Boolean.class, scalar)), //
            int.class,
            new Kind("a whole number from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE, Values::integer),
            long.class, new Kind("a whole number", scalar -> as(Long.class, scalar)), //
            Duration.class,
            new Kind("a duration such as \"120s\", \"24h\", \"365d\" or \"500ms\"", s -> Durations.parse(text(s))), //
            Path.class, new Kind("a path in quotes", scalar -> Path.of(filled(text(scalar)))), //
            URI.class, new Kind("an address such as \"udp://127.0.0.1:7117\"", s -> URI.create(filled(text(s)))), //
            BindAddress.class,
            new Kind("an address such as \"0.0.0.0:7117\" or \"[::]:7117\"", s -> BindAddress.parse(text(s))), //
            DataRate.class, new Kind("a rate such as \"20MB/s\", \"100Mbit/s\" or \"unlimited\"",
                    s -> DataRate.parse(text(s))));

    private Values() {}

    static boolean isSingle(Class<?> type) {
        return type.isEnum() || KINDS.containsKey(type);
    }

    /** Completes "is not …" or "must be …" with what the type takes. */
    static String expected(Class<?> type) {
        return kind(type).expected();
    }

    /** Reads a value, or throws IllegalArgumentException with the message for the operator. */
    static Object read(Class<?> type, Node.Scalar scalar) {
        Kind kind = kind(type);
        try {
            return kind.read().apply(scalar);
        } catch (IllegalArgumentException e) {
            String more = e.getMessage() == null ? "" : ": " + e.getMessage();
            throw new IllegalArgumentException(shown(scalar) + " is not " + kind.expected() + more, e);
        }
    }

    /** The value as text, whatever its type. */
    static String anyText(Node.Scalar scalar) {
        return scalar.value() instanceof String text ? text : scalar.raw().orElse(scalar.value().toString());
    }

    private static Kind kind(Class<?> type) {
        Kind kind = type.isEnum() ? enumeration(type) : KINDS.get(type);
        if (kind == null) {
            throw new IllegalStateException("config records can't have components of " + type);
        }
        return kind;
    }

    private static Kind enumeration(Class<?> type) {
        String names = Arrays.stream(type.getEnumConstants()).map(c -> '"' + kebab(c) + '"')
                .collect(Collectors.joining(", "));
        return new Kind("one of " + names,
                scalar -> Arrays.stream(type.getEnumConstants()).filter(c -> kebab(c).equals(text(scalar))).findFirst()
                        .orElseThrow(IllegalArgumentException::new));
    }

    private static String kebab(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String text(Node.Scalar scalar) {
        return scalar.value() instanceof String text ? text : scalar.raw().orElseThrow(IllegalArgumentException::new);
    }

    private static String filled(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("it is empty");
        }
        return text;
    }

    private static int integer(Node.Scalar scalar) {
        long value = as(Long.class, scalar);
        if (value != (int) value) {
            throw new IllegalArgumentException();
        }
        return (int) value;
    }

    private static <T> T as(Class<T> type, Node.Scalar scalar) {
        if (!type.isInstance(scalar.value())) {
            throw new IllegalArgumentException();
        }
        return type.cast(scalar.value());
    }

    /** The value as it is written. */
    static String shown(Node.Scalar scalar) {
        return scalar.value() instanceof String text ? '"' + text + '"' : anyText(scalar);
    }
}
