package dev.swarmdex.it;

import java.util.List;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** How a command ended, and what it printed. */
record Answer(int exitCode, String output, String errors) {

    private static final Pattern LOGGED = Pattern.compile("^[0-9:.]{12} INFO  ");

    /** The output of a command that has to succeed. */
    String orFail() {
        assertThat(exitCode).as(() -> "exit code; it said: " + errors).isZero();
        return output;
    }

    /** The output of a command that has to succeed, which is one JSON value. */
    JsonNode json() {
        return JsonMapper.shared().readTree(orFail());
    }

    /** The last line of the output of a command that has to succeed and prints a JSON value on each line. */
    JsonNode lastJson() {
        return JsonMapper.shared().readTree(orFail().lines().toList().getLast());
    }

    /** What a command that had to fail told: one plain line, beside what a server logs before. */
    String complaint(int expectedCode) {
        List<String> lines = errors.lines().filter(line -> !LOGGED.matcher(line).find()).toList();
        assertThat(exitCode).as(() -> "exit code; it said: " + errors).isEqualTo(expectedCode);
        assertThat(output).isEmpty();
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst()).startsWith("swarmdex").doesNotContain("Exception", "java.", "null");
        return lines.getFirst();
    }
}
