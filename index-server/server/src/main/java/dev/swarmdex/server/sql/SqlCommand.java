package dev.swarmdex.server.sql;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import com.beust.jcommander.ParametersDelegate;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.server.command.Command;
import dev.swarmdex.server.command.CommandFailedException;
import dev.swarmdex.server.command.CommonOptions;
import dev.swarmdex.server.command.Surroundings;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.console.SqlConsole;
import dev.swarmdex.store.database.DatabaseStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** {@code index sql}: asks the index in SQL, and only reads. */
@Parameters(commandDescription = "queries the index and its history in SQL, whether the server runs or not")
public final class SqlCommand implements Command {

    @ParametersDelegate
    private final CommonOptions common = new CommonOptions();

    @Parameter(description = "the query in quotes, or several with ; between them; without one, queries are read from the terminal or the input")
    private List<String> query = new ArrayList<>();

    @Parameter(names = "--csv", description = "prints comma-separated values")
    private boolean csv;

    @Parameter(names = "--json", description = "prints an array of objects")
    private boolean json;

    @Override
    public CommonOptions common() {
        return common;
    }

    @Override
    public void run(Surroundings surroundings) throws ConfigException, CommandFailedException {
        ResultFormat format = format();
        if (query.size() > 1) {
            throw new ParameterException("the query must be one argument: put it in quotes");
        }
        StoreSettings store = common.settings(surroundings).store().toStoreSettings();
        try (SqlConsole console = SqlConsole.open(store)) {
            SqlSession session = new SqlSession(console, format, surroundings.out());
            if (!query.isEmpty()) {
                executeArgument(session, query.getFirst());
            } else if (surroundings.terminal()) {
                prompt(session, store);
            } else {
                session.executeAll(
                        new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)));
            }
        } catch (IOException e) {
            throw new CommandFailedException("the input can't be read: " + e.getMessage(), e);
        }
    }

    private static void executeArgument(SqlSession session, String queries)
            throws IOException, CommandFailedException {
        if (session.executeAll(new BufferedReader(new StringReader(queries))) == 0) {
            throw new CommandFailedException("there is no query in the argument: start with SELECT");
        }
    }

    private ResultFormat format() {
        if (csv && json) {
            throw new ParameterException("--csv and --json exclude each other");
        }
        if (csv) {
            return new CsvFormat();
        }
        return json ? new JsonFormat() : new TableFormat();
    }

    private static void prompt(SqlSession session, StoreSettings store) throws IOException {
        try (Terminal terminal = TerminalBuilder.terminal()) {
            new SqlPrompt(terminal, session, history(store)).run();
        }
    }

    /** Beside the index's file, or in the user's home if it has none. */
    private static Path history(StoreSettings store) {
        return DatabaseStore.fileBeside(store, ".sql-history")
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".swarmdex-sql-history"));
    }
}
