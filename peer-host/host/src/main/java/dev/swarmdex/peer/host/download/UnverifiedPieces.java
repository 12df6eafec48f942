package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.download.UnsuitableSourceException.Lack;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The route where nobody sends piece hashes, but sources can send from anywhere: pieces from all of them at once, and
 * the whole is checked against the content id at the end, where one is known. If it is wrong then, and came from
 * several, there is no telling who lied.
 */
final class UnverifiedPieces implements Route {

    private static final int MOST_SOURCES = 16;

    private final Wanted wanted;
    private final FileHasher hasher;
    private final Ledger ledger;
    private final GrowingFile file;
    private final PieceMap pieces;
    private final PieceReading reading;
    private final Map<Endpoint, String> contributors = new ConcurrentHashMap<>();

    private UnverifiedPieces(Wanted wanted, long size, FileHasher hasher, Ledger ledger, GrowingFile file,
            DownloadSettings settings, PieceReading.Flow flow) {
        this.wanted = wanted;
        this.hasher = hasher;
        this.ledger = ledger;
        this.file = file;
        this.pieces = new PieceMap(HashTree.pieceCount(size), PieceChoice.inOrder(HashTree.pieceCount(size)),
                new BitSet(), settings.overtake(), System::nanoTime);
        this.reading = new PieceReading(size, MOST_SOURCES, pieces, this::write, flow);
    }

    /** Begins an empty file of the size that is known. */
    static UnverifiedPieces open(Wanted wanted, FileHasher hasher, Ledger ledger, DownloadSettings settings,
            PieceReading.Flow flow) throws IOException {
        long size = wanted.knownSize().orElseThrow();
        GrowingFile.requireSpace(wanted.target(), size);
        GrowingFile file = GrowingFile.open(wanted.target(), WholeFile.SUFFIX);
        try {
            file.setLength(0);
            file.setLength(size);
            return new UnverifiedPieces(wanted, size, hasher, ledger, file, settings, flow);
        } catch (IOException | RuntimeException failure) {
            file.close();
            throw failure;
        }
    }

    @Override
    public int mostSources() {
        return MOST_SOURCES;
    }

    @Override
    public boolean minds(Lack lack) {
        return lack != Lack.HASHES;
    }

    @Override
    public void fetch(Offer offer, SourceTransfer transfer) throws IOException, InterruptedException {
        Offers.requireSame(wanted, offer);
        Offers.requireRanges(offer);
        Offers.requireAllPieces(offer);
        contributors.put(transfer.candidate().endpoint(), transfer.candidate().peer());
        try {
            reading.read(offer, transfer, () -> (piece, bytes) -> {});
        } finally {
            pieces.leave(transfer);
            if (transfer.keptBytes() == 0) {
                contributors.remove(transfer.candidate().endpoint(), transfer.candidate().peer());
            }
        }
    }

    private void write(long offset, ByteBuffer bytes) throws DownloadException {
        try {
            file.write(offset, bytes);
        } catch (IOException failure) {
            throw new DownloadException("can't write " + file.path() + ": " + failure.getMessage(), failure);
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
        return 0;
    }

    @Override
    public void checkpoint() {
        // nothing here is worth keeping: nobody could tell later whether it is right
    }

    @Override
    public void stop() {
        pieces.close();
    }

    @Override
    public HashTree finish() throws IOException, InterruptedException {
        file.flush();
        HashTree found = FileTree.of(hasher, file.path());
        if (wanted.knownId().isPresent() && !wanted.knownId().get().equals(found.root())) {
            if (contributors.size() == 1) {
                contributors.forEach(ledger::ban);
            }
            throw new WrongBytesException(
                    "what " + String.join(", ", contributors.values()) + " sent is not the content");
        }
        file.finish();
        return found;
    }

    @Override
    public Unverified unverified() {
        return wanted.knownId().isPresent() ? Unverified.NOTHING : Unverified.CONTENT;
    }

    /** Removes the file, unless it is whole. */
    @Override
    public void close() throws IOException {
        file.discard();
    }
}
