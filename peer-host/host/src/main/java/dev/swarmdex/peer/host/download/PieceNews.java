package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a source that is itself still downloading for its pieces, again and again, on a thread of its own, beside those that
 * read from it. When the source fails to answer, the transfer ends: its readers may have nothing to read and would not
 * notice.
 */
final class PieceNews implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PieceNews.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(100);
    /** The more sources there are, the less it matters that one has a new piece: all together are asked fifty times a second. */
    private static final Duration PAUSE_FOR_EACH_SOURCE = Duration.ofMillis(20);

    private final Offer offer;
    private final SourceTransfer transfer;
    private final PieceMap pieces;
    private final Thread thread;
    private volatile @Nullable IOException failure;

    /** News for that map. */
    PieceNews(Offer offer, SourceTransfer transfer, PieceMap pieces) {
        this.offer = offer;
        this.transfer = transfer;
        this.pieces = pieces;
        this.thread = Thread.ofVirtual().name("news-" + transfer.candidate().peer()).unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    private void follow() {
        try {
            Optional<BitSet> held;
            do {
                Thread.sleep(pause());
                held = offer.pieces();
                pieces.learn(transfer, held);
            } while (held.isPresent());
        } catch (IOException gone) {
            failure = gone;
            transfer.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration pause() {
        Duration fair = PAUSE_FOR_EACH_SOURCE.multipliedBy(pieces.sources());
        return fair.compareTo(SHORTEST_PAUSE) > 0 ? fair : SHORTEST_PAUSE;
    }

    /** Throws what the source failed with, if it did while it was still wanted. */
    void check() throws IOException {
        IOException problem = failure;
        if (problem != null) {
            throw problem;
        }
    }

    /** Ends the asking; nobody may need the connection after this. */
    @Override
    public void close() {
        thread.interrupt();
        boolean interrupted = false;
        boolean ended = !thread.isAlive();
        while (!ended) {
            try {
                ended = thread.join(transfer.patience());
                if (!ended) {
                    LOG.warn("the transport of {} does not end a question for pieces, left behind",
                            transfer.candidate().endpoint());
                    break;
                }
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
