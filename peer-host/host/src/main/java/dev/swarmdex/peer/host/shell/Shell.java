package dev.swarmdex.peer.host.shell;

import dev.swarmdex.peer.host.control.Operations;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The menu: reads lines and runs what they say, until one says to leave. Besides the host's own commands it takes the
 * letters of seed 001's menu, the words of seeds 002 and 003, and, as seed 004 does, a name alone, which it downloads.
 */
public final class Shell {

    /** The words that are no commands of the host. */
    static final List<String> WORDS = List.of("register", "unregister", "get_files_list", "list-files", "download",
            "help", "quit");

    private static final String MENU = "R register  D download  S search  O list  T deregister  Q quit; or a command;"
            + " or a name to get; help tells all";
    private static final String HELP = """
            R [PATH…]          register files or folders          also: share, register [USER] PATH…
            D [NAME]           download a content                 also: get, download NAME
            S [WORD…]          search by words                    also: search
            O                  list all contents                  also: list, list-files (with users), get_files_list
            T [NAME]           deregister a content, or all       also: unshare, unregister [USER] [NAME…]
            Q                  deregister all, and leave          also: quit, close, Ctrl-D
            download USER NAME [SAVE]   from one peer only, to the path SAVE; works without the index too
            register           without more: all of the shared folders
            delete [NAME]      remove one of your files
            any other text     is a name, and is downloaded
            A path or name with spaces goes in quotes. All commands, each tells its options with --help:
            """;

    private final Identity identity;
    private final Commands commands;
    private final HostContents contents;
    private final PrintStream out;
    private final PrintStream errors;

    /**
     * Whose shell it is.
     *
     * @param peer the name of the host's peer
     * @param folders what {@code register} alone shares
     */
    public record Identity(String peer, List<Path> folders) {}

    /** The host's commands. */
    public interface Commands {

        /** Their names. */
        List<String> names();

        /** Runs one, which prints what it has to say; whether it succeeded. */
        boolean run(List<String> words) throws InterruptedException;
    }

    /** A shell that prints to those streams. */
    public Shell(Identity identity, Commands commands, Operations host, PrintStream out, PrintStream errors) {
        this.identity = identity;
        this.commands = commands;
        this.contents = new HostContents(host);
        this.out = out;
        this.errors = errors;
    }

    /**
     * Reads and runs until the user leaves or the lines end.
     *
     * @return how many lines failed
     */
    public int run(Input input) throws IOException, InterruptedException {
        if (input.isInteractive()) {
            out.println("This is " + identity.peer() + ". " + MENU);
        }
        int[] failed = {0};
        while (true) {
            Optional<String> line = input.read(identity.peer() + "> ");
            List<String> words = line.map(Words::of).orElse(List.of("Q"));
            if (words.isEmpty()) {
                continue;
            }
            if (isLeaving(words)) {
                return failed[0];
            }
            input.runStoppably(() -> {
                if (!succeeds(words, line.orElse("").strip(), input)) {
                    failed[0]++;
                }
            });
        }
    }

    private static boolean isLeaving(List<String> words) {
        return words.size() == 1
                && Stream.of("Q", "q", "quit", "exit", "close").anyMatch(words.getFirst()::equals);
    }

    private boolean succeeds(List<String> words, String line, Input input) throws InterruptedException {
        try {
            return execute(words, line, input);
        } catch (IOException failure) {
            errors.println("swarmdex: " + Printable.lines(String.valueOf(failure.getMessage())));
            return false;
        }
    }

    private boolean execute(List<String> words, String line, Input input) throws IOException, InterruptedException {
        List<String> rest = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "R", "r" -> run("share", asked(rest, "path of the content: ", input));
            case "register" -> register(rest);
            case "D", "d" -> run("get", joined(asked(rest, "content: ", input)));
            case "download" -> download(asked(rest, "content: ", input));
            case "S", "s" -> run("search", asked(rest, "words of its name: ", input));
            case "O", "o" -> run("list", List.of());
            case "T", "t" -> deregister(rest.isEmpty() ? answer("content, or nothing for all: ", input) : rest);
            case "unregister" -> deregister(withoutUser(Words.splitAtCommas(rest)));
            case "get_files_list" -> printNamesOfOthers();
            case "list-files" -> printUsersAndNames();
            case "delete" -> delete(asked(rest, "content to delete: ", input), input);
            case "help", "?" -> help();
            default -> commands.names().contains(words.getFirst())
                    ? commands.run(words)
                    : run("get", words.size() == 1 ? words : List.of(line));
        };
    }

    private boolean run(String command, List<String> arguments) throws InterruptedException {
        return commands.run(Stream.concat(Stream.of(command), arguments.stream()).toList());
    }

    /** The words themselves, or, where there are none, those that are typed when asked. */
    private static List<String> asked(List<String> words, String question, Input input) throws IOException {
        List<String> answer = words.isEmpty() ? answer(question, input) : words;
        if (answer.isEmpty()) {
            throw new IOException("nothing was named");
        }
        return answer;
    }

    private static List<String> answer(String question, Input input) throws IOException {
        return input.read(question).map(Words::of).orElse(List.of());
    }

    private static List<String> joined(List<String> words) {
        return List.of(String.join(" ", words));
    }

    /** {@code register}, {@code register PATH}, or, with the user's name first, {@code register USER PATH…}. */
    private boolean register(List<String> words) throws IOException, InterruptedException {
        if (words.isEmpty()) {
            return run("share", identity.folders().stream().filter(Files::isDirectory).map(Path::toString).toList());
        }
        List<String> paths = Words.splitAtCommas(words);
        boolean userFirst = paths.size() > 1 && !Files.exists(Path.of(paths.getFirst()));
        if (userFirst && !paths.getFirst().equals(identity.peer())) {
            throw new IOException("this is " + identity.peer() + ", and " + paths.getFirst()
                    + " is neither its name nor a file; another user needs a host of its own (--set name=…)");
        }
        return run("share", userFirst ? paths.subList(1, paths.size()) : paths);
    }

    private List<String> withoutUser(List<String> words) {
        boolean userFirst = !words.isEmpty() && words.getFirst().equals(identity.peer());
        return userFirst ? words.subList(1, words.size()) : words;
    }

    /** Each by its name, or its path; without any, all. */
    private boolean deregister(List<String> namesOrPaths) throws IOException, InterruptedException {
        List<HostContents.Own> own = contents.own();
        List<String> names = new ArrayList<>();
        for (String nameOrPath : namesOrPaths) {
            Path path = Path.of(nameOrPath).toAbsolutePath().normalize();
            names.add(own.stream().filter(each -> each.path().equals(path)).map(HostContents.Own::name).findFirst()
                    .orElse(nameOrPath));
        }
        if (namesOrPaths.isEmpty()) {
            own.forEach(each -> names.add(each.name()));
        }
        if (names.isEmpty()) {
            throw new IOException("nothing is registered");
        }
        return run("unshare", names);
    }

    /** {@code download NAME}, {@code download USER NAME}, {@code download USER NAME SAVE}. */
    private boolean download(List<String> words) throws IOException, InterruptedException {
        return switch (words.size()) {
            case 1 -> run("get", words);
            case 2 -> run("get", List.of(words.get(1), "--from", words.get(0)));
            case 3 -> run("get", List.of(words.get(1), "--from", words.get(0), "-o", words.get(2)));
            default ->
                throw new IOException("download NAME, or download USER NAME [SAVE]; names with spaces in quotes");
        };
    }

    /** A script means what it says; a person is asked. */
    private boolean delete(List<String> words, Input input) throws IOException, InterruptedException {
        boolean sure = !input.isInteractive() || words.contains("--yes") || words.contains("-y")
                || input.read("Delete " + words.getFirst() + " from the disk? [y/N] ").orElse("").strip()
                        .equalsIgnoreCase("y");
        if (!sure) {
            out.println("nothing was deleted");
            return true;
        }
        return run("delete", Stream.concat(words.stream(), Stream.of("--yes")).distinct().toList());
    }

    private boolean printNamesOfOthers() throws IOException, InterruptedException {
        out.println("Files hosted:");
        contents.offered().stream().filter(each -> !each.peer().equals(identity.peer()))
                .map(HostContents.Offered::name).distinct().forEach(name -> out.println(Printable.text(name)));
        return true;
    }

    private boolean printUsersAndNames() throws IOException, InterruptedException {
        contents.offered().forEach(each -> out.println(Printable.text(each.peer() + " : " + each.name())));
        return true;
    }

    private boolean help() {
        out.print(HELP);
        out.println(String.join(", ", commands.names()));
        return true;
    }
}
