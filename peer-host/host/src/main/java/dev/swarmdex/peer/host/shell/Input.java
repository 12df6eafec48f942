package dev.swarmdex.peer.host.shell;

import java.io.IOException;
import java.util.Optional;

/** Where the shell's lines come from. One thread uses it. */
public interface Input extends AutoCloseable {

    /** The next line, without its end; empty when there are no more. */
    Optional<String> read(String prompt) throws IOException;

    /** Whether a person types the lines, who can be asked. */
    boolean isInteractive();

    /** Runs a task that may take long; where a person can stop it, that is no reason to leave the shell. */
    void runStoppably(Task task) throws InterruptedException;

    /** What may take long. */
    @FunctionalInterface
    interface Task {

        /** Does it; an InterruptedException comes after all that it had open was closed. */
        void run() throws InterruptedException;
    }

    @Override
    void close() throws IOException;
}
