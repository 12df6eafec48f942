package dev.swarmdex.store.database;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A process of its own that has a store open, as {@link StoreProcessMain} describes. The test's end of it. */
final class StoreProcess implements AutoCloseable {

    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;

    private StoreProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
        this.input = new PrintStream(process.getOutputStream(), true, UTF_8);
    }

    /** Starts the process and waits until its store is open. */
    static StoreProcess start(Path base, String durability) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command = List.of(java, "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
                StoreProcessMain.class.getName(), "jdbc:h2:file:" + base, durability);
        var process = new StoreProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.to(new File(base + ".errors"))).start());
        String first = process.output.readLine();
        if (!"open".equals(first)) {
            process.close();
            throw new IllegalStateException("the store process said " + first);
        }
        return process;
    }

    long pid() {
        return process.pid();
    }

    /** Sends a command and returns its one line of answer. */
    String ask(String command) throws IOException {
        input.println(command);
        return String.valueOf(output.readLine());
    }

    /** The lines of output, until the process ends. */
    Stream<String> lines() {
        return output.lines();
    }

    String line() {
        try {
            return output.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void send(String command) {
        input.println(command);
    }

    /** Kills the process as {@code kill -9} does. */
    void kill() {
        // not through the process itself, which would throw away what is still in the pipe
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the store process doesn't end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
