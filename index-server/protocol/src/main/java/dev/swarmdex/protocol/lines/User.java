package dev.swarmdex.protocol.lines;

import dev.swarmdex.protocol.Port;
import dev.swarmdex.protocol.Word;

/**
 * Who connects: the first line of a connection.
 *
 * @param name 1 to 64 bytes of UTF-8 without control characters and spaces
 * @param port where the user's mini-server listens
 */
public record User(String name, int port) {

    /** The most bytes of a name. */
    public static final int LONGEST = 64;

    /** Checks the name and the port. */
    public User {
        checkName(name);
        Port.check(port);
    }

    static String checkName(String name) {
        return Word.check("the name of a user", name, LONGEST);
    }
}
