package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.rate.RateLimit;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Reads pieces of a content from any number of offers at once. Each reader claims a piece, reads it into memory, has it
 * checked, and only then has it written.
 */
final class PieceReading {

    /** With two, one is checked and written while the other comes. */
    private static final int FEWEST_READERS = 2;
    private static final int MOST_READERS = 4;
    /** What a download's readers should have in memory together, in bytes, if they are not too few for it. */
    private static final long MEMORY = 64L << 20;

    private final long size;
    private final int pieceSize;
    private final int mostSources;
    private final PieceMap pieces;
    private final Destination destination;
    private final Flow flow;

    /** What the downloads of a host share: memory, and the limit to what they receive. */
    record Flow(PieceBuffers buffers, RateLimit limit) {}

    /** Where pieces go. */
    @FunctionalInterface
    interface Destination {

        void write(long offset, ByteBuffer bytes) throws DownloadException;
    }

    /** A reader's check of the pieces that it has read. */
    @FunctionalInterface
    interface Check {

        /** Reads the piece's bytes; a WrongBytesException when they are not the content's. */
        void check(int piece, ByteBuffer bytes) throws WrongBytesException;
    }

    PieceReading(long size, int mostSources, PieceMap pieces, Destination destination, Flow flow) {
        this.size = size;
        this.pieceSize = PieceSize.of(size);
        this.mostSources = mostSources;
        this.pieces = pieces;
        this.destination = destination;
        this.flow = flow;
    }

    /** Reads pieces from an offer until none is left, with a check for each reader. */
    void read(Offer offer, SourceTransfer transfer, Supplier<Check> checks) throws IOException, InterruptedException {
        Readers.run(readers(), transfer, () -> {
            Check check = checks.get();
            for (OptionalInt claim = pieces.claim(transfer); claim.isPresent(); claim = pieces.claim(transfer)) {
                int piece = claim.getAsInt();
                try {
                    readPiece(offer, piece, check, transfer);
                } finally {
                    pieces.release(piece, transfer);
                }
            }
        });
    }

    private int readers() {
        return Math.clamp(MEMORY / mostSources / pieceSize, FEWEST_READERS, MOST_READERS);
    }

    private void readPiece(Offer offer, int piece, Check check, SourceTransfer transfer)
            throws IOException, InterruptedException {
        Optional<PieceBuffers.Piece> lent = flow.buffers().lend((int) Math.min(pieceSize, size), transfer::isLeaving);
        if (lent.isEmpty()) {
            return;
        }
        try (PieceBuffers.Piece memory = lent.get()) {
            long offset = (long) piece * pieceSize;
            int length = (int) Math.min(pieceSize, size - offset);
            ByteBuffer bytes = memory.buffer().clear().limit(length);
            if (length > 0) {
                receive(offer, offset, bytes, transfer);
            }
            // not as the bytes come: the readers share the connection, and the others wait while this one has its turn
            check.check(piece, bytes.rewind());
            if (pieces.isWanted(piece)) {
                destination.write(offset, bytes.rewind());
                pieces.complete(piece);
                transfer.keep(length);
            }
        }
    }

    /**
     * Reads at the pace of the limit if there is one: what waits in the connection meanwhile slows the source down. If it is a
     * low one, little is asked for at once, since a source gives up who takes nothing, or asks for nothing, for long.
     */
    private void receive(Offer offer, long offset, ByteBuffer target, SourceTransfer transfer) throws IOException {
        if (flow.limit().isUnlimited()) {
            offer.read(offset, target);
            return;
        }
        for (long at = offset; target.hasRemaining();) {
            int length = flow.limit().order(target.remaining());
            receiveSome(offer, at, target.slice(target.position(), length), transfer);
            target.position(target.position() + length);
            at += length;
        }
    }

    private void receiveSome(Offer offer, long offset, ByteBuffer target, SourceTransfer transfer) throws IOException {
        offer.read(offset, target.remaining(), new LimitedSink(flow.limit(), transfer::isLeaving, chunk -> {
            if (chunk.remaining() > target.remaining()) {
                throw new IOException("it sends more than was asked for");
            }
            target.put(chunk);
        }));
        if (target.hasRemaining()) {
            throw new IOException("it sends less than was asked for");
        }
    }

    /** The bytes of the pieces that are complete. */
    long completeBytes() {
        var done = pieces.completed();
        int count = HashTree.pieceCount(size);
        long bytes = (long) done.cardinality() * pieceSize;
        return done.get(count - 1) ? bytes - ((long) count * pieceSize - size) : bytes;
    }
}
