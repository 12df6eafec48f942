package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a source that is itself still downloading for its pieces, again and again, on a thread of its own, beside those that
 * read from it. When the source fails to answer, the transfer ends: its readers may have nothing to read and would not
 * notice.
 */
final class PieceNews implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Offer offer;
    private final SourceTransfer transfer;
    private final Consumer<Optional<BitSet>> reader;
    private final Thread thread;
    private volatile @Nullable IOException failure;

    /** News for that reader, which is told all pieces each time, and nothing any more once they are all there. */
    PieceNews(Offer offer, SourceTransfer transfer, Consumer<Optional<BitSet>> reader) {
        this.offer = offer;
        this.transfer = transfer;
        this.reader = reader;
        this.thread = Thread.ofVirtual().name("news-" + transfer.candidate().peer()).unstarted(this::follow);
    }

    void start() {
        thread.start();
    }

    private void follow() {
        try {
            Optional<BitSet> pieces;
            do {
                Thread.sleep(PAUSE);
                pieces = offer.pieces();
                reader.accept(pieces);
            } while (pieces.isPresent());
        } catch (IOException gone) {
            failure = gone;
            transfer.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
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
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
