package dev.swarmdex.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A process, with what it has printed so far. */
record RunningProgram(Process process, Path output, Path errors) {

    private static final int LONGEST_END_SECONDS = 30;

    /** Waits until the program has printed that to its standard error, where the logs go; fails if it ends before. */
    Matcher awaitLog(String regex) {
        Pattern pattern = Pattern.compile(regex);
        await(regex).until(() -> !process.isAlive() || pattern.matcher(read(errors)).find());
        Matcher found = pattern.matcher(read(errors));
        assertThat(found.find()).as(() -> "the log to tell \"" + regex + "\":\n" + read(errors)).isTrue();
        return found;
    }

    /** Writes lines to its standard input. */
    void type(String... lines) throws IOException {
        for (String line : lines) {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }
        process.getOutputStream().flush();
    }

    /** Waits for its end and tells how it was. */
    Answer awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS))
                .as(() -> "it to end:\n" + read(errors)).isTrue();
        return new Answer(process.exitValue(), read(output), read(errors));
    }

    /** SIGKILL: it ends at once, and nothing of it runs any more. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** SIGTERM: it ends in order. */
    Answer terminate() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** SIGINT, as by Ctrl-C: it ends in order. */
    Answer interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        return awaitEnd();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
