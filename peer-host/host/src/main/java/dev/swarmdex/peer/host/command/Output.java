package dev.swarmdex.peer.host.command;

import java.io.PrintStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where a command prints: results to the one stream, all else to the other. */
public record Output(PrintStream results, PrintStream messages, boolean terminal) {

    private static final JsonMapper PRETTY = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** The process's own streams. */
    public static Output system() {
        return new Output(System.out, System.err, System.console() != null && System.console().isTerminal());
    }

    void line(String text) {
        results.println(text);
        results.flush();
    }

    void json(JsonNode value) {
        line(PRETTY.writeValueAsString(value));
    }

    /** One JSON object on one line, for events. */
    void jsonLine(JsonNode value) {
        line(value.toString());
    }

    void warn(String text) {
        messages.println("swarmdex: " + text);
    }
}
