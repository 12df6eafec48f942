package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One download: it takes the best route to the content, and the next best one where the sources there are can't go it.
 * One thread runs it; any thread may ask how far it is.
 */
final class Download {

    private static final Logger LOG = LoggerFactory.getLogger(Download.class);
    /** How many times the patience with a source a download waits for a piece that none of them has. */
    private static final int STUCK = 3;

    private final Wanted wanted;
    private final SourceFinder finder;
    private final FileHasher hasher;
    private final SourcePool.Means means;
    private final Ledger ledger;
    private final PartialShelf.Place place;
    private volatile @Nullable OnRoute current;

    /** The route that it is on. */
    private record OnRoute(Route route, SourcePool sources, RateMeter rate) {}

    /** What became of it. */
    record Result(HashTree tree, Unverified unverified) {}

    /** A download that has not begun; the hasher is that of the content id, or the host's where none is known. */
    Download(Wanted wanted, SourceFinder finder, FileHasher hasher, SourcePool.Means means) {
        this.wanted = wanted;
        this.finder = finder;
        this.hasher = hasher;
        this.means = means;
        this.ledger = new Ledger(wanted.name());
        this.place = means.partial().place();
    }

    Wanted wanted() {
        return wanted;
    }

    /** Belongs to the thread that runs the download. */
    Ledger ledger() {
        return ledger;
    }

    /** Fetches the content and gives the file its name. What was verified is kept when it fails. */
    Result run() throws IOException, InterruptedException {
        return switch (wanted) {
            case Wanted.Identified identified -> verified(identified);
            case Wanted.Named named -> unverified();
        };
    }

    private Result verified(Wanted.Identified identified) throws IOException, InterruptedException {
        try (VerifiedPieces pieces = VerifiedPieces.open(identified, hasher, means.settings(), means.flow(),
                choice(identified), place)) {
            try {
                return follow(pieces);
            } catch (NoSourceException none) {
                if (!none.othersExist()) {
                    throw none;
                }
                LOG.info("{} has no source left that can prove its pieces: {}", wanted.name(), none.getMessage());
            }
            withdraw();
            Result result = unverified();
            pieces.discard();
            return result;
        }
    }

    private PieceChoice choice(Wanted.Identified identified) {
        int pieces = HashTree.pieceCount(identified.size());
        if (identified.inOrder()) {
            return PieceChoice.inOrder(pieces);
        }
        return PieceChoice.rarestFirst(pieces, ThreadLocalRandom.current().nextInt(pieces), means.partial().ownName());
    }

    /** Offers what it has so far to nobody any more: it has failed, or the whole is offered. */
    void withdraw() {
        place.close();
    }

    private Result unverified() throws IOException, InterruptedException {
        if (wanted.knownSize().isPresent()) {
            ledger.startAnew();
            try (Route pieces = UnverifiedPieces.open(wanted, hasher, ledger, means.settings(), means.flow())) {
                return follow(pieces);
            } catch (NoSourceException none) {
                if (!none.othersExist()) {
                    throw none;
                }
            } catch (WrongBytesException mixture) {
                LOG.warn("{}: {}; asking one source after the other", wanted.name(), mixture.getMessage());
            }
        }
        ledger.startAnew();
        try (Route whole = WholeFile.open(wanted, hasher, means.flow().limit(),
                means.settings().patience().multipliedBy(2))) {
            return follow(whole);
        }
    }

    private Result follow(Route route) throws IOException, InterruptedException {
        SourcePool sources = new SourcePool(route, wanted, finder, means, ledger);
        current = new OnRoute(route, sources, new RateMeter());
        try {
            fetch(route, sources);
        } catch (IOException | InterruptedException | RuntimeException failure) {
            stop(route, sources);
            keepForNextTime(route, failure);
            throw failure;
        }
        stop(route, sources);
        return new Result(route.finish(), route.unverified());
    }

    private static void stop(Route route, SourcePool sources) {
        route.stop();
        sources.close();
    }

    private static void keepForNextTime(Route route, Exception failure) {
        try {
            route.checkpoint();
        } catch (IOException more) {
            failure.addSuppressed(more);
        }
    }

    private void fetch(Route route, SourcePool sources) throws IOException, InterruptedException {
        long period = means.settings().checkpoint().toNanos();
        long nextCheckpoint = System.nanoTime() + period;
        long stuckSince = System.nanoTime();
        while (!route.isComplete()) {
            sources.leaveSlow();
            sources.fill();
            sources.await(means.settings().retry().dividedBy(5));
            if (!route.isStuck() || sources.activePeers().isEmpty()) {
                stuckSince = System.nanoTime();
            } else if (System.nanoTime() - stuckSince > means.settings().patience().toNanos() * STUCK) {
                throw new NoSourceException("nobody has the rest of " + wanted.name() + ": those who offer it are still"
                        + " downloading it; what is there is kept, run the command again when somebody offers it whole",
                        false);
            }
            if (System.nanoTime() >= nextCheckpoint) {
                route.checkpoint();
                nextCheckpoint = System.nanoTime() + period;
            }
        }
    }

    DownloadProgress progress() {
        String id = wanted.knownId().map(Object::toString).orElse("");
        long size = wanted.knownSize().orElse(-1);
        OnRoute on = current;
        if (on == null) {
            return new DownloadProgress(wanted.name(), id, size, 0, 0, 0, List.of());
        }
        long received = on.route().received();
        return new DownloadProgress(wanted.name(), id, size, on.route().verified(), received,
                on.rate().measure(received, System.nanoTime()), on.sources().activePeers());
    }
}
