package dev.swarmdex.peer.host;

import dev.swarmdex.peer.host.command.CommandLine;
import dev.swarmdex.peer.host.command.Output;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** The program {@code swarmdex peer}. */
public final class Main {

    /** What closing everything may take before the process ends all the same. */
    private static final Duration ORDERLY_END = Duration.ofSeconds(8);

    private Main() {}

    /** Runs the command, and ends it in order on SIGINT and SIGTERM by interrupting it. */
    public static void main(String[] arguments) {
        Thread command = Thread.currentThread();
        AtomicBoolean stopping = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stopping.set(true);
            command.interrupt();
            try {
                command.join(ORDERLY_END);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
            }
        }, "stop"));
        int exitCode;
        try {
            exitCode = CommandLine.run(arguments, Output.system());
        } catch (InterruptedException stopped) {
            return;
        }
        if (!stopping.get()) {
            System.exit(exitCode);
        }
    }
}
