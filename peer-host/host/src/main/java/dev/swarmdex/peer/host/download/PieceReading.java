package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * Reads pieces of a content from any number of offers at once. Each reader claims a piece, reads it into memory, has it
 * checked, and only then has it written.
 */
final class PieceReading {

    private static final int MOST_READERS = 4;
    /** What the pieces that a download's readers hold may take together, in bytes. */
    private static final long MEMORY = 64L << 20;

    private final long size;
    private final int pieceSize;
    private final int mostSources;
    private final PieceMap pieces;
    private final Destination destination;

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

    PieceReading(long size, int mostSources, PieceMap pieces, Destination destination) {
        this.size = size;
        this.pieceSize = PieceSize.of(size);
        this.mostSources = mostSources;
        this.pieces = pieces;
        this.destination = destination;
    }

    /** Reads pieces from an offer until none is left, with a check for each reader. */
    void read(Offer offer, SourceTransfer transfer, Supplier<Check> checks) throws IOException, InterruptedException {
        Readers.run(readers(), transfer, () -> {
            ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(pieceSize, size));
            Check check = checks.get();
            for (OptionalInt claim = pieces.claim(transfer); claim.isPresent(); claim = pieces.claim(transfer)) {
                int piece = claim.getAsInt();
                try {
                    readPiece(offer, piece, buffer, check, transfer);
                } finally {
                    pieces.release(piece, transfer);
                }
            }
        });
    }

    private int readers() {
        return Math.clamp(MEMORY / mostSources / pieceSize, 1, MOST_READERS);
    }

    private void readPiece(Offer offer, int piece, ByteBuffer buffer, Check check, SourceTransfer transfer)
            throws IOException {
        long offset = (long) piece * pieceSize;
        int length = (int) Math.min(pieceSize, size - offset);
        buffer.clear().limit(length);
        if (length > 0) {
            offer.read(offset, length, chunk -> {
                if (chunk.remaining() > buffer.remaining()) {
                    throw new IOException("it sends more than was asked for");
                }
                buffer.put(chunk);
            });
        }
        if (buffer.hasRemaining()) {
            throw new IOException("it sends less than was asked for");
        }
        // not as the bytes come: the readers share the connection, and the others wait while this one has its turn
        check.check(piece, buffer.flip());
        if (pieces.isWanted(piece)) {
            destination.write(offset, buffer.rewind());
            pieces.complete(piece);
            transfer.keep(length);
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
