package dev.swarmdex.bench;

import com.beust.jcommander.JCommander;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;

/** The measurements, each by its name; without one, they are listed. */
public final class Main {

    private static final String USAGE = """
            rates [REGISTRATIONS [ROUNDS]]
            size [REGISTRATIONS]
            history [MAPPINGS]
            memory [MAPPINGS [FOLDER]]
            names [NAMES]
            full FOLDER
            postgres [REGISTRATIONS]
            search [ROUNDS]
            tracker [ROUNDS]
            fuzz [DATAGRAMS]
            crash [--rounds N] [--postgres] [--durability fsync] [--url URL --user USER --password PASSWORD]
            """;

    private Main() {}

    /** Runs the measurement that the first word names. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "rates" -> Rates.run(number(arguments, 1, 400_000), number(arguments, 2, 3));
            case "size" -> Size.run(number(arguments, 1, 1_000_000));
            case "history" -> OldHistory.run(number(arguments, 1, 200_000));
            case "crash" -> crash(Arrays.copyOfRange(arguments, 1, arguments.length));
            case "postgres" -> OnPostgres.run(number(arguments, 1, 200_000));
            case "fuzz" -> Fuzz.run(number(arguments, 1, 1_000_000));
            case "search" -> SearchBench.run(number(arguments, 1, 15));
            case "tracker" -> tracker(number(arguments, 1, 15));
            case "names" -> NameSearch.run(number(arguments, 1, 1_000_000));
            case "full" -> Full.run(Path.of(arguments.length > 1 ? arguments[1] : "."));
            case "memory" -> Memory.run(number(arguments, 1, 1_000_000),
                    Arrays.stream(arguments).skip(2).findFirst().map(Path::of));
            default -> {
                System.err.print(USAGE);
                System.exit(2);
            }
        }
    }

    private static void tracker(int rounds) throws IOException, InterruptedException, ExecutionException {
        TrackerBench.rates(rounds);
        TrackerBench.memory();
    }

    private static void crash(String[] options) throws IOException, InterruptedException, ExecutionException {
        var crash = new Crash();
        JCommander.newBuilder().addObject(crash).build().parse(options);
        if (!crash.run().isGood()) {
            System.exit(1);
        }
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }
}
