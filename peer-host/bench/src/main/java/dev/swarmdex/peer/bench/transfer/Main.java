package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;

/** {@code transfer [MIB [ROUNDS]]} or {@code folder [FILES [ROUNDS]]}. */
public final class Main {

    private Main() {}

    /** Runs the measurement that the first word names. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        switch (arguments.length == 0 ? "" : arguments[0]) {
            case "transfer" -> LineSpeed.run(number(arguments, 1, 1024), number(arguments, 2, 5));
            case "folder" -> FolderSpeed.run(number(arguments, 1, 10_000), number(arguments, 2, 5));
            default -> {
                System.err.println("transfer [MIB [ROUNDS]], or folder [FILES [ROUNDS]]");
                System.exit(2);
            }
        }
    }

    private static int number(String[] arguments, int at, int otherwise) {
        return arguments.length > at ? Integer.parseInt(arguments[at]) : otherwise;
    }
}
