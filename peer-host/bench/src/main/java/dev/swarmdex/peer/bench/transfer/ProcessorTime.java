package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Scanner;
import java.util.stream.Stream;

/** The processor time that processes took, as the kernel counts it: in hundredths of a second. */
final class ProcessorTime {

    private static final Path SELF = Path.of("/proc/self/stat");
    private static final double TICKS_PER_SECOND = 100;
    /** Where the times of ended children are, in user and in system mode, counted behind the name of the program. */
    private static final int CHILDREN_USER = 13;

    private ProcessorTime() {}

    /** The seconds that running processes and those they started took so far. */
    static double of(List<ProcessHandle> processes) {
        return processes.stream().flatMap(each -> Stream.concat(Stream.of(each), each.descendants()))
                .mapToDouble(each -> each.info().totalCpuDuration().orElse(Duration.ZERO).toNanos() / 1e9).sum();
    }

    /** The seconds that all processes took that this one started and that have ended. */
    static double ofEndedChildren() throws IOException {
        String line = Files.readString(SELF);
        try (Scanner fields = new Scanner(line.substring(line.lastIndexOf(')') + 2))) {
            return fields.tokens().skip(CHILDREN_USER).limit(2).mapToLong(Long::parseLong).sum() / TICKS_PER_SECOND;
        }
    }
}
