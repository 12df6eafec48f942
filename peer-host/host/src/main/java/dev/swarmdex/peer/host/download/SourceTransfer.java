package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.PieceHasher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The transfer from one source: a connection and a few readers on it, each of which claims a piece, reads it into
 * memory, verifies it and only then writes it. So no byte reaches the file that was not checked, whoever sends it.
 */
final class SourceTransfer implements PieceMap.Fetcher {

    /** The longest that a source may take to connect, or to send its next byte. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_READERS = 4;
    /** What the pieces that a download's readers hold may take together, in bytes. */
    private static final long MEMORY = 64L << 20;

    private final Download download;
    private final Candidate candidate;
    private final Transport transport;
    private final Map<String, String> options;
    private final AtomicLong verifiedBytes = new AtomicLong();
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private volatile @Nullable Thread runner;
    private volatile boolean leaving;
    private volatile @Nullable Duration latency;

    SourceTransfer(Download download, Candidate candidate, Transport transport, Map<String, String> options) {
        this.download = download;
        this.candidate = candidate;
        this.transport = transport;
        this.options = options;
    }

    Candidate candidate() {
        return candidate;
    }

    long verifiedBytes() {
        return verifiedBytes.get();
    }

    /** How long it took to connect and to be told that the content is there, if it came so far. */
    Optional<Duration> latency() {
        return Optional.ofNullable(latency);
    }

    /**
     * Reads pieces until there is nothing left to read.
     *
     * @throws DownloadException when the download as a whole can't go on
     * @throws WrongBytesException when the source lied
     * @throws IOException when this source can't go on
     */
    void run() throws IOException, InterruptedException {
        runner = Thread.currentThread();
        if (leaving) {
            return;
        }
        long start = System.nanoTime();
        try (Connection opened = transport.connect(candidate.endpoint(), options, PATIENCE)) {
            connection.set(opened);
            if (leaving) {
                return;
            }
            Offer offer = opened.ask(ContentReference.of(download.wanted().name(), download.wanted().id()))
                    .orElseThrow(() -> new IOException("it does not offer the content any more"));
            latency = Duration.ofNanos(System.nanoTime() - start);
            if (!offer.ranged() || offer.size().orElse(-1) != download.wanted().size()) {
                throw new IOException("it offers another size, or can't send single pieces");
            }
            read(offer, treeFrom(offer));
        } finally {
            connection.set(null);
        }
    }

    private HashTree treeFrom(Offer offer) throws IOException {
        HashTree known = download.tree();
        if (known != null) {
            return known;
        }
        byte[] claimed = offer.pieceHashes(PieceSize.of(download.wanted().size()))
                .orElseThrow(() -> new IOException("it has no piece hashes"));
        return download.learnTree(claimed)
                .orElseThrow(() -> new WrongBytesException("its piece hashes do not belong to the content id"));
    }

    private void read(Offer offer, HashTree tree) throws IOException, InterruptedException {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < readers(); i++) {
            readers.add(Thread.ofVirtual().name("read-" + candidate.peer()).start(() -> {
                try {
                    readPieces(offer, tree);
                } catch (Exception problem) {
                    failure.compareAndSet(null, problem);
                    close();
                }
            }));
        }
        for (Thread reader : readers) {
            joinFully(reader);
        }
        rethrow(failure.get());
    }

    /** Readers end when their connection closes; an interrupt would hit the file they write, so they get none. */
    private static void joinFully(Thread reader) {
        boolean interrupted = false;
        while (true) {
            try {
                reader.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private int readers() {
        long piecesInMemory = MEMORY / SourcePool.MOST_SOURCES / PieceSize.of(download.wanted().size());
        return Math.clamp(piecesInMemory, 1, MOST_READERS);
    }

    private static void rethrow(@Nullable Throwable failure) throws IOException, InterruptedException {
        switch (failure) {
            case null -> {
            }
            case IOException known -> throw known;
            case InterruptedException stopped -> throw stopped;
            default -> throw new IOException("its transport failed: " + failure, failure);
        }
    }

    private void readPieces(Offer offer, HashTree tree) throws IOException, InterruptedException {
        byte[] buffer = new byte[(int) Math.min(tree.pieceSize(), tree.size())];
        PieceHasher hasher = new PieceHasher(download.hasher(), tree.size());
        PieceMap pieces = download.pieces();
        for (OptionalInt claim = pieces.claim(this); claim.isPresent(); claim = pieces.claim(this)) {
            int piece = claim.getAsInt();
            try {
                readPiece(offer, tree, piece, buffer, hasher);
            } finally {
                pieces.release(piece, this);
            }
        }
    }

    private void readPiece(Offer offer, HashTree tree, int piece, byte[] buffer, PieceHasher hasher)
            throws IOException {
        int length = tree.pieceLength(piece);
        long offset = (long) piece * tree.pieceSize();
        ByteBuffer target = ByteBuffer.wrap(buffer, 0, length);
        if (length > 0) {
            offer.read(offset, length, chunk -> {
                if (chunk.remaining() > target.remaining()) {
                    throw new IOException("it sends more than was asked for");
                }
                target.put(chunk);
            });
        }
        if (target.hasRemaining()) {
            throw new IOException("it sends less than was asked for");
        }
        // not as the bytes come: the readers share the connection, and the others wait while this one has its turn
        hasher.update(target.flip());
        if (!tree.matches(piece, hasher.finish())) {
            throw new WrongBytesException(
                    "piece " + piece + " (bytes " + offset + " to " + (offset + length) + ") is wrong");
        }
        if (download.pieces().isWanted(piece)) {
            download.store(piece, offset, buffer, length);
            verifiedBytes.addAndGet(length);
        }
    }

    @Override
    public boolean isLeaving() {
        return leaving;
    }

    /** Ends the transfer, from any thread. */
    void close() {
        leaving = true;
        Connection open = connection.get();
        if (open != null) {
            open.close();
        }
        Thread running = runner;
        if (running != null) {
            running.interrupt();
        }
        download.pieces().fetcherLeft();
    }
}
