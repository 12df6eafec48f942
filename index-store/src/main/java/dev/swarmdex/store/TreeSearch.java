package dev.swarmdex.store;

import java.nio.ByteBuffer;

/**
 * What {@link Lookups#byId} finds for ids of our own hasher, without allocating anything: for those who answer hundreds of
 * thousands of searches a second. For one thread.
 *
 * <p><b>Why searches are announced.</b> Among millions of contents, what a search reads is in no cache of the processor, and
 * each place it reads says only where the next one is: most of its time it waits for memory. A processor can wait for
 * many places at once, though. So a listener that got several datagrams together announces all of them, by
 * {@link #expect}, before it handles the first. The first {@link #find} then reads what all of them will need, step by
 * step: each step is made for all of them before the next one is for any. Nothing is done with what is read but to sum it
 * up, so that the compiler does not leave the reading out; the searches themselves go their usual way, and find it in
 * the cache. That a guess was wrong, or that there was none, costs time only.
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
     * Announces that the digest that begins at that index of the buffer is soon searched for, one of several. It may be left
     * out.
     */
    default void expect(ByteBuffer digest, int index) {}
}
