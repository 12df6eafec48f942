package dev.swarmdex.peer.host.shell;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Lines from a file or another program, without any prompt. */
public final class PlainInput implements Input {

    private final BufferedReader lines;

    /** Lines of UTF-8; whoever made the stream closes it. */
    public PlainInput(InputStream in) {
        lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    }

    @Override
    public Optional<String> read(String prompt) throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    @Override
    public boolean isInteractive() {
        return false;
    }

    @Override
    public void runStoppably(Task task) throws InterruptedException {
        task.run();
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
