package dev.swarmdex.peer.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The public types of this module and their public members, a line of text for each. */
final class PublicApi {

    private PublicApi() {}

    static SortedSet<String> lines() throws IOException {
        Path classes = Path
                .of(URI.create(ApiVersion.class.getProtectionDomain().getCodeSource().getLocation().toString()));
        SortedSet<String> lines = new TreeSet<>();
        try (Stream<Path> files = Files.walk(classes)) {
            files.map(file -> classes.relativize(file).toString().replace('/', '.'))
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    .map(file -> type(file.substring(0, file.length() - ".class".length())))
                    .filter(type -> Modifier.isPublic(type.getModifiers())).forEach(type -> lines.addAll(lines(type)));
        }
        return lines.stream().map(line -> line.replace(ApiVersion.class.getPackageName() + ".", "").strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static List<String> lines(Class<?> type) {
        String name = type.getName();
        List<String> lines = new ArrayList<>();
        lines.add(name + " is " + type.toGenericString() + parents(type));
        for (Field field : type.getDeclaredFields()) {
            if (isOpen(field.getModifiers())) {
                lines.add(name + "#" + field.toGenericString() + constant(field));
            }
        }
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (isOpen(constructor.getModifiers())) {
                lines.add(name + "#" + constructor.toGenericString());
            }
        }
        for (Method method : type.getDeclaredMethods()) {
            if (isOpen(method.getModifiers()) && !method.isSynthetic()) {
                lines.add(name + "#" + method.toGenericString());
            }
        }
        return lines;
    }

    private static boolean isOpen(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static String parents(Class<?> type) {
        return Stream.concat(Stream.ofNullable(type.getGenericSuperclass()), Arrays.stream(type.getGenericInterfaces()))
                .map(Type::getTypeName).filter(parent -> !parent.equals("java.lang.Object")).sorted()
                .map(parent -> " : " + parent).collect(Collectors.joining());
    }

    /** The value of a constant, which the compiler copies into those who use it. */
    private static String constant(Field field) {
        try {
            boolean compiled = Modifier.isFinal(field.getModifiers())
                    && (field.getType().isPrimitive() || field.getType().equals(String.class));
            return compiled ? " = " + field.get(null) : "";
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
