package dev.swarmdex.protocol.lines;

import java.util.List;

/** What a user asks of the index. */
public sealed interface Request {

    /** {@code register}: the user offers files. */
    record Register(String user, List<String> paths) implements Request {

        /** Checks the name and the paths. */
        public Register {
            User.checkName(user);
            paths = checkPaths(paths);
        }
    }

    /** {@code unregister}: the user offers files no more. */
    record Unregister(String user, List<String> paths) implements Request {

        /** Checks the name and the paths. */
        public Unregister {
            User.checkName(user);
            paths = checkPaths(paths);
        }
    }

    /** {@code list-files}: asks for everything. */
    record ListFiles() implements Request {}

    /** {@code sendActivePeers}: asks for the users and their addresses. */
    record SendActivePeers() implements Request {}

    /** {@code close}: leaves. */
    record Close() implements Request {}

    private static List<String> checkPaths(List<String> paths) {
        if (paths.isEmpty()) {
            throw new IllegalArgumentException("at least one file is needed");
        }
        paths.forEach(FilePath::check);
        return List.copyOf(paths);
    }
}
