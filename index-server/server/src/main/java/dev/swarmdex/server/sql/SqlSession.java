package dev.swarmdex.server.sql;

import dev.swarmdex.store.console.SqlConsole;
import dev.swarmdex.store.console.SqlRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;

/** Runs one query after the other and prints their results. */
final class SqlSession {

    private final SqlConsole console;
    private final ResultFormat format;
    private final PrintStream out;

    SqlSession(SqlConsole console, ResultFormat format, PrintStream out) {
        this.console = console;
        this.format = format;
        this.out = out;
    }

    boolean live() {
        return console.live();
    }

    /** Runs a query; one that is wrong ends in a {@link dev.swarmdex.store.StoreException}. */
    void execute(String query) {
        try (SqlRows rows = console.query(query)) {
            format.print(rows, out);
        } finally {
            out.flush();
        }
    }

    /** Prints the views with their columns. */
    void describe() {
        for (String view : SqlConsole.VIEWS) {
            try (SqlRows rows = console.query("select * from " + view + " limit 0")) {
                out.println(view + "(" + String.join(", ", rows.columns()) + ")");
            }
        }
        out.flush();
    }

    /** Runs what the input holds; the first failure ends it. The result is the number of queries. */
    int executeAll(BufferedReader input) throws IOException {
        Statements statements = new Statements();
        int executed = 0;
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            for (boolean complete = statements.add(line); complete; complete = statements.hasNext()) {
                execute(statements.take());
                executed++;
            }
        }
        if (!statements.isEmpty()) {
            execute(statements.take());
            executed++;
        }
        return executed;
    }
}
