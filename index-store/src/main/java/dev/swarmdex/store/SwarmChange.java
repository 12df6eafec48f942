package dev.swarmdex.store;

/**
 * Something that happened in a swarm of a tracker. A swarm is known by its info-hash, 40 lower-case hexadecimal digits; a
 * member of it by its address and port.
 */
public sealed interface SwarmChange {

    /** The swarm's. */
    String infoHash();

    /**
     * A member takes part, and has all of the content or not. It may be known already, also as what it is.
     *
     * @param host a numeric address
     */
    record Present(String infoHash, String host, int port, boolean complete) implements SwarmChange {

        /** Checks the bounds. */
        public Present {
            checkInfoHash(infoHash);
            checkMember(host, port);
        }
    }

    /** A member takes part no more. It may be unknown. */
    record Gone(String infoHash, String host, int port, EndedBy reason) implements SwarmChange {

        /** Checks the bounds. */
        public Gone {
            checkInfoHash(infoHash);
            checkMember(host, port);
        }
    }

    /** So many members more became complete while they took part. */
    record Completed(String infoHash, int more) implements SwarmChange {

        /** Checks the bounds. */
        public Completed {
            checkInfoHash(infoHash);
            if (more < 1) {
                throw new IllegalArgumentException("at least one member becomes complete, not " + more);
            }
        }
    }

    /** Takes what a store remembers of the swarms. */
    interface Visitor {

        /** A swarm; before its members. */
        void swarm(String infoHash, long completed);

        /** A member of one of the swarms. */
        void member(String infoHash, String host, int port, boolean complete);
    }

    private static void checkInfoHash(String infoHash) {
        if (!infoHash.matches("[0-9a-f]{40}")) {
            throw new IllegalArgumentException("an info-hash has 40 hexadecimal digits, not \"" + infoHash + '"');
        }
    }

    private static void checkMember(String host, int port) {
        Text.check("address", host, 1, 45);
        if (port < 1 || port > 0xFFFF) {
            throw new IllegalArgumentException("a port is 1 to 65535, not " + port);
        }
    }
}
