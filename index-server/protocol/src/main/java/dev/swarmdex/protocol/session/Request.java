package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.Port;

/** What a peer asks of the index. */
public sealed interface Request {

    /** {@code register}: offers files at that port; {@code SEND FILES} asks which. */
    record Register(int serverPort) implements Request {

        /** Checks the port. */
        public Register {
            Port.check(serverPort);
        }
    }

    /** {@code unregister}: offers nothing any more. */
    record Unregister() implements Request {}

    /** {@code get_files_list}: asks for the files of the other peers. */
    record ListFiles() implements Request {}

    /** {@code delete}: has deleted a file; {@code SEND FILES} asks which are left. */
    record Delete(String name) implements Request {

        /** Checks the name. */
        public Delete {
            FileName.check(name);
        }
    }

    /** {@code update}: has other files than before; {@code SEND FILES} asks which. */
    record Update() implements Request {}

    /** {@code download}: asks who has a file. */
    record Download(String name) implements Request {

        /** Checks the name. */
        public Download {
            FileName.check(name);
        }
    }
}
