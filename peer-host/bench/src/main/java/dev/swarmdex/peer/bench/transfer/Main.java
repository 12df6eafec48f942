package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;

/**
 * {@code transfer [MIB [ROUNDS]]}, {@code sources [MIB]}, {@code memory [FILES [DOWNLOADS]]},
 * {@code swarm [PEERS [MBIT [MIB [ROUNDS [LOSS]]]]]}, {@code folder [FILES [ROUNDS]]}.
 */
public final class Main {

    private Main() {}

    /** Runs the measurement that the first word names. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "transfer" -> LineSpeed.run(number(arguments, 1, 1024), number(arguments, 2, 5));
            case "folder" -> FolderSpeed.run(number(arguments, 1, 10_000), number(arguments, 2, 5));
            case "sources" -> LimitedSources.run(number(arguments, 1, 1024));
            case "memory" -> ManyFiles.run(number(arguments, 1, 100_000), number(arguments, 2, 100));
            case "swarm" -> SwarmSpeed.run(new SwarmSpeed.Setting(number(arguments, 1, 7), number(arguments, 2, 100),
                    number(arguments, 3, 64), number(arguments, 4, 3), number(arguments, 5, 0)));
            default -> {
                System.err.println(
                        "transfer [MIB [ROUNDS]] | sources [MIB] | memory [FILES [DOWNLOADS]] | folder [FILES [ROUNDS]]");
                System.err.println("swarm [PEERS [MBIT/S [MIB [ROUNDS [PERCENT-LOST]]]]]");
                System.exit(2);
            }
        }
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }
}
