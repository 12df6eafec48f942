package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One download: what is wanted, which pieces are verified, and the file they are in. The thread that runs it keeps the
 * sources going and makes what is verified last; the transfers' readers store pieces from threads of their own.
 */
final class Download {

    private static final Duration TICK = Duration.ofMillis(200);
    private static final Duration CHECKPOINT = Duration.ofSeconds(2);

    private final Wanted wanted;
    private final FileHasher hasher;
    private final PartFile file;
    private final PieceMap pieces;
    private final RateMeter rate = new RateMeter();
    private volatile @Nullable HashTree tree;

    Download(Wanted wanted, PartFile file, FileHasher hasher) {
        this.wanted = wanted;
        this.file = file;
        this.hasher = hasher;
        this.pieces = new PieceMap(HashTree.pieceCount(wanted.size()), file.stored());
        if (HashTree.pieceCount(wanted.size()) == 1) {
            learnTree(wanted.id().digest());
        }
    }

    Wanted wanted() {
        return wanted;
    }

    FileHasher hasher() {
        return hasher;
    }

    PieceMap pieces() {
        return pieces;
    }

    /** The piece hashes, once a source has told them and they were checked against the content id. */
    @Nullable
    HashTree tree() {
        return tree;
    }

    /** Takes piece hashes that a source claims; empty if they do not belong to the content id. */
    final Optional<HashTree> learnTree(byte[] claimed) {
        Optional<HashTree> verified = HashTree.verified(hasher, wanted.id(), wanted.size(), claimed);
        verified.ifPresent(good -> tree = good);
        return verified;
    }

    /** Keeps a verified piece. */
    void store(int piece, long offset, byte[] bytes, int length) throws DownloadException {
        try {
            file.write(offset, bytes, length);
        } catch (IOException failure) {
            throw new DownloadException("can't write " + file.path() + ": " + failure.getMessage()
                    + "; what is there is kept: mend that, and run the command again", failure);
        }
        pieces.verify(piece);
    }

    /** Fetches what is missing and gives the file its name. What was verified is kept when it fails. */
    HashTree run(SourcePool sources) throws IOException, InterruptedException {
        try (file) {
            try {
                fetch(sources);
            } catch (IOException | InterruptedException | RuntimeException failure) {
                stop(sources);
                keepForNextTime(failure);
                throw failure;
            }
            stop(sources);
            HashTree complete = tree;
            if (complete == null) {
                complete = hashWholeFile();
            }
            file.finish();
            return complete;
        }
    }

    private void stop(SourcePool sources) {
        pieces.close();
        sources.close();
    }

    private void keepForNextTime(Exception failure) {
        try {
            file.checkpoint(pieces.verified());
        } catch (IOException more) {
            failure.addSuppressed(more);
        }
    }

    private void fetch(SourcePool sources) throws IOException, InterruptedException {
        long nextCheckpoint = System.nanoTime() + CHECKPOINT.toNanos();
        while (!pieces.isComplete()) {
            sources.fill();
            sources.awaitEnd(TICK);
            if (System.nanoTime() >= nextCheckpoint) {
                file.checkpoint(pieces.verified());
                nextCheckpoint = System.nanoTime() + CHECKPOINT.toNanos();
            }
        }
    }

    /** An earlier attempt stored all pieces and then died, so that no source has told the piece hashes to this one. */
    private HashTree hashWholeFile() throws IOException, InterruptedException {
        try (TreeHasher wholeFile = new TreeHasher(hasher, Runtime.getRuntime().availableProcessors())) {
            HashTree found = wholeFile.hash(file.path(), bytes -> {});
            if (!found.root().equals(wanted.id())) {
                throw new DownloadException(file.path() + " was changed since; remove it and run the command again");
            }
            return found;
        }
    }

    DownloadProgress progress(SourcePool sources) {
        long verified = verifiedBytes();
        return new DownloadProgress(wanted.name(), wanted.id().toString(), wanted.size(), verified,
                rate.measure(verified, System.nanoTime()), sources.activePeers());
    }

    private long verifiedBytes() {
        BitSet done = pieces.verified();
        int pieceSize = PieceSize.of(wanted.size());
        int count = HashTree.pieceCount(wanted.size());
        long bytes = (long) done.cardinality() * pieceSize;
        return done.get(count - 1) ? bytes - ((long) count * pieceSize - wanted.size()) : bytes;
    }
}
