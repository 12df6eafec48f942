package dev.swarmdex.config;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** What is wrong with a config, collected so that it can be told at once. */
final class Problems {

    private record Problem(Origin origin, String text) {}

    private final List<Problem> all = new ArrayList<>();

    /** Adds a problem of the key, or of the whole file where the key is empty. */
    void add(Origin origin, String key, String text) {
        all.add(new Problem(origin, key.isEmpty() ? text : key + ": " + text));
    }

    int count() {
        return all.size();
    }

    void throwIfAny() throws ConfigException {
        if (!all.isEmpty()) {
            throw new ConfigException(all.stream().sorted(Comparator.comparingInt(p -> p.origin().line()))
                    .map(p -> p.origin() + ": " + p.text()).collect(Collectors.joining("\n")));
        }
    }
}
