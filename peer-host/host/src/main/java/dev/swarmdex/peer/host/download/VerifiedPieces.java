package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.download.UnsuitableSourceException.Lack;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.PieceHasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The best route: pieces from many sources at once, each verified before it is written, so that no byte reaches the file
 * that was not checked, whoever sends it. It needs one source that sends the piece hashes; once they are known, sources
 * without hashes help too. An interrupted download goes on where it was.
 */
final class VerifiedPieces implements Route {

    private static final int FEWEST_SOURCES = 8;
    /** In a swarm each source has only part of the content; more than these add nothing. */
    private static final int MOST_SOURCES = 32;
    /** Large pieces come from fewer sources, so that what is on its way fits into this many bytes. */
    private static final int MEMORY = 16 << 20;

    private final Wanted.Identified wanted;
    private final FileHasher hasher;
    private final PartFile file;
    private final PieceMap pieces;
    private final PieceReading reading;
    private final PartialShelf.Place place;
    /** The pieces that outlast a crash; belongs to the download's thread. */
    private BitSet safe;
    private volatile @Nullable HashTree tree;

    private VerifiedPieces(Wanted.Identified wanted, FileHasher hasher, PartFile file, DownloadSettings settings,
            PieceReading.Flow flow, PieceChoice choice, PartialShelf.Place place) {
        this.wanted = wanted;
        this.hasher = hasher;
        this.file = file;
        this.place = place;
        this.safe = file.stored();
        this.pieces = new PieceMap(HashTree.pieceCount(wanted.size()), choice, file.stored(), settings.overtake(),
                System::nanoTime);
        this.reading = new PieceReading(wanted.size(), mostSources(), pieces, this::write, flow);
        if (HashTree.pieceCount(wanted.size()) == 1) {
            learnTree(wanted.id().digest());
        }
    }

    /**
     * Goes on with the part file of an earlier attempt, or begins a new one.
     *
     * @param place where others find what is verified, from the moment that the piece hashes are known
     */
    static VerifiedPieces open(Wanted.Identified wanted, FileHasher hasher, DownloadSettings settings,
            PieceReading.Flow flow, PieceChoice choice, PartialShelf.Place place) throws IOException {
        return new VerifiedPieces(wanted, hasher, PartFile.open(wanted.target(), wanted.id(), wanted.size()),
                settings, flow, choice, place);
    }

    /** Takes piece hashes that a source claims; empty if they do not belong to the content id. */
    private Optional<HashTree> learnTree(byte[] claimed) {
        Optional<HashTree> verified = HashTree.verified(hasher, wanted.id(), wanted.size(), claimed);
        verified.ifPresent(good -> {
            tree = good;
            if (good.pieceCount() > 1) {
                place.put(new PartialFile(wanted, good, file.path(), pieces));
            }
        });
        return verified;
    }

    @Override
    public int mostSources() {
        return Math.clamp(MEMORY / PieceSize.of(wanted.size()), FEWEST_SOURCES, MOST_SOURCES);
    }

    @Override
    public boolean minds(Lack lack) {
        return lack != Lack.HASHES || tree == null;
    }

    @Override
    public void fetch(Offer offer, SourceTransfer transfer) throws IOException, InterruptedException {
        Offers.requireSame(wanted, offer);
        Offers.requireRanges(offer);
        HashTree known = treeFrom(offer);
        Optional<BitSet> held = offer.pieces();
        pieces.learn(transfer, held);
        try (PieceNews news = new PieceNews(offer, transfer, pieces)) {
            if (held.isPresent()) {
                news.start();
            }
            reading.read(offer, transfer, () -> check(known));
            news.check();
        } finally {
            pieces.leave(transfer);
        }
    }

    @Override
    public boolean isStuck() {
        return pieces.unobtainable() > 0;
    }

    private HashTree treeFrom(Offer offer) throws IOException {
        HashTree known = tree;
        if (known != null) {
            return known;
        }
        byte[] claimed = offer.pieceHashes(PieceSize.of(wanted.size()))
                .orElseThrow(() -> new UnsuitableSourceException(Lack.HASHES));
        return learnTree(claimed)
                .orElseThrow(() -> new WrongBytesException("its piece hashes do not belong to the content id"));
    }

    private PieceReading.Check check(HashTree known) {
        PieceHasher digest = new PieceHasher(hasher, wanted.size());
        return (piece, bytes) -> {
            digest.update(bytes);
            if (!known.matches(piece, digest.finish())) {
                throw new WrongBytesException("piece %d (of %d bytes) is wrong".formatted(piece, bytes.limit()));
            }
        };
    }

    private void write(long offset, ByteBuffer bytes) throws DownloadException {
        try {
            file.write(offset, bytes);
        } catch (IOException failure) {
            throw new DownloadException("can't write " + file.path() + ": " + failure.getMessage()
                    + "; what is there is kept: mend that, and run the command again", failure);
        }
    }

    @Override
    public boolean isComplete() {
        return pieces.isComplete();
    }

    @Override
    public long received() {
        return reading.completeBytes();
    }

    @Override
    public long verified() {
        return reading.completeBytes();
    }

    @Override
    public void checkpoint() throws IOException {
        BitSet now = pieces.completed();
        if (!now.equals(safe)) {
            file.checkpoint(now);
            safe = now;
        }
    }

    @Override
    public void stop() {
        pieces.close();
    }

    @Override
    public HashTree finish() throws IOException, InterruptedException {
        HashTree complete = tree;
        if (complete == null) {
            complete = hashWholeFile();
        }
        file.finish();
        return complete;
    }

    /** An earlier attempt stored all pieces and then died, so that no source has told the piece hashes to this one. */
    private HashTree hashWholeFile() throws IOException, InterruptedException {
        HashTree found = FileTree.of(hasher, file.path());
        if (!found.root().equals(wanted.id())) {
            throw new DownloadException(file.path() + " was changed since; remove it and run the command again");
        }
        return found;
    }

    @Override
    public Unverified unverified() {
        return Unverified.NOTHING;
    }

    /** Removes what it has, after another route got the content. */
    void discard() throws IOException {
        file.discard();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
