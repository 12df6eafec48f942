package dev.swarmdex.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Binds nodes to records. What does not fit goes to the problems, and binding goes on to find the rest of them. */
final class Binder {

    private final Problems problems;
    private final Map<String, String> origins = new HashMap<>();

    Binder(Problems problems) {
        this.problems = problems;
    }

    /** Binds the whole config, or throws all problems there are by then. */
    <T extends Record> T bind(Class<T> type, Node.Table root) throws ConfigException {
        origins.put("", root.origin().toString());
        Optional<Object> bound = table(type, root, "");
        problems.throwIfAny();
        return type.cast(bound.orElseThrow());
    }

    /** Where each value was written, by its key. */
    Map<String, String> origins() {
        return origins;
    }

    private Optional<Object> table(Class<?> type, Node.Table table, String path) {
        int before = problems.count();
        if (!Schema.takesRemaining(type)) {
            refuseUnknownKeys(type, table, path);
        }
        List<Object> arguments = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            Optional<Object> argument = Schema.takesRemaining(component)
                    ? Optional.of(remaining(type, table, path))
                    : component(Schema.Key.of(component), table, path);
            argument.ifPresent(arguments::add);
        }
        return problems.count() > before ? Optional.empty() : construct(type, arguments, table, path);
    }

    private void refuseUnknownKeys(Class<?> type, Node.Table table, String path) {
        List<String> known = Schema.keys(type).stream().map(Schema.Key::name).toList();
        table.entries().forEach((name, node) -> {
            if (!known.contains(name)) {
                String cure = Nearest.to(name, known).map(near -> "did you mean \"" + near + "\"?")
                        .orElse("known here: " + String.join(", ", known));
                problems.add(node.origin(), join(path, name), "unknown key; " + cure);
            }
        });
    }

    private Map<String, String> remaining(Class<?> type, Node.Table table, String path) {
        Map<String, String> rest = new LinkedHashMap<>();
        table.entries().forEach((name, node) -> {
            if (Schema.key(type, name).isPresent()) {
                return;
            }
            if (node instanceof Node.Scalar scalar) {
                rest.put(name, Values.anyText(scalar));
                origins.put(join(path, name), node.origin().toString());
            } else {
                problems.add(node.origin(), join(path, name), "must be a single value");
            }
        });
        return Map.copyOf(rest);
    }

    private Optional<Object> component(Schema.Key key, Node.Table table, String parent) {
        String path = join(parent, key.name());
        Node node = table.entries().get(key.name());
        if (node == null) {
            return missing(key, table, path);
        }
        origins.put(path, node.origin().toString());
        Type inner = Schema.within(key.type(), Optional.class);
        if (inner.equals(key.type())) {
            return value(inner, node, path);
        }
        boolean empty = node instanceof Node.Scalar scalar && "".equals(scalar.value());
        return empty ? Optional.of(Optional.empty()) : value(inner, node, path).map(Optional::of);
    }

    private Optional<Object> missing(Schema.Key key, Node.Table table, String path) {
        Default preset = key.component().getAnnotation(Default.class);
        if (preset != null) {
            return value(key.type(), TomlFile.value(preset.value(), table.origin()), path);
        }
        if (!key.type().equals(Schema.within(key.type(), Optional.class))) {
            return Optional.of(Optional.empty());
        }
        if (key.table().isPresent()) {
            return table(key.table().get(), new Node.Table(Map.of(), table.origin()), path);
        }
        problems.add(table.origin(), path, "is missing; it must be " + expected(key.type()));
        return Optional.empty();
    }

    private Optional<Object> value(Type type, Node node, String path) {
        Type element = Schema.within(type, List.class);
        if (!element.equals(type)) {
            return list((Class<?>) element, node, path);
        }
        Class<?> wanted = (Class<?>) type;
        if (Values.isSingle(wanted)) {
            return single(wanted, node, path);
        }
        if (node instanceof Node.Table table) {
            return table(wanted, table, path);
        }
        problems.add(node.origin(), path, "must be " + expected(type));
        return Optional.empty();
    }

    private Optional<Object> single(Class<?> type, Node node, String path) {
        if (!(node instanceof Node.Scalar scalar)) {
            problems.add(node.origin(), path, "must be " + Values.expected(type));
            return Optional.empty();
        }
        try {
            return Optional.of(Values.read(type, scalar));
        } catch (IllegalArgumentException e) {
            problems.add(node.origin(), path, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Optional<Object> list(Class<?> element, Node node, String path) {
        Optional<List<Node>> nodes = elements(element, node);
        if (nodes.isEmpty()) {
            problems.add(node.origin(), path, "must be " + listOf(element, node));
            return Optional.empty();
        }
        List<Object> bound = new ArrayList<>();
        for (int i = 0; i < nodes.get().size(); i++) {
            Node each = nodes.get().get(i);
            String elementPath = elementPath(element, each, path, i);
            origins.put(elementPath, each.origin().toString());
            value(element, each, elementPath).ifPresent(bound::add);
        }
        return Optional.of(List.copyOf(bound));
    }

    /** What is expected, with the value that was meant to be its only element where there is one. */
    private static String listOf(Class<?> element, Node node) {
        return node instanceof Node.Scalar scalar && scalar.value() instanceof String && Values.isSingle(element)
                ? "a list, as in [" + Values.shown(scalar) + "]"
                : listOf(element);
    }

    private static String listOf(Class<?> element) {
        return Values.isSingle(element)
                ? "a list in which each element is " + Values.expected(element)
                : "an array of tables";
    }

    /** Outside a file, words with commas between them are a list too. */
    private static Optional<List<Node>> elements(Class<?> element, Node node) {
        return switch (node) {
            case Node.Items items -> Optional.of(items.items());
            case Node.Scalar scalar when scalar.raw().isPresent() && Values.isSingle(element) ->
                Optional.of(words(scalar.raw().get()).map(word -> TomlFile.value(word, scalar.origin())).toList());
            default -> Optional.empty();
        };
    }

    private static Stream<String> words(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(word -> !word.isEmpty());
    }

    /** The element's path as {@code --set} takes it, or with its place in the list where it has no name. */
    private static String elementPath(Class<?> element, Node node, String path, int index) {
        return node instanceof Node.Table table
                && table.entries().get(Schema.discriminator(element)) instanceof Node.Scalar name
                        ? join(path, Values.anyText(name))
                        : path + "[" + index + "]";
    }

    private Optional<Object> construct(Class<?> type, List<Object> arguments, Node.Table table, String path) {
        try {
            Class<?>[] types = Arrays.stream(type.getRecordComponents()).map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            Constructor<?> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return Optional.of(constructor.newInstance(arguments.toArray()));
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof IllegalArgumentException impossible)) {
                throw new IllegalStateException(type + " could not be made", e);
            }
            impossible(type, String.valueOf(impossible.getMessage()), table, path);
            return Optional.empty();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " is not a record that can be made", e);
        }
    }

    /** A record's constructor may begin its message with the name of the key at fault: {@code lease: must be …}. */
    private void impossible(Class<?> type, String message, Node.Table table, String path) {
        int colon = message.indexOf(": ");
        String name = colon < 0 ? "" : message.substring(0, colon);
        if (Schema.key(type, name).isEmpty() && !table.entries().containsKey(name)) {
            problems.add(table.origin(), path, message);
            return;
        }
        Node culprit = table.entries().getOrDefault(name, table);
        problems.add(culprit.origin(), join(path, name), message.substring(colon + 2));
    }

    private static String expected(Type type) {
        Type inner = Schema.within(type, Optional.class);
        Type element = Schema.within(inner, List.class);
        if (!element.equals(inner)) {
            return listOf((Class<?>) element);
        }
        return Values.isSingle((Class<?>) inner) ? Values.expected((Class<?>) inner) : "a table";
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
