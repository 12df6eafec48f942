package dev.swarmdex.server.sql;

import dev.swarmdex.store.StoreSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers queries in SQL, each in a process of its own: whatever a query does, it takes neither the server's memory nor holds its
 * locks, and it can be ended at any moment. Safe for any number of threads; one query runs at a time.
 */
public final class SeparateQueries {

    /** How long a query may take, the start of its process included. */
    static final Duration MOST_TIME = Duration.ofSeconds(15);

    /** The child ends by itself before this; only one that hangs is killed. */
    private static final Duration PATIENCE = MOST_TIME.plusSeconds(5);
    private static final int MOST_ERROR = 4096;
    private static final List<String> LIMITS = List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError", "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1", "-Xlog:disable");

    private static final Logger LOG = LoggerFactory.getLogger(SeparateQueries.class);

    private final StoreSettings store;
    private final Semaphore turn = new Semaphore(1);

    /** Queries to that store, which may be open in this process. */
    public SeparateQueries(StoreSettings store) {
        this.store = store;
    }

    /**
     * The answer as a JSON object of {@code columns}, {@code rows} and {@code more}, whether there were more rows than are shown.
     *
     * @throws QueryFailedException when the query is wrong, takes too much, or another one runs
     */
    public String json(String query) throws QueryFailedException {
        if (!turn.tryAcquire()) {
            throw new QueryUnservedException("another query is running: try again in a few seconds");
        }
        try {
            return ask(query);
        } catch (IOException e) {
            throw new QueryUnservedException("the query can't be run: " + e.getMessage(), e);
        } finally {
            turn.release();
        }
    }

    private String ask(String query) throws IOException, QueryFailedException {
        Process process = new ProcessBuilder(command()).start();
        try {
            AtomicReference<String> error = new AtomicReference<>("");
            Thread errors = Thread.startVirtualThread(() -> error.set(text(process.getErrorStream(), MOST_ERROR)));
            try (OutputStream in = process.getOutputStream()) {
                in.write(QueryProcess.Task.of(store, query).json());
            }
            AtomicBoolean hung = new AtomicBoolean();
            Thread watch = Thread.startVirtualThread(() -> killLater(process, hung));
            String answer = text(process.getInputStream(), QueryProcess.MOST_BYTES);
            int code = process.waitFor();
            watch.interrupt();
            errors.join();
            return answer(hung.get() ? QueryProcess.LATE : code, answer, String.valueOf(error.get()).strip());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new QueryUnservedException("the server is stopping", e);
        } finally {
            process.destroyForcibly();
        }
    }

    /** What the process printed, if it ended well; how it ended says what went wrong. */
    static String answer(int code, String printed, String error) throws QueryFailedException {
        return switch (code) {
            case QueryProcess.ANSWERED -> printed;
            case QueryProcess.FAILED -> throw new QueryFailedException(error);
            case QueryProcess.LATE -> throw new QueryUnservedException("the query took longer than "
                    + MOST_TIME.toSeconds() + " s: ask for less, or use swarmdex index sql");
            case QueryProcess.NO_MEMORY -> throw new QueryFailedException(
                    "the query took too much memory: ask for less, or use swarmdex index sql");
            default -> {
                LOG.warn("the process of a query ended with code {}: {}", code, error);
                throw new QueryFailedException("the query's process ended with code " + code
                        + error.lines().findFirst().map(line -> ": " + line).orElse(""));
            }
        };
    }

    private static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(LIMITS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QueryProcess.class.getName()));
        return command;
    }

    private static void killLater(Process process, AtomicBoolean hung) {
        try {
            if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                hung.set(true);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the process says, up to that many bytes; nothing where it was ended. */
    private static String text(InputStream from, int most) {
        try (from) {
            return new String(from.readNBytes(most), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
