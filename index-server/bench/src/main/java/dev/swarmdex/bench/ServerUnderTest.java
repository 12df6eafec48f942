package dev.swarmdex.bench;

import dev.swarmdex.server.Main;

/** The index server's own program, except that it does not outlive the one that started it, not even a killed one. */
public final class ServerUnderTest {

    private ServerUnderTest() {}

    /** Runs the server's command. */
    public static void main(String[] arguments) {
        ProcessHandle.current().parent().ifPresent(bench -> {
            var _ = bench.onExit().thenRun(() -> Runtime.getRuntime().halt(1));
        });
        Main.main(arguments);
    }
}
