package dev.swarmdex.server;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.ParameterException;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.config.Logging;
import dev.swarmdex.server.command.Command;
import dev.swarmdex.server.command.CommandFailedException;
import dev.swarmdex.server.command.Surroundings;
import dev.swarmdex.server.console.ConsoleCommand;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.run.RunCommand;
import dev.swarmdex.server.sql.SqlCommand;
import dev.swarmdex.store.StoreException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The program {@code swarmdex index}: finds the command that is meant, runs it, and turns failures into exit codes. */
public final class Main {

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);
    private static final String PROGRAM = "swarmdex index";
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Surroundings surroundings;
    private final Map<String, Command> commands = new LinkedHashMap<>();
    private final JCommander parser = new JCommander();

    /** A program in these surroundings. */
    public Main(Surroundings surroundings) {
        this.surroundings = surroundings;
        commands.put("run", new RunCommand());
        commands.put("sql", new SqlCommand());
        commands.put("console", new ConsoleCommand());
        parser.setProgramName(PROGRAM);
        commands.forEach(parser::addCommand);
    }

    /** Runs the command line and exits. */
    public static void main(String[] arguments) {
        Surroundings process = Surroundings.ofProcess();
        System.exit(new Main(process).execute(arguments));
    }

    /** Runs the command line; the result is the exit code: 0 done, 1 failed, 2 wrong usage. Can be called once. */
    public int execute(String... arguments) {
        int code = perform(arguments);
        // this also writes what is still in its buffer
        boolean lost = surroundings.out().checkError();
        return lost && code == DONE
                ? tell(FAILED, "not all of the output could be written; make room where it goes, or read all of it")
                : code;
    }

    private int perform(String... arguments) {
        try {
            if (arguments.length > 0 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
                return print(parser);
            }
            parser.parse(arguments);
            Command command = chosen();
            if (command.common().help()) {
                return help(parser.getParsedCommand());
            }
            Logging.quiet();
            command.run(surroundings);
            return DONE;
        } catch (ParameterException e) {
            return tell(USAGE, e.getMessage() + "; " + PROGRAM + " --help shows what there is");
        } catch (ConfigException e) {
            return tell(USAGE, e.getMessage());
        } catch (StoreException | CannotListenException | CommandFailedException e) {
            return tell(FAILED, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("a fault of the program itself; please report it", e);
            return tell(FAILED, "failed unexpectedly: " + e);
        }
    }

    private Command chosen() {
        Command command = commands.get(String.valueOf(parser.getParsedCommand()));
        if (command == null) {
            throw new ParameterException("a command is missing: " + String.join(", ", commands.keySet()));
        }
        return command;
    }

    private int help(String command) {
        JCommander of = Objects.requireNonNull(parser.getCommands().get(command));
        of.setProgramName(PROGRAM + " " + command);
        return print(of);
    }

    private int print(JCommander of) {
        StringBuilder text = new StringBuilder();
        of.getUsageFormatter().usage(text);
        surroundings.out().print(text);
        surroundings.out().flush();
        return DONE;
    }

    private int tell(int code, @Nullable String message) {
        surroundings.err().println(PROGRAM + ": " + message);
        return code;
    }
}
