package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.Port;

/** What a program asks of the index. */
public sealed interface Request {

    /** {@code R}: offers a content at that port of the datagram's source. */
    record Register(String peer, String content, int port) implements Request {

        /** Checks the names and the port. */
        public Register {
            ShortName.check("peer name", peer);
            ShortName.check("content name", content);
            Port.check(port);
        }
    }

    /** {@code S}: asks who has a content. Some programs state who asks, which changes nothing. */
    record Search(String content) implements Request {

        /** Checks the name. */
        public Search {
            ShortName.check("content name", content);
        }
    }

    /** {@code O}: asks for everything. */
    record List() implements Request {}

    /** {@code T}: offers one content no more. */
    record Deregister(String peer, String content) implements Request {

        /** Checks the names. */
        public Deregister {
            ShortName.check("peer name", peer);
            ShortName.check("content name", content);
        }
    }

    /** {@code T} without a content: offers nothing any more. */
    record DeregisterAll(String peer) implements Request {

        /** Checks the name. */
        public DeregisterAll {
            ShortName.check("peer name", peer);
        }
    }

    /** {@code T} with {@code Q}: offers nothing any more and does not wait for a reply. */
    record Quit(String peer) implements Request {

        /** Checks the name. */
        public Quit {
            ShortName.check("peer name", peer);
        }
    }
}
