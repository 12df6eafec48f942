package dev.swarmdex.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Reads a TOML file into a record, and is strict about it: every key must be a component of the record (in kebab-case),
 * every value must fit, and all that is wrong is reported together.
 *
 * <p>A component is a nested record (a table), a list of records (an array of tables), a single value (see
 * {@link Values}), a list of single values, or an {@link java.util.Optional} of one of them, which is empty where the
 * key is missing or its text is empty. A component without {@link Default} that is not optional is required. A component
 * {@code Map<String, String>} marked {@link Remaining} takes the keys that no other component takes.
 *
 * <p>The environment wins over the file, and {@code --set} over both. In their keys, an element of an array of tables is
 * called by the value of its record's first component: {@code frontend.native.bind}.
 */
public final class ConfigReader {

    private ConfigReader() {}

    /**
     * Reads the file and binds it.
     *
     * @param overrides {@code key=value}, as given to {@code --set}
     * @param environment of the process, of which the {@code SWARMDEX_} variables count
     * @throws ConfigException with all that is wrong, one line each
     */
    public static <T extends Record> Loaded<T> read(Class<T> type, Path file, List<String> overrides,
            Map<String, String> environment) throws ConfigException {
        Problems problems = new Problems();
        Node.Table table = TomlFile.read(file, problems);
        problems.throwIfAny();
        Overrides changes = new Overrides(type, table, problems);
        List<String> warnings = changes.applyEnvironment(environment);
        changes.applyAssignments(overrides);
        Binder binder = new Binder(problems);
        T value = binder.bind(type, table);
        return new Loaded<>(value, warnings, binder.origins());
    }
}
