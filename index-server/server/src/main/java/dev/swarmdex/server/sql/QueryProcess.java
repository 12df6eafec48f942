package dev.swarmdex.server.sql;

import dev.swarmdex.config.Logging;
import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.console.SqlConsole;
import dev.swarmdex.store.console.SqlRows;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The program of one of the {@link SeparateQueries}: reads its {@link Task} from the input, and prints the answer. */
final class QueryProcess {

    static final int ANSWERED = 0;
    /** A JVM ends so when it has no memory left. */
    static final int NO_MEMORY = 3;
    static final int LATE = 4;
    /** The error output is one line for the user. Not 1, with which a JVM ends after an exception that nobody expected. */
    static final int FAILED = 5;

    /** The most that is printed. */
    static final int MOST_BYTES = 4 << 20;

    private static final int MOST_ROWS = 1000;
    private static final int MOST_CHARACTERS = 512 << 10;

    private QueryProcess() {}

    /** What is to be asked of which store. Through the input, since other users see a process's arguments. */
    record Task(String url, String user, String password, String query) {

        static Task of(StoreSettings store, String query) {
            return new Task(store.url(), store.user(), store.password(), query);
        }

        byte[] json() {
            return JsonFormat.JSON.writeValueAsBytes(this);
        }

        StoreSettings store() {
            return new StoreSettings(url, user, password, Durability.FSYNC, InstantSource.system());
        }
    }

    /** The answer, as far as it is shown. */
    private record Table(List<String> columns, List<List<@Nullable Object>> rows, boolean more) {}

    public static void main(String[] arguments) throws IOException {
        endIn(SeparateQueries.MOST_TIME);
        Logging.quiet();
        Task task = JsonFormat.JSON.readValue(System.in.readAllBytes(), Task.class);
        try (SqlConsole console = SqlConsole.open(task.store());
                SqlRows rows = console.query(one(task.query()), MOST_ROWS + 1)) {
            System.out.writeBytes(json(table(rows)));
            System.out.flush();
        } catch (StoreException | QueryFailedException e) {
            System.err.println(e.getMessage());
            System.exit(FAILED);
        }
        System.exit(ANSWERED);
    }

    /** The answer has room for one result. */
    private static String one(String query) throws QueryFailedException {
        Statements statements = new Statements();
        statements.add(query);
        String first = statements.take();
        if (!statements.isEmpty()) {
            throw new QueryFailedException(
                    "one query at a time: ask them one after the other, or use swarmdex index sql");
        }
        return first;
    }

    /** One row alone, or names of columns, may be too much: half an answer is none. */
    private static byte[] json(Table table) throws QueryFailedException {
        byte[] json = JsonFormat.JSON.writeValueAsBytes(table);
        if (json.length > MOST_BYTES) {
            throw new QueryFailedException("the answer takes more than " + (MOST_BYTES >> 20)
                    + " MiB: ask for shorter values, or use swarmdex index sql");
        }
        return json;
    }

    private static Table table(SqlRows rows) {
        List<List<@Nullable Object>> shown = new ArrayList<>();
        int characters = 0;
        for (Optional<List<@Nullable Object>> row = rows.next(); row.isPresent(); row = rows.next()) {
            if (shown.size() == MOST_ROWS || characters > MOST_CHARACTERS) {
                return new Table(rows.columns(), shown, true);
            }
            List<@Nullable Object> values = new ArrayList<>();
            for (Object value : row.get()) {
                values.add(JsonFormat.value(value));
                characters += String.valueOf(value).length();
            }
            shown.add(values);
        }
        return new Table(rows.columns(), shown, false);
    }

    /** Also when the server was killed meanwhile, and when a query does not look whether it is interrupted. */
    private static void endIn(Duration time) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                Thread.sleep(time);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            Runtime.getRuntime().halt(LATE);
        });
    }
}
