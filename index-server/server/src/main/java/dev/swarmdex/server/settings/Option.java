package dev.swarmdex.server.settings;

import java.util.List;
import java.util.Map;

/** A key that only one protocol has. */
sealed interface Option {

    /** What it is where nothing is said. */
    String usual();

    /** Throws an {@link IllegalArgumentException} that says what it may be, if it may not be that. */
    void check(String value);

    /** One of these words, of which the first is the usual one. */
    record Choice(List<String> words) implements Option {

        Choice(String... words) {
            this(List.of(words));
        }

        @Override
        public String usual() {
            return words.getFirst();
        }

        @Override
        public void check(String value) {
            if (!words.contains(value)) {
                throw new IllegalArgumentException("\"" + value + "\" is not one of " + String.join(", ", words));
            }
        }
    }

    /** A whole number between these. */
    record WholeNumber(int usually, int least, int most) implements Option {

        @Override
        public String usual() {
            return Integer.toString(usually);
        }

        @Override
        public void check(String value) {
            try {
                int number = Integer.parseInt(value);
                if (number >= least && number <= most) {
                    return;
                }
            } catch (NumberFormatException e) {
                // says the same as a number that is out of bounds
            }
            throw new IllegalArgumentException("\"" + value + "\" is not a whole number from " + least + " to " + most);
        }

        int in(Map<String, String> options, String key) {
            return Integer.parseInt(options.getOrDefault(key, usual()));
        }
    }
}
