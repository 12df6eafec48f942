package dev.swarmdex.protocol.session;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.Port;
import java.util.List;

/** What the index answers. */
public sealed interface Reply {

    /** Asks for the names of the peer's files. */
    record SendFiles() implements Reply {}

    /** The files of the other peers, none twice. */
    record Files(List<String> names) implements Reply {

        /** Checks the names. */
        public Files {
            names = List.copyOf(names);
            names.forEach(FileName::check);
        }
    }

    /** The other peers that have the file, maybe none. */
    record Nodes(List<Node> nodes) implements Reply {

        /** Copies the list. */
        public Nodes {
            nodes = List.copyOf(nodes);
        }
    }

    /** A peer: where it talks to the index from, and the port where it serves files. */
    record Node(Address client, int serverPort) {

        /** Checks the port. */
        public Node {
            Port.check(serverPort);
        }
    }
}
