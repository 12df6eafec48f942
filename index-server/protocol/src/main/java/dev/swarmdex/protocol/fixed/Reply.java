package dev.swarmdex.protocol.fixed;

import dev.swarmdex.protocol.Address;
import dev.swarmdex.protocol.WireText;
import java.util.List;

/** What the index answers. Texts for people are made printable and cut to what a PDU holds. */
public sealed interface Reply {

    /** {@code A}: done. */
    record Done(String message) implements Reply {

        /** Tidies the message. */
        public Done {
            message = WireText.printable(message, Pdu.DATA);
        }
    }

    /** {@code E}: not done, and why. */
    record Failed(String message) implements Reply {

        /** Tidies the message. */
        public Failed {
            message = WireText.printable(message, Pdu.DATA);
        }
    }

    /** {@code S}: a server that has the content, by its numeric IPv4 address; the protocol has no room for others. */
    record Found(Address server) implements Reply {

        /** Checks that the address fits. */
        public Found {
            if (!server.isIpv4()) {
                throw new IllegalArgumentException("only numeric IPv4 addresses fit this protocol");
            }
        }
    }

    /** {@code O}, several PDUs: a count, and a line to read for each content. */
    record Listing(List<Offer> offers) implements Reply {

        /** Copies the list. */
        public Listing {
            offers = List.copyOf(offers);
        }
    }

    /** A content and the names of the peers that offer it. */
    record Offer(String content, List<String> peers) {

        /** Checks the content's name. */
        public Offer {
            ShortName.check("content name", content);
            peers = List.copyOf(peers);
        }
    }
}
