package dev.swarmdex.peer.host.tree;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The hashing of one file, cut into runs of pieces that any threads may do in any order. Owns the open file, and closes
 * it once the tree is done, has failed or is cancelled; that also ends the runs in progress.
 */
final class FileHashing {

    /** What one thread hashes in one go: some milliseconds of work, so that handing it over costs nothing. */
    private static final int RUN = 8 << 20;

    private final FileHasher hasher;
    private final HashedFile file;
    private final LongConsumer progress;
    private final long size;
    private final int pieceSize;
    private final int pieceCount;
    private final int digestLength;
    private final byte[] pieceHashes;
    private final AtomicInteger piecesLeft;
    private final CompletableFuture<HashTree> tree = new CompletableFuture<>();

    FileHashing(FileHasher hasher, HashedFile file, LongConsumer progress) throws IOException {
        this.hasher = hasher;
        this.file = file;
        this.progress = progress;
        this.size = file.size();
        if (size > HashTree.LARGEST_CONTENT) {
            throw new IOException(file.path() + " is larger than " + HashTree.LARGEST_CONTENT + " bytes");
        }
        this.pieceSize = PieceSize.of(size);
        this.pieceCount = HashTree.pieceCount(size);
        this.digestLength = hasher.newDigest().getDigestLength();
        this.pieceHashes = new byte[pieceCount * digestLength];
        this.piecesLeft = new AtomicInteger(pieceCount);
        var _ = tree.whenComplete((_, _) -> file.close());
    }

    /** The tree once all runs are done, or the first failure. */
    CompletableFuture<HashTree> tree() {
        return tree;
    }

    Iterator<Run> runs() {
        int pieces = Math.max(1, RUN / pieceSize);
        return IntStream.iterate(0, first -> first < pieceCount, first -> first + pieces)
                .mapToObj(first -> new Run(first, Math.min(first + pieces, pieceCount))).iterator();
    }

    /** Ends the hashing before its time. */
    void stop() {
        tree.completeExceptionally(new IOException("the hashing of " + file.path() + " was stopped"));
    }

    /** Some neighbouring pieces. */
    final class Run {

        private final int first;
        private final int end;

        private Run(int first, int end) {
            this.first = first;
            this.end = end;
        }

        void stop() {
            FileHashing.this.stop();
        }

        /** Hashes the pieces; whatever goes wrong becomes the failure of the whole tree, and is not thrown. */
        void hash() {
            try {
                hashPieces();
                if (piecesLeft.addAndGet(first - end) == 0) {
                    file.checkSize();
                    tree.complete(HashTree.of(hasher, size, pieceHashes));
                }
            } catch (Throwable e) { // even an error must reach whoever waits for the tree
                tree.completeExceptionally(e);
            }
        }

        private void hashPieces() throws IOException {
            PieceHasher piece = new PieceHasher(hasher, size);
            long position = (long) first * pieceSize;
            long runEnd = Math.min((long) end * pieceSize, size);
            int index = first;
            while (position < runEnd) {
                int chunk = (int) Math.min(HashedFile.READ, runEnd - position);
                ByteBuffer buffer = file.read(position, chunk);
                for (int at = 0; at < chunk; at = buffer.position()) {
                    piece.update(buffer.limit(Math.min(at + pieceSize, chunk)));
                    long done = position + buffer.position();
                    if (done % pieceSize == 0 || done == runEnd) {
                        keep(index++, piece.finish());
                    }
                }
                position += chunk;
                progress.accept(chunk);
            }
            if (size == 0) {
                keep(0, piece.finish());
            }
        }
    }

    private void keep(int piece, byte[] digest) {
        System.arraycopy(digest, 0, pieceHashes, piece * digestLength, digestLength);
    }
}
