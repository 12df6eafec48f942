package dev.swarmdex.server;

import dev.swarmdex.server.command.Surroundings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** One run of the program in this process, with its outputs captured. */
public final class Program {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final String input;
    private final Map<String, String> environment;

    public Program() {
        this("", Map.of());
    }

    public Program(String input, Map<String, String> environment) {
        this.input = input;
        this.environment = environment;
    }

    public int run(String... arguments) {
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)), stream(out), stream(err), environment,
                false);
        return new Main(surroundings).execute(arguments);
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    public String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public List<String> errors() {
        return err.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
