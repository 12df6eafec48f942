package dev.swarmdex.store;

import java.nio.ByteBuffer;

/**
 * What {@link Lookups#byId} finds for ids of our own hasher, without allocating anything: for those who answer hundreds of
 * thousands of searches a second. For one thread.
 */
public interface TreeSearch {

    /** How many bytes the digest of such an id has. */
    int DIGEST = 32;

    /** Takes what is found, while the index is locked: it must be quick, and ask the index nothing. */
    interface Receiver {

        /**
         * The next content; its sources follow.
         *
         * @param bytes hold its name, in UTF-8; only until the search ends
         * @return whether to go on
         */
        boolean content(byte[] bytes, int nameStart, int nameLength, long size);

        /**
         * A source of that content.
         *
         * @param since in microseconds from 1970 on
         * @return whether to go on
         */
        boolean source(long session, Presence presence, long since);
    }

    /**
     * Shows the contents with the id {@code sha256-tree:} of the digest that begins at that index of the buffer, from the
     * first one on, until the receiver says no.
     *
     * @return whether that could be done; not before all is in memory
     */
    boolean find(ByteBuffer digest, int index, Receiver receiver);

    /**
     * Tells that the digest that begins at that index of the buffer is soon searched for, one of several: the memory that is
     * needed for all of them can then be read at the same time, which is sooner than one after the other. It need not be told.
     */
    default void expect(ByteBuffer digest, int index) {}
}
