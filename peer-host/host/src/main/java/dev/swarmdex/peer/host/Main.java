package dev.swarmdex.peer.host;

import dev.swarmdex.peer.host.command.CommandLine;
import dev.swarmdex.peer.host.command.Output;
import dev.swarmdex.peer.host.command.Program;

/** The program {@code swarmdex peer}. */
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name. */
    public static void main(String[] arguments) {
        Program.run(() -> CommandLine.run(arguments, Output.system()));
    }
}
