package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.download.UnsuitableSourceException.Lack;
import dev.swarmdex.peer.host.rate.RateLimit;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The route that any source can go: one source at a time sends the whole content, from the beginning. The next one
 * starts again, since nobody can tell whether it would go on with the same bytes. Where the content id is known, what
 * arrived is checked against it, and the source is to blame if it is wrong.
 */
final class WholeFile implements Route {

    /** What the names of such downloads end in; like all that end in {@code .part}, they are never shared. */
    static final String SUFFIX = ".unverified.part";

    private final Wanted wanted;
    private final FileHasher hasher;
    private final GrowingFile file;
    private final RateLimit limit;
    private final Duration patience;
    private volatile @Nullable Pace pace;
    private volatile @Nullable Arrival arrival;
    private volatile @Nullable HashTree tree;
    private volatile Unverified unverified = Unverified.SIZE_AND_CONTENT;

    private WholeFile(Wanted wanted, FileHasher hasher, GrowingFile file, RateLimit limit,
            Duration patience) {
        this.wanted = wanted;
        this.hasher = hasher;
        this.file = file;
        this.limit = limit;
        this.patience = patience;
    }

    /**
     * Begins an empty file.
     *
     * @param patience with a source that sends almost nothing, before another is tried
     */
    static WholeFile open(Wanted wanted, FileHasher hasher, RateLimit limit, Duration patience) throws IOException {
        GrowingFile.requireSpace(wanted.target(), wanted.knownSize().orElse(0));
        return new WholeFile(wanted, hasher, GrowingFile.open(wanted.target(), SUFFIX), limit, patience);
    }

    @Override
    public int mostSources() {
        return 1;
    }

    @Override
    public boolean minds(Lack lack) {
        return lack == Lack.SAME_CONTENT || lack == Lack.ALL_PIECES;
    }

    @Override
    public void fetch(Offer offer, SourceTransfer transfer) throws IOException, InterruptedException {
        Offers.requireSame(wanted, offer);
        Offers.requireAllPieces(offer);
        OptionalLong size = wanted.knownSize().isPresent() ? wanted.knownSize() : offer.size();
        file.setLength(0);
        Arrival arriving = new Arrival(file, size);
        arrival = arriving;
        Pace arrivals = new Pace(new LimitedSink(limit, transfer::isLeaving, arriving), patience, System::nanoTime);
        pace = arrivals;
        try {
            Readers.run(1, transfer, () -> offer.read(0, size.orElse(Long.MAX_VALUE), arrivals));
        } finally {
            pace = null;
        }
        arriving.end();
        file.flush();
        HashTree found = FileTree.of(hasher, file.path());
        if (wanted.knownId().isPresent() && !wanted.knownId().get().equals(found.root())) {
            throw new WrongBytesException("what it sent is not the content");
        }
        transfer.keep(found.size());
        unverified = wanted.knownId().isPresent()
                ? Unverified.NOTHING
                : size.isPresent() ? Unverified.CONTENT : Unverified.SIZE_AND_CONTENT;
        tree = found;
    }

    @Override
    public boolean isComplete() {
        return tree != null;
    }

    @Override
    public boolean isSlow() {
        Pace current = pace;
        return current != null && current.isSlow();
    }

    @Override
    public long received() {
        Arrival latest = arrival;
        return latest == null ? 0 : latest.written();
    }

    @Override
    public long verified() {
        return 0;
    }

    @Override
    public void checkpoint() {
        // the next attempt starts from the beginning in any case
    }

    @Override
    public void stop() {
        // closing the transfers is all it takes
    }

    @Override
    public HashTree finish() throws IOException {
        HashTree complete = tree;
        if (complete == null) {
            throw new IllegalStateException("finished before it was complete");
        }
        file.finish();
        return complete;
    }

    @Override
    public Unverified unverified() {
        return unverified;
    }

    /** Removes the file, unless it is whole. */
    @Override
    public void close() throws IOException {
        file.discard();
    }
}
