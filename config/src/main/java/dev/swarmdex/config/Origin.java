package dev.swarmdex.config;

import java.nio.file.Path;

/**
 * Where a value was written.
 *
 * @param source the file, {@code --set} or the environment variable
 * @param lines whether the source has lines
 * @param line from 1; 0 for the source as a whole
 */
record Origin(String source, boolean lines, int line) {

    static Origin file(Path file) {
        return new Origin(file.toString(), true, 0);
    }

    static Origin named(String source) {
        return new Origin(source, false, 0);
    }

    Origin atLine(int number) {
        return lines ? new Origin(source, true, number) : this;
    }

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
