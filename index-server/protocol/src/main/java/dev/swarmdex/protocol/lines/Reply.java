package dev.swarmdex.protocol.lines;

import dev.swarmdex.protocol.Address;
import java.util.List;

/** What the index answers. */
public sealed interface Reply {

    /** The files that can be downloaded, and from whom. */
    record Files(List<SharedFile> files) implements Reply {

        /** Copies the list. */
        public Files {
            files = List.copyOf(files);
        }
    }

    /** A file of a user. */
    record SharedFile(String user, String path) {

        /** Checks the name and the path. */
        public SharedFile {
            User.checkName(user);
            FilePath.check(path);
        }
    }

    /** The users that are there, and where. */
    record ActivePeers(List<ActivePeer> peers) implements Reply {

        /** Copies the list. */
        public ActivePeers {
            peers = List.copyOf(peers);
        }
    }

    /** A user and the address of its mini-server, whose host has no colon, since one separates it from the port. */
    record ActivePeer(String user, Address address) {

        /** Checks the name and the host. */
        public ActivePeer {
            User.checkName(user);
            if (address.host().indexOf(':') >= 0) {
                throw new IllegalArgumentException("IPv6 addresses don't fit this protocol");
            }
        }
    }
}
