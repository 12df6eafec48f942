package dev.swarmdex.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** A folder for one measurement, gone afterwards. */
final class Scratch {

    private Scratch() {}

    /** What is done in a folder. */
    interface Work<T> {

        T in(Path folder) throws IOException, InterruptedException, ExecutionException;
    }

    static <T> T in(Work<T> work) throws IOException, InterruptedException, ExecutionException {
        Path folder = Files.createTempDirectory("swarmdex-bench");
        try {
            return work.in(folder);
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
