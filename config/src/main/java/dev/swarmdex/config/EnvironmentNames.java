package dev.swarmdex.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds the key that an environment variable means, in whose name {@code .} and {@code -} are both {@code _}. */
final class EnvironmentNames {

    private EnvironmentNames() {}

    /**
     * The path of the key, if there is one.
     *
     * @param table the config so far, whose arrays of tables tell which elements there are
     */
    static Optional<List<String>> path(Class<?> type, Node.Table table, String variable) {
        Optional<List<String>> known = Schema.keys(type).stream()
                .flatMap(key -> within(key, table.entries().get(key.name()), variable).stream()).findFirst();
        return known.isEmpty() && Schema.takesRemaining(type) && !variable.isEmpty()
                ? Optional.of(List.of(asKey(variable)))
                : known;
    }

    private static Optional<List<String>> within(Schema.Key key, @Nullable Node node,
            String variable) {
        String name = asVariable(key.name());
        if (variable.equals(name)) {
            return Optional.of(List.of(key.name()));
        }
        if (!variable.startsWith(name + "_")) {
            return Optional.empty();
        }
        String rest = variable.substring(name.length() + 1);
        Optional<List<String>> below = key.tables().isPresent()
                ? inElement(key.tables().get(), node, rest)
                : key.table().flatMap(t -> path(t, tableOrNone(node), rest));
        return below.map(path -> prepend(key.name(), path));
    }

    /** The elements that are there come first; otherwise the first word names a new one. */
    private static Optional<List<String>> inElement(Class<?> element, @Nullable Node node,
            String rest) {
        Stream<String> present = node instanceof Node.Items items
                ? items.items().stream().map(item -> Overrides.nameOf(tableOrNone(item), Schema.discriminator(element)))
                : Stream.of();
        int end = rest.indexOf('_');
        Stream<String> named = end < 1 ? Stream.of() : Stream.of(asKey(rest.substring(0, end)));
        return Stream.concat(present, named).filter(name -> rest.startsWith(asVariable(name) + "_")).distinct()
                .flatMap(name -> path(element, tableOrNone(null), rest.substring(name.length() + 1))
                        .map(path -> prepend(name, path)).stream())
                .findFirst();
    }

    private static Node.Table tableOrNone(@Nullable Node node) {
        return node instanceof Node.Table table ? table : new Node.Table(Map.of(), Origin.named(""));
    }

    private static List<String> prepend(String first, List<String> rest) {
        List<String> path = new ArrayList<>(List.of(first));
        path.addAll(rest);
        return path;
    }

    private static String asVariable(String key) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    private static String asKey(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
