package dev.swarmdex.peer.host.command;

import com.beust.jcommander.JCommander;
import com.beust.jcommander.ParameterException;
import dev.swarmdex.config.ConfigException;
import dev.swarmdex.peer.host.assembly.ConfigValueException;
import dev.swarmdex.peer.host.control.FailureText;
import dev.swarmdex.peer.host.control.Operations;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Parses the arguments, runs the command, and turns what goes wrong into one line and an exit code. */
public final class CommandLine {

    /** JCommander's words for what a user would call something else. */
    private static final Pattern UNKNOWN_OPTION = Pattern.compile("^Was passed main parameter '([^']*)'.*");
    private static final Pattern UNKNOWN_COMMAND = Pattern.compile("^Expected a command, got (.*)");

    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private CommandLine() {}

    /**
     * Runs the command that the arguments name.
     *
     * @return the exit code: 0 done, 1 failed, 2 wrong usage or config
     * @throws InterruptedException when the thread was interrupted, after everything the command had open was closed
     */
    public static int run(String[] arguments, Output output) throws InterruptedException {
        Map<String, Supplier<Command>> commands = commands();
        commands.put("run", RunCommand::new);
        commands.put("shell", ShellCommand::new);
        return runAndWrite(arguments, output, meant(arguments, commands));
    }

    /** Runs one of the commands that ask a host, with that host. */
    static int run(String[] arguments, Output output, Operations host) throws InterruptedException {
        Map<String, Command> commands = meant(arguments, commands());
        commands.values().forEach(command -> command.use(host));
        return runAndWrite(arguments, output, commands);
    }

    /** A command of which something could not be written has failed. */
    private static int runAndWrite(String[] arguments, Output output, Map<String, Command> commands)
            throws InterruptedException {
        int exitCode = run(arguments, output, commands);
        if (exitCode == DONE && output.isLost()) {
            output.warn("not all of the output could be written; make room where it goes, or read all of it");
            return FAILED;
        }
        return exitCode;
    }

    private static int run(String[] arguments, Output output, Map<String, Command> commands)
            throws InterruptedException {
        JCommander parser = JCommander.newBuilder().programName("swarmdex peer").build();
        commands.forEach(parser::addCommand);
        try {
            if (arguments.length == 1 && (arguments[0].equals("--help") || arguments[0].equals("-h"))) {
                return usage(parser, output);
            }
            parser.parse(arguments);
        } catch (ParameterException wrong) {
            return helpWanted(arguments, commands) ? usage(parser, output, arguments[0]) : wrongUsage(output, wrong);
        }
        Command command = commands.get(parser.getParsedCommand());
        if (command == null) {
            output.warn("name a command: " + String.join(", ", commands.keySet()));
            return USAGE;
        }
        return command.wantsHelp() ? usage(parser, output, parser.getParsedCommand()) : run(command, output);
    }

    private static int run(Command command, Output output) throws InterruptedException {
        try {
            command.run(output);
            return DONE;
        } catch (ConfigException wrong) {
            String.valueOf(wrong.getMessage()).lines().forEach(output::warn);
            return USAGE;
        } catch (ConfigValueException wrong) {
            output.warn(command.located(wrong));
            return USAGE;
        } catch (UsageException wrong) {
            output.warn(String.valueOf(wrong.getMessage()));
            return USAGE;
        } catch (IOException | IllegalArgumentException failure) {
            output.warn(FailureText.of(failure));
            return FAILED;
        }
    }

    /** All of them, but where the arguments name one: JCommander's look at the others takes longer than a short command. */
    private static Map<String, Command> meant(String[] arguments, Map<String, Supplier<Command>> commands) {
        Supplier<Command> named = arguments.length == 0 ? null : commands.get(arguments[0]);
        if (named != null) {
            return Map.of(arguments[0], named.get());
        }
        Map<String, Command> all = new LinkedHashMap<>();
        commands.forEach((name, command) -> all.put(name, command.get()));
        return all;
    }

    /** The names of the commands that ask a host. */
    static List<String> hostCommands() {
        return List.copyOf(commands().keySet());
    }

    /** The commands that ask a host. */
    private static Map<String, Supplier<Command>> commands() {
        Map<String, Supplier<Command>> commands = new LinkedHashMap<>();
        commands.put("share", ShareCommand::new);
        commands.put("unshare", UnshareCommand::new);
        commands.put("list", ListCommand::new);
        commands.put("search", SearchCommand::new);
        commands.put("get", GetCommand::new);
        commands.put("delete", DeleteCommand::new);
        commands.put("status", StatusCommand::new);
        commands.put("limit", LimitCommand::new);
        commands.put("plugins", PluginsCommand::new);
        commands.put("peers", PeersCommand::new);
        return commands;
    }

    /** JCommander demands the required parameters even where only help is wanted. */
    private static boolean helpWanted(String[] arguments, Map<String, Command> commands) {
        return arguments.length == 2 && commands.containsKey(arguments[0])
                && (arguments[1].equals("--help") || arguments[1].equals("-h"));
    }

    private static int wrongUsage(Output output, ParameterException wrong) {
        String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("wrong usage");
        String plain = UNKNOWN_OPTION.matcher(message).replaceFirst("there is no option $1");
        output.warn(UNKNOWN_COMMAND.matcher(plain).replaceFirst("there is no command $1") + "; see --help");
        return USAGE;
    }

    private static int usage(JCommander parser, Output output) {
        output.line("Usage: swarmdex peer COMMAND [options]; each command tells its own with --help");
        Table table = new Table("COMMAND", "WHAT IT DOES");
        parser.getCommands().keySet()
                .forEach(command -> table.row(command, parser.getUsageFormatter().getCommandDescription(command)));
        table.print(output);
        return DONE;
    }

    private static int usage(JCommander parser, Output output, String command) {
        StringBuilder text = new StringBuilder();
        parser.getUsageFormatter().usage(command, text);
        output.line(text.toString().stripTrailing());
        return DONE;
    }
}
