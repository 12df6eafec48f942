package dev.swarmdex.peer.host.command;

import dev.swarmdex.peer.host.shell.Printable;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Where a command prints: results to the one stream, all else to the other. */
public record Output(PrintStream results, PrintStream messages, boolean terminal) {

    /** The process's own streams. */
    public static Output system() {
        return new Output(System.out, System.err,
                Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent());
    }

    void line(String text) {
        results.println(text);
        results.flush();
    }

    void json(JsonNode value) {
        line(value.toPrettyString());
    }

    /** One JSON object on one line, for events. */
    void jsonLine(JsonNode value) {
        line(value.toString());
    }

    /** Whether any result could not be written: the disk is full, say, or nobody reads any more. */
    boolean isLost() {
        return results.checkError();
    }

    /** Part of the text may come from a stranger. */
    void warn(String text) {
        messages.println("swarmdex: " + Printable.lines(text));
    }
}
