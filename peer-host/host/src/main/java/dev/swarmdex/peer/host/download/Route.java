package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;

/**
 * A way to get at a content's bytes: which offers it can use, how it reads them, and what makes the result good enough
 * for the target's name. The download's thread runs it; {@link #fetch} is called from the threads of the transfers.
 */
sealed interface Route extends AutoCloseable permits VerifiedPieces, UnverifiedPieces, WholeFile {

    /** From how many sources it reads at once. */
    int mostSources();

    /** Whether an offer that lacks this is of no use at the moment. */
    boolean minds(UnsuitableSourceException.Lack lack);

    /**
     * Reads from an offer until nothing is left to read.
     *
     * @throws DownloadException when the download as a whole can't go on
     * @throws UnsuitableSourceException when the route has no use for the offer
     * @throws WrongBytesException when the source lied
     * @throws IOException when this source can't go on
     */
    void fetch(Offer offer, SourceTransfer transfer) throws IOException, InterruptedException;

    /** Whether all that was to be fetched is there. */
    boolean isComplete();

    /** Whether there is something to fetch that none of the sources has which it reads from at the moment. */
    default boolean isStuck() {
        return false;
    }

    /** Whether what it reads comes so slowly that another source had better be tried. */
    default boolean isSlow() {
        return false;
    }

    /** The bytes that are written. */
    long received();

    /** Those of them that are verified. */
    long verified();

    /** Makes what is verified last through a crash. */
    void checkpoint() throws IOException;

    /** Lets no transfer begin with anything further. */
    void stop();

    /**
     * Checks what is left to check and gives the file its name.
     *
     * @throws WrongBytesException when what came together is not the content
     */
    HashTree finish() throws IOException, InterruptedException;

    /** What nobody can vouch for, once it is finished. */
    Unverified unverified();

    @Override
    void close() throws IOException;
}
