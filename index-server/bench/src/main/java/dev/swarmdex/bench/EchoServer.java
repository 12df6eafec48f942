package dev.swarmdex.bench;

import java.io.IOException;
import java.nio.file.Path;

/** The least that a UDP server does: {@code echo.c}, built by this machine's C compiler, on the first core. */
final class EchoServer implements AutoCloseable {

    private final Process process;
    private final int port;

    /** Builds it in that folder, and starts it on a free port. */
    EchoServer(Path folder) throws IOException, InterruptedException {
        Path program = LoadProgram.compiled("echo", folder);
        process = new ProcessBuilder("taskset", "-c", "0", program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String told = process.inputReader().readLine();
        if (told == null) {
            throw new IOException(program + " did not start");
        }
        port = Integer.parseInt(told);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
