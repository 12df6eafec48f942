package dev.swarmdex.config;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Puts what the environment and {@code --set} say into a config that was read from a file. */
final class Overrides {

    private static final String PREFIX = "SWARMDEX_";
    /** Variables of the launcher, which are no keys. */
    private static final Set<String> LAUNCHER = Set.of("SWARMDEX_JAVA", "SWARMDEX_JVM", "SWARMDEX_HOME");

    private final Class<?> type;
    private final Node.Table root;
    private final Problems problems;

    Overrides(Class<?> type, Node.Table root, Problems problems) {
        this.type = type;
        this.root = root;
        this.problems = problems;
    }

    /** Applies all {@code SWARMDEX_} variables; the result names those that mean no key. */
    List<String> applyEnvironment(Map<String, String> environment) {
        List<String> warnings = new ArrayList<>();
        new TreeMap<>(environment).forEach((name, text) -> {
            if (!name.startsWith(PREFIX) || LAUNCHER.contains(name)) {
                return;
            }
            Optional<List<String>> path = EnvironmentNames.path(type, root, name.substring(PREFIX.length()));
            if (path.isEmpty()) {
                warnings.add("the environment variable " + name + " is ignored: no config key has that name");
            } else {
                Origin origin = Origin.named("environment " + name);
                put(path.get(), TomlFile.value(text, origin));
            }
        });
        return warnings;
    }

    /** Applies {@code key=value} texts, the last one of a key winning. */
    void applyAssignments(List<String> assignments) {
        Origin origin = Origin.named("--set");
        for (String assignment : assignments) {
            int equals = assignment.indexOf('=');
            List<String> path = equals < 1 ? List.of()
                    : Arrays.asList(assignment.substring(0, equals).split("\\.", -1));
            if (path.isEmpty() || path.contains("")) {
                problems.add(origin, assignment, "is not key=value, as in store.url=jdbc:h2:file:./data/index");
            } else {
                put(path, TomlFile.value(assignment.substring(equals + 1), origin));
            }
        }
    }

    private void put(List<String> path, Node value) {
        put(Optional.of(type), root, path, 0, value);
    }

    /** Goes down the path from the key at {@code depth}; a table that no record describes is made as well, and refused later. */
    private void put(Optional<Class<?>> record, Node.Table table, List<String> path, int depth, Node value) {
        String name = path.get(depth);
        if (depth == path.size() - 1) {
            table.entries().put(name, value);
            return;
        }
        Optional<Schema.Key> key = record.flatMap(r -> Schema.key(r, name));
        Optional<Class<?>> tables = key.flatMap(Schema.Key::tables);
        if (tables.isPresent()) {
            putIntoElement(tables.get(), table, path, depth, value);
        } else {
            Node.Table inner = table.entries().get(name) instanceof Node.Table t ? t : emptyTable(value.origin());
            table.entries().put(name, inner);
            put(key.flatMap(Schema.Key::table), inner, path, depth + 1, value);
        }
    }

    private void putIntoElement(Class<?> record, Node.Table table, List<String> path, int depth, Node value) {
        String discriminator = Schema.discriminator(record);
        String wanted = path.get(depth + 1);
        if (depth + 2 == path.size()) {
            problems.add(value.origin(), String.join(".", path),
                    "is a table; name one of its keys, as in " + String.join(".", path) + "." + discriminator);
            return;
        }
        Node.Items items = table.entries().get(path.get(depth)) instanceof Node.Items present
                ? present
                : new Node.Items(new ArrayList<>(), value.origin());
        table.entries().put(path.get(depth), items);
        List<Node.Table> matches = elements(items).filter(e -> wanted.equals(nameOf(e, discriminator))).toList();
        if (matches.size() > 1) {
            problems.add(value.origin(), String.join(".", path),
                    "means " + matches.size() + " tables with " + discriminator + " = \"" + wanted
                            + "\"; edit the file");
            return;
        }
        Node.Table element = matches.isEmpty() ? emptyTable(value.origin()) : matches.getFirst();
        if (matches.isEmpty()) {
            element.entries().put(discriminator, new Node.Scalar(wanted, Optional.of(wanted), value.origin()));
            items.items().add(element);
        }
        put(Optional.of(record), element, path, depth + 2, value);
    }

    private static Stream<Node.Table> elements(Node.Items items) {
        return items.items().stream().filter(Node.Table.class::isInstance).map(Node.Table.class::cast);
    }

    static String nameOf(Node.Table element, String discriminator) {
        return element.entries().get(discriminator) instanceof Node.Scalar name ? Values.anyText(name) : "";
    }

    private static Node.Table emptyTable(Origin origin) {
        return new Node.Table(new LinkedHashMap<>(), origin);
    }
}
