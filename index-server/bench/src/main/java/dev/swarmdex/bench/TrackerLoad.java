package dev.swarmdex.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The load generator for trackers: {@code trackerload.c}, built by this machine's C compiler, on a core of its own. */
final class TrackerLoad {

    private static final String SOURCE = "trackerload.c";

    private final Path program;
    private final int torrents;

    /**
     * What it measured.
     *
     * @param median microseconds from request to reply
     * @param p99 the same, of all but one in a hundred
     */
    record Result(double responsesASecond, long lost, long errors, long median, long p99) {}

    private TrackerLoad(Path program, int torrents) {
        this.program = program;
        this.torrents = torrents;
    }

    /** Builds it in that folder, for loads of so many torrents. */
    static TrackerLoad build(Path folder, int torrents) throws IOException, InterruptedException {
        Path source = folder.resolve(SOURCE);
        try (InputStream text = TrackerLoad.class.getResourceAsStream(SOURCE)) {
            if (text == null) {
                throw new IOException(SOURCE + " is not among the resources");
            }
            Files.copy(text, source);
        }
        Path program = folder.resolve("trackerload");
        output(List.of("cc", "-O2", "-o", program.toString(), source.toString()));
        return new TrackerLoad(program, torrents);
    }

    /** Writes the info-hashes of its torrents, one on a line. */
    void writeHashes(Path file) throws IOException, InterruptedException {
        Files.writeString(file, output(List.of(program.toString(), "hashes", Integer.toString(torrents))));
    }

    /**
     * Loads the tracker on that port for some seconds, with requests of that kind.
     *
     * @param rate how many a second, 0 for as many as it answers
     * @param seed chooses them
     */
    Result run(String kind, int port, int seconds, long rate, long seed) throws IOException, InterruptedException {
        return run(List.of(kind, Integer.toString(torrents), Integer.toString(port), Integer.toString(seconds),
                Long.toString(rate), Long.toString(seed)));
    }

    /** Announces so many different members. */
    Result fill(int port, int members) throws IOException, InterruptedException {
        return run(List.of("fill", Integer.toString(torrents), Integer.toString(port), Integer.toString(members)));
    }

    private Result run(List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("taskset", "-c", "1", program.toString()));
        command.addAll(words);
        String[] told = output(command).strip().split(" ", -1);
        return new Result(Double.parseDouble(told[0]), Long.parseLong(told[1]), Long.parseLong(told[2]),
                Long.parseLong(told[3]), Long.parseLong(told[4]));
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
