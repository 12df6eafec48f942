package dev.swarmdex.peer.bench.transfer;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that a measurement runs in its folder; it stops all that still run, the last started first. */
final class Programs implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 120;

    private final Path folder;
    private final Deque<Running> running = new ArrayDeque<>();

    /** A program that runs, with the file that takes what it prints. */
    record Running(Process process, Path log) {

        /** Waits until it has printed that. */
        Matcher await(String regex) throws IOException, InterruptedException {
            Pattern pattern = Pattern.compile(regex);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
            while (true) {
                boolean alive = process.isAlive();
                String text = Files.readString(log);
                Matcher matcher = pattern.matcher(text);
                if (matcher.find()) {
                    return matcher;
                }
                if (!alive || System.nanoTime() > deadline) {
                    throw new IOException("waited in vain for \"" + regex + "\" from a program that printed:\n" + text);
                }
                TimeUnit.MILLISECONDS.sleep(20);
            }
        }
    }

    Programs(Path folder) {
        this.folder = folder;
    }

    /** A TCP port that nobody listens at. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts a program that runs until it is stopped. */
    Running start(String log, List<String> command) throws IOException {
        File output = folder.resolve(log).toFile();
        Running started = new Running(builder(command).redirectErrorStream(true).redirectOutput(output).start(),
                output.toPath());
        running.push(started);
        return started;
    }

    /** Runs a program to its end and returns what it printed. */
    String run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", ".txt");
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Process process = builder(command).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
        try {
            int exitCode = process.waitFor();
            if (exitCode != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + exitCode + ":\n"
                        + Files.readString(errors));
            }
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private ProcessBuilder builder(List<String> command) {
        return new ProcessBuilder(command).directory(folder.toFile());
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            stop(running.pop().process());
        }
    }

    private static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException hurry) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
