package dev.swarmdex.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** Turns TOML text into nodes that know their lines. */
final class TomlFile {

    private TomlFile() {}

    /** Reads a file; what is wrong with its syntax goes to the problems. */
    static Node.Table read(Path file, Problems problems) throws ConfigException {
        String text = textOf(file);
        Origin whole = Origin.file(file);
        TomlParseResult parsed = Toml.parse(text);
        for (TomlParseError error : parsed.errors()) {
            problems.add(whole.atLine(error.position().line()), "",
                    "not TOML: " + firstLine(String.valueOf(error.getMessage())));
        }
        return table(parsed, whole);
    }

    /** Reads one value that was given outside a file; what is no TOML value is a plain text. */
    static Node value(String text, Origin origin) {
        TomlParseResult parsed = Toml.parse("value = " + text);
        if (!parsed.hasErrors() && parsed.keySet().equals(Set.of("value"))) {
            Object value = Objects.requireNonNull(parsed.get(List.of("value")));
            return value instanceof String || value instanceof TomlArray || value instanceof TomlTable
                    ? node(value, origin)
                    : new Node.Scalar(value, Optional.of(text), origin);
        }
        return new Node.Scalar(text, Optional.of(text), origin);
    }

    private static String textOf(Path file) throws ConfigException {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    file + " does not exist: name the config file with -c, or start in the folder that holds config/",
                    e);
        } catch (CharacterCodingException e) {
            throw new ConfigException(file + " is not UTF-8 text: save it as UTF-8", e);
        } catch (IOException e) {
            throw new ConfigException(
                    file + " can't be read: " + (Files.isDirectory(file) ? "it is a folder" : e.getMessage()), e);
        }
    }

    private static Node node(Object value, Origin origin) {
        return switch (value) {
            case TomlTable table -> table(table, origin);
            case TomlArray array -> items(array, origin);
            default -> new Node.Scalar(value, Optional.empty(), origin);
        };
    }

    private static Node.Table table(TomlTable table, Origin origin) {
        Map<String, Node> entries = new LinkedHashMap<>();
        for (String key : table.keySet()) {
            List<String> path = List.of(key);
            int line = Objects.requireNonNull(table.inputPositionOf(path)).line();
            entries.put(key, node(Objects.requireNonNull(table.get(path)), origin.atLine(line)));
        }
        return new Node.Table(entries, origin);
    }

    private static Node.Items items(TomlArray array, Origin origin) {
        List<Node> items = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            items.add(node(array.get(i), origin.atLine(array.inputPositionOf(i).line())));
        }
        return new Node.Items(items, origin);
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("unreadable");
    }
}
