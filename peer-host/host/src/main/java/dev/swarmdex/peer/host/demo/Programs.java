package dev.swarmdex.peer.host.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The programs that a demo starts, through the launcher, and all of which it stops. */
final class Programs implements AutoCloseable {

    private static final Duration ORDERLY_END = Duration.ofSeconds(8);
    private static final Duration LONGEST_COMMAND = Duration.ofSeconds(60);

    private final Path launcher;
    private final Path folder;
    private final List<Process> running = new ArrayList<>();
    private boolean closed;

    /** Starts nothing yet; the programs' working directory is {@code folder}, and their output goes to files there. */
    Programs(Path launcher, Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    /** Starts a program that runs until it is stopped. */
    Process start(String logName, String... arguments) throws IOException {
        return start(command(arguments).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve(logName).toFile())));
    }

    /** Runs a command whose output the user sees. */
    void show(String... arguments) throws IOException, InterruptedException, DemoException {
        System.out.println("$ swarmdex " + String.join(" ", quoted(arguments)));
        System.out.flush();
        Process process = start(command(arguments).inheritIO());
        if (waitFor(process) != 0) {
            throw new DemoException("swarmdex " + String.join(" ", arguments) + " failed, see above");
        }
    }

    /** Runs a command and returns what it prints, or nothing if it failed. */
    String ask(String... arguments) throws IOException, InterruptedException, DemoException {
        Path output = Files.createTempFile(folder, "answer", ".json");
        Process process = start(command(arguments).redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(folder.resolve("commands.log").toFile())));
        return waitFor(process) == 0 ? Files.readString(output, StandardCharsets.UTF_8) : "";
    }

    private ProcessBuilder command(String... arguments) {
        List<String> words = new ArrayList<>(List.of(launcher.toString()));
        words.addAll(List.of(arguments));
        return new ProcessBuilder(words).directory(folder.toFile());
    }

    private synchronized Process start(ProcessBuilder builder) throws IOException {
        if (closed) {
            throw new IOException("the demo is stopping");
        }
        running.removeIf(process -> !process.isAlive());
        Process process = builder.start();
        running.add(process);
        return process;
    }

    private static int waitFor(Process process) throws InterruptedException, DemoException {
        if (!process.waitFor(LONGEST_COMMAND.toSeconds(), TimeUnit.SECONDS)) {
            throw new DemoException("a command took more than " + LONGEST_COMMAND.toSeconds() + " s");
        }
        return process.exitValue();
    }

    private static List<String> quoted(String... arguments) {
        return List.of(arguments).stream().map(word -> word.matches("[\\w./:=-]+") ? word : "\"" + word + "\"")
                .toList();
    }

    /** Stops everything, the last started first: orderly, and after a few seconds by force. */
    @Override
    public synchronized void close() {
        closed = true;
        running.reversed().forEach(Process::destroy);
        long deadline = System.nanoTime() + ORDERLY_END.toNanos();
        for (Process process : running) {
            try {
                if (!process.waitFor(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            } catch (InterruptedException hurry) {
                process.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
        running.clear();
    }
}
