package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.Port;
import java.util.Optional;

/** What a program asks of the index. */
public sealed interface Request {

    /** {@code R}: offers a file. Without a host the datagram's source is meant. */
    record Register(String name, int port, Optional<String> host) implements Request {

        /** Checks the name and the port. */
        public Register {
            Filename.check(name);
            Port.check(port);
        }
    }

    /** {@code T}: offers a file no more. */
    record Deregister(String name, int port, Optional<String> host) implements Request {

        /** Checks the name and the port. */
        public Deregister {
            Filename.check(name);
            Port.check(port);
        }
    }

    /** {@code S}: asks who has a file. */
    record Search(String name) implements Request {

        /** Checks the name. */
        public Search {
            Filename.check(name);
        }
    }

    /** {@code D}: asks where to download a file. */
    record Locate(String name) implements Request {

        /** Checks the name. */
        public Locate {
            Filename.check(name);
        }
    }

    /** {@code O}: asks for everything. */
    record List() implements Request {}

    /** {@code E} 2: asks for the last reply again. */
    record Resend() implements Request {}

    /** {@code E} 1: leaves. */
    record Leave() implements Request {}
}
