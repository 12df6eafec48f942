package dev.swarmdex.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The generator of UDP loads: {@code load.c}, built by this machine's C compiler, on a core of its own. */
final class LoadProgram {

    private final Path program;

    /**
     * What it measured.
     *
     * @param lost requests without a reply
     * @param errors replies that refuse
     * @param median microseconds from request to reply
     * @param p99 the same, of all but one in a hundred
     */
    record Result(double responsesASecond, long lost, long errors, long median, long p99) {}

    /** Builds it in that folder. */
    LoadProgram(Path folder) throws IOException, InterruptedException {
        program = compiled("load", folder);
    }

    /** Runs it to its end; the words are explained in its source. */
    Result run(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", program.toString()));
        command.addAll(List.of(words));
        String[] told = output(command).strip().split(" ", -1);
        return new Result(Double.parseDouble(told[0]), Long.parseLong(told[1]), Long.parseLong(told[2]),
                Long.parseLong(told[3]), Long.parseLong(told[4]));
    }

    /** What it prints. */
    String print(String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(words));
        return output(command);
    }

    /** A C program that is among the resources, built in that folder. */
    static Path compiled(String name, Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve(name + ".c");
        try (InputStream text = LoadProgram.class.getResourceAsStream(name + ".c")) {
            if (text == null) {
                throw new IOException(name + ".c is not among the resources");
            }
            Files.copy(text, source);
        }
        Path program = folder.resolve(name);
        output(List.of("cc", "-O2", "-o", program.toString(), source.toString()));
        return program;
    }

    private static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
        return output;
    }
}
