package dev.swarmdex.server.sql;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.console.SqlConsole;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;

/** The interactive prompt, with a history beside the database and completion of the words one needs most. */
final class SqlPrompt {

    private static final List<String> WORDS = List.of("select", "from", "where", "group by", "order by", "limit",
            "count(*)",
            "distinct", "content", "content_id", "size", "peer", "peers", "scheme", "host", "port", "since", "until",
            "ended_by", "via", "first_seen", "last_seen", "mappings", "source", "bytes", "seconds", "finished_at",
            "result", "\\d", "\\q", "\\?");
    private static final String HELP = """
            A statement may have several lines and ends with ;
            \\d  the views and their columns
            \\q  leaves, as does Ctrl-D
            \\?  this help""";

    private final Terminal terminal;
    private final SqlSession session;
    private final LineReader reader;

    SqlPrompt(Terminal terminal, SqlSession session, Path history) {
        this.terminal = terminal;
        this.session = session;
        reader = LineReaderBuilder.builder().terminal(terminal)
                .completer(new StringsCompleter(Stream.concat(SqlConsole.VIEWS.stream(), WORDS.stream()).toList()))
                .variable(LineReader.HISTORY_FILE, history).option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .build();
    }

    /** Reads and runs until the user leaves. */
    void run() {
        say(session.live()
                ? "Reading the index of the running server. \\? for help."
                : "No server is running: reading the file of its index. \\? for help.");
        Statements statements = new Statements();
        while (true) {
            try {
                String line = reader.readLine(statements.isEmpty() ? "index> " : "  ...> ");
                if (statements.isEmpty() && line.strip().equals("\\q")) {
                    return;
                }
                take(line, statements);
            } catch (UserInterruptException e) {
                statements.clear();
            } catch (EndOfFileException e) {
                return;
            }
        }
    }

    private void take(String line, Statements statements) {
        if (statements.isEmpty() && line.strip().startsWith("\\")) {
            command(line.strip());
            return;
        }
        for (boolean complete = statements.add(line); complete; complete = statements.hasNext()) {
            execute(statements.take());
        }
    }

    private void command(String command) {
        switch (command) {
            case "\\d" -> session.describe();
            case "\\?" -> say(HELP);
            default -> say(command + " is unknown. \\? for help.");
        }
    }

    private void execute(String statement) {
        try {
            session.execute(statement);
        } catch (StoreException e) {
            say(String.valueOf(e.getMessage()));
        }
    }

    private void say(String text) {
        terminal.writer().println(text);
        terminal.flush();
    }
}
