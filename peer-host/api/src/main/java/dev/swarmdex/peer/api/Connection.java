package dev.swarmdex.peer.api;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * A connection to one peer. Safe for many threads at once. The host, which connected, closes it, from any thread and even
 * while others are in it. What it returned is of no use after that.
 */
public interface Connection extends AutoCloseable {

    /**
     * Asks the peer for a content; empty when it does not offer it. Blocks until the peer answers, but not longer than the
     * timeout that the connection was made with, and gives up when its thread is interrupted.
     *
     * @throws IOException when the peer fails; when it answered but refused, the connection stays usable
     */
    Optional<Offer> ask(ContentReference content) throws IOException;

    /**
     * Reads small contents as a whole, each into a part of the target as long as its size, one after the other in the order
     * of the list. A transport that can have them all on their way at once is much faster with many of them. Blocks as
     * {@link Offer#read} does; nothing of what comes is verified.
     *
     * @param target the host's until this is called and again once it returns, with its position as it was; it has room
     *        for all of them. The parts of those that the peer does not offer, or not with that size, may hold anything
     * @return the places in the list of those that came, counted from 0, in a new set
     * @throws IOException when the peer fails, refuses, or sends less or other than was asked
     */
    default BitSet readWhole(List<WholeContent> contents, ByteBuffer target) throws IOException {
        BitSet came = new BitSet(contents.size());
        int at = target.position();
        for (int i = 0; i < contents.size(); i++) {
            WholeContent wanted = contents.get(i);
            Optional<Offer> offer = ask(ContentReference.byId(wanted.id()));
            if (offer.isPresent() && offer.get().size().orElse(wanted.size()) == wanted.size()) {
                offer.get().read(0, target.slice(at, wanted.size()));
                came.set(i);
            }
            at += wanted.size();
        }
        return came;
    }

    /**
     * Ends every call in progress with an IOException, and returns within a second; it never waits for the peer, and never
     * throws. A second call does nothing.
     */
    @Override
    void close();
}
