package dev.swarmdex.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/** What the threads of a server that answer leave to the garbage collector, as its flight recorder counts it. */
final class Allocations {

    private static final String OF_THREADS = "jdk.ThreadAllocationStatistics";
    private static final String COLLECTION = "jdk.GarbageCollection";
    /** What each thread has allocated so far, at the begin and at the end; and each collection. */
    private static final String SETTINGS = """
            <configuration version="2.0">
              <event name="%s"><setting name="enabled">true</setting><setting name="period">everyChunk</setting></event>
              <event name="%s"><setting name="enabled">true</setting><setting name="threshold">0 ms</setting></event>
            </configuration>
            """.formatted(OF_THREADS, COLLECTION);

    private Allocations() {}

    /** Some load. */
    interface Load {

        /** Runs it, and tells how many answers there were. */
        long run() throws IOException, InterruptedException;
    }

    /**
     * Prints how many bytes an answer to that load costs.
     *
     * @param threads what the names of the answering threads begin with
     */
    static void print(String kind, ServerProcess server, String threads, Load load)
            throws IOException, InterruptedException, ExecutionException {
        var _ = Scratch.in(folder -> {
            Path settings = Files.writeString(folder.resolve("settings.jfc"), SETTINGS);
            Path recorded = folder.resolve("recorded.jfr");
            command(server, "JFR.start", "name=load", "settings=" + settings);
            long answers = load.run();
            command(server, "JFR.stop", "name=load", "filename=" + recorded);
            tell(kind, answers, threads, RecordingFile.readAllEvents(recorded));
            return folder;
        });
    }

    private static void tell(String kind, long answers, String threads, List<RecordedEvent> events) {
        Map<Long, Long> first = new HashMap<>();
        Map<Long, Long> last = new HashMap<>();
        long collections = 0;
        for (RecordedEvent event : events) {
            if (event.getEventType().getName().equals(COLLECTION)) {
                collections++;
            } else if (event.getEventType().getName().equals(OF_THREADS)) {
                RecordedThread thread = event.getThread("thread");
                if (thread != null && thread.getJavaName() != null && thread.getJavaName().startsWith(threads)) {
                    first.merge(thread.getJavaThreadId(), event.getLong("allocated"), Math::min);
                    last.merge(thread.getJavaThreadId(), event.getLong("allocated"), Math::max);
                }
            }
        }
        if (first.isEmpty()) {
            throw new IllegalStateException("no thread's name begins with " + threads);
        }
        long bytes = last.values().stream().mapToLong(Long::longValue).sum()
                - first.values().stream().mapToLong(Long::longValue).sum();
        System.out.printf(Locale.ROOT,
                "%-10s %,14d answers, %,d bytes allocated by the answering threads: %.3f an answer;"
                        + " %d garbage collections in the whole server%n",
                kind, answers, bytes, (double) bytes / answers,
                collections);
    }

    private static void command(ServerProcess server, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "jcmd")
                .toString(), Long.toString(server.pid())));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + ": " + told);
        }
    }
}
