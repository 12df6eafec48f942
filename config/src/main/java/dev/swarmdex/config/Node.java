package dev.swarmdex.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A piece of a config before it is bound. Its maps and lists are changed by the overrides, by one thread. */
sealed interface Node {

    Origin origin();

    /** Keys and their values, in the order of the file. */
    record Table(Map<String, Node> entries, Origin origin) implements Node {}

    /** A TOML array. */
    record Items(List<Node> items, Origin origin) implements Node {}

    /**
     * A single value.
     *
     * @param value as TOML understands it: a String, Long, Double, Boolean or a date
     * @param raw the text itself where it was not written as TOML; there, quotes are not needed and a list may be given as
     *        words with commas between them
     */
    record Scalar(Object value, Optional<String> raw, Origin origin) implements Node {}
}
