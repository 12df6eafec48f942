package dev.swarmdex.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The keys that a record type has. */
final class Schema {

    /** A component of a record and the key that sets it. */
    record Key(String name, RecordComponent component) {

        static Key of(RecordComponent component) {
            return new Key(kebab(component.getName()), component);
        }

        Type type() {
            return component.getGenericType();
        }

        /** The record type that this key's table is bound to, if it is a table. */
        Optional<Class<?>> table() {
            return recordIn(within(type(), Optional.class));
        }

        /** The record type that each table of this key's array is bound to, if it is an array of tables. */
        Optional<Class<?>> tables() {
            Type list = within(type(), Optional.class);
            Type element = within(list, List.class);
            return element.equals(list) ? Optional.empty() : recordIn(element);
        }
    }

    private Schema() {}

    /** The keys in the order of the components, without the one that takes the remaining keys. */
    static List<Key> keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).filter(c -> !takesRemaining(c))
                .map(Key::of).toList();
    }

    static Optional<Key> key(Class<?> type, String name) {
        return keys(type).stream().filter(k -> k.name().equals(name)).findFirst();
    }

    static boolean takesRemaining(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).anyMatch(Schema::takesRemaining);
    }

    static boolean takesRemaining(RecordComponent component) {
        return component.isAnnotationPresent(Remaining.class);
    }

    /** The key whose value tells the elements of an array of these tables apart. */
    static String discriminator(Class<?> type) {
        return keys(type).getFirst().name();
    }

    /** The argument of a parameterized type of that class, or else the type itself. */
    static Type within(Type type, Class<?> container) {
        return type instanceof ParameterizedType p && p.getRawType() == container
                ? p.getActualTypeArguments()[0]
                : type;
    }

    private static Optional<Class<?>> recordIn(Type type) {
        return type instanceof Class<?> c && c.isRecord() && !Values.isSingle(c) ? Optional.of(c) : Optional.empty();
    }

    private static String kebab(String camel) {
        return camel.replaceAll("(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
