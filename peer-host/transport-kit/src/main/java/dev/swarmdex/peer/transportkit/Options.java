package dev.swarmdex.peer.transportkit;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options in a transport's table of the config. What is wrong with them is an IllegalArgumentException with a message
 * for the operator. Immutable.
 */
public final class Options {

    private final String scheme;
    private final Map<String, String> given;

    private Options(String scheme, Map<String, String> given) {
        this.scheme = scheme;
        this.given = Map.copyOf(given);
    }

    /** The options that were given, each of which has to be one of those known. */
    public static Options of(String scheme, Map<String, String> given, String... known) {
        List<String> names = List.of(known);
        for (String key : given.keySet()) {
            if (!names.contains(key)) {
                throw new IllegalArgumentException("transport " + scheme + " has no option '" + key + "', only "
                        + names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")));
            }
        }
        return new Options(scheme, given);
    }

    /** A whole number within these bounds. */
    public int number(String key, int least, int most, int otherwise) {
        String text = given.get(key);
        if (text == null) {
            return otherwise;
        }
        if (text.matches("[0-9]{1,9}")) {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw wrong(key, "a number from " + least + " to " + most, text);
    }

    /** One of the constants of an enum, which are written in lower case. */
    public <E extends Enum<E>> E choice(String key, Class<E> choices, E otherwise) {
        String text = given.get(key);
        if (text == null) {
            return otherwise;
        }
        for (E choice : choices.getEnumConstants()) {
            if (name(choice).equals(text)) {
                return choice;
            }
        }
        throw wrong(key, Arrays.stream(choices.getEnumConstants()).map(choice -> "'" + name(choice) + "'")
                .collect(Collectors.joining(" or ")), text);
    }

    private IllegalArgumentException wrong(String key, String wanted, String text) {
        return new IllegalArgumentException(
                "option '" + key + "' of transport " + scheme + " is " + wanted + ", not '" + text + "'");
    }

    private static String name(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT);
    }
}
