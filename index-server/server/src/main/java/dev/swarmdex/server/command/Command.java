package dev.swarmdex.server.command;

import dev.swarmdex.config.ConfigException;
import dev.swarmdex.server.listen.CannotListenException;

/** A command of the program, whose fields JCommander fills. */
public interface Command {

    /** The options that every command has. */
    CommonOptions common();

    /**
     * Does the work, and returns when it is done.
     *
     * @throws CommandFailedException with one line for the user; a {@link dev.swarmdex.store.StoreException} is as good
     */
    void run(Surroundings surroundings) throws ConfigException, CannotListenException, CommandFailedException;
}
