package dev.swarmdex.protocol.pdu;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.WireText;
import java.util.List;

/** What the index answers. */
public sealed interface Reply {

    /** {@code A}: done. The message, which may be empty, is made printable and cut to what a PDU holds. */
    record Done(String message) implements Reply {

        /** Tidies the message. */
        public Done {
            message = WireText.printable(message, Pdu.DATA);
        }
    }

    /** {@code E}: not done. */
    record Failed(ErrorCode code) implements Reply {}

    /** {@code S}: a server that has the file. */
    record Found(String name, Address server) implements Reply {

        /** Checks the name. */
        public Found {
            Filename.check(name);
        }
    }

    /** {@code D}: a server to download the file from. */
    record Located(String name, Address server) implements Reply {

        /** Checks the name. */
        public Located {
            Filename.check(name);
        }
    }

    /** {@code O}, several PDUs: every server with its files. */
    record Listing(List<Server> servers) implements Reply {

        /** Copies the list. */
        public Listing {
            servers = List.copyOf(servers);
        }
    }

    /** A server and the files it offers. */
    record Server(Address address, List<String> names) {

        /** Checks the names. */
        public Server {
            names = List.copyOf(names);
            names.forEach(Filename::check);
        }
    }
}
