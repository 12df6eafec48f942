package dev.swarmdex.server.command;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a command sees of the world: its input, its two outputs, and the environment.
 *
 * @param terminal whether a person sits at the input and the output
 */
public record Surroundings(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment,
        boolean terminal) {

    private static final int BUFFER = 64 << 10;

    /** Those of this process. Standard output is buffered, since results may be big: it must be flushed. */
    @SuppressWarnings("SystemConsoleNull") // with Java 25 it is null again where there is no terminal
    public static Surroundings ofProcess() {
        Console console = System.console();
        boolean terminal = console != null && console.isTerminal();
        PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                false, StandardCharsets.UTF_8);
        return new Surroundings(System.in, out, System.err, System.getenv(), terminal);
    }
}
