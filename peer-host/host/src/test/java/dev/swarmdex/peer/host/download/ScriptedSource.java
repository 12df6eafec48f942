package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.host.tree.HashTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A peer that offers a content and behaves well, or badly in one particular way. */
final class ScriptedSource {

    /** The name under which sources that know no ids offer the content. */
    static final String NAME = "a.bin";

    private static final int CHUNK = 10_000;
    private static final int PADDED_TO = 100;

    private final byte[] content;
    private final HashTree tree;
    private final Behaviour behaviour;
    private final Protocol protocol;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong largestRead = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final CountDownLatch left = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile @Nullable ScriptedSource before;
    /** The pieces that it has; null for all. */
    private volatile @Nullable BitSet pieces;

    /** How the peer behaves. */
    enum Behaviour {
        GOOD, WRONG_BYTES, WRONG_PIECE_HASHES, WRONG_SIZE, SENDS_TOO_LITTLE, SENDS_TOO_MUCH, SILENT, REFUSES_TO_CONNECT, DOES_NOT_OFFER, DIES_AFTER_SOME_BYTES, THROWS_UNEXPECTEDLY, DRIPS, SENDS_SLOWLY, IGNORES_CLOSE
    }

    /** What the peer's protocol can carry. */
    enum Protocol {
        /** Single pieces, ids, sizes and hashes. */
        FULL,
        /** Single pieces and sizes, asked for by name. */
        RANGES,
        /** The whole with its size, asked for by name. */
        WHOLE_WITH_SIZE,
        /** The whole, asked for by name, filled up with zeros to a multiple of 100. */
        WHOLE_PADDED,
        /** The whole, asked for by name, and nothing more. */
        WHOLE
    }

    ScriptedSource(byte[] content, HashTree tree, Protocol protocol, Behaviour behaviour) {
        this.content = content;
        this.tree = tree;
        this.behaviour = behaviour;
        this.protocol = protocol;
    }

    /** It lets nobody connect before a connection to that other one has been closed: for tests of what comes after what. */
    ScriptedSource comesAfter(ScriptedSource other) {
        before = other;
        return this;
    }

    /** From now on it has these pieces of the content and no others. */
    ScriptedSource has(BitSet some) {
        pieces = some;
        return this;
    }

    /** From now on it has the whole content. */
    void hasAll() {
        pieces = null;
    }

    /** Ends the reads of one that ignores it when the connection is closed. */
    void release() {
        released.countDown();
    }

    /** The bytes that it has sent. */
    long sent() {
        return sent.get();
    }

    /** The most bytes that were asked for at once. */
    long largestRead() {
        return largestRead.get();
    }

    long connections() {
        return connections.get();
    }

    Connection connect() throws IOException {
        connections.incrementAndGet();
        awaitTurn();
        if (behaviour == Behaviour.REFUSES_TO_CONNECT) {
            throw new IOException("connection refused");
        }
        return new ScriptedConnection();
    }

    private void awaitTurn() throws IOException {
        ScriptedSource other = before;
        try {
            if (other != null) {
                other.left.await();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("not its turn yet", stopped);
        }
    }

    private final class ScriptedConnection implements Connection {

        private final CountDownLatch closed = new CountDownLatch(1);
        private final AtomicBoolean dead = new AtomicBoolean();

        @Override
        public Optional<Offer> ask(ContentReference reference) {
            boolean offers = behaviour != Behaviour.DOES_NOT_OFFER && (protocol == Protocol.FULL
                    ? reference.id().equals(Optional.of(tree.root()))
                    : reference.name().equals(Optional.of(NAME)));
            return offers ? Optional.of(new ScriptedOffer(this)) : Optional.empty();
        }

        @Override
        public void close() {
            dead.set(true);
            closed.countDown();
            left.countDown();
        }

        private void requireAlive() throws IOException {
            if (dead.get()) {
                throw new IOException("connection closed");
            }
        }
    }

    private final class ScriptedOffer implements Offer {

        private final ScriptedConnection connection;

        private ScriptedOffer(ScriptedConnection connection) {
            this.connection = connection;
        }

        @Override
        public OptionalLong size() {
            if (protocol == Protocol.WHOLE || protocol == Protocol.WHOLE_PADDED) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(behaviour == Behaviour.WRONG_SIZE ? content.length + 1L : content.length);
        }

        @Override
        public Optional<ContentId> id() {
            return protocol == Protocol.FULL ? Optional.of(tree.root()) : Optional.empty();
        }

        @Override
        public boolean ranged() {
            return protocol == Protocol.FULL || protocol == Protocol.RANGES;
        }

        @Override
        public int padding() {
            return protocol == Protocol.WHOLE_PADDED ? PADDED_TO - 1 : 0;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            if (protocol != Protocol.FULL) {
                return Optional.empty();
            }
            byte[] hashes = tree.pieceHashes();
            if (behaviour == Behaviour.WRONG_PIECE_HASHES) {
                hashes[0] ^= 1;
            }
            return Optional.of(hashes);
        }

        @Override
        public Optional<BitSet> pieces() throws IOException {
            connection.requireAlive();
            return Optional.ofNullable(pieces);
        }

        @Override
        public void read(long offset, long length, Sink sink) throws IOException {
            BitSet there = pieces;
            if (there != null && !there.get((int) (offset / tree.pieceSize()))) {
                throw new IOException("not there yet");
            }
            largestRead.accumulateAndGet(length, Math::max);
            if (length == Long.MAX_VALUE && behaviour != Behaviour.DRIPS && behaviour != Behaviour.SENDS_SLOWLY) {
                read(0, content.length, sink);
                if (protocol == Protocol.WHOLE_PADDED) {
                    sink.accept(ByteBuffer.allocate(Math.floorMod(-content.length, PADDED_TO)));
                }
                return;
            }
            switch (behaviour) {
                case SILENT -> awaitClose();
                case SENDS_TOO_LITTLE -> send(offset, length - 1, sink);
                case SENDS_TOO_MUCH -> {
                    while (true) {
                        connection.requireAlive();
                        send(0, Math.min(CHUNK, content.length), sink);
                    }
                }
                case DRIPS -> drip(Integer.MAX_VALUE, sink);
                case SENDS_SLOWLY -> drip(content.length, sink);
                case IGNORES_CLOSE -> hang();
                case THROWS_UNEXPECTEDLY -> throw new IllegalStateException("a bug in a plugin");
                default -> send(offset, length, sink);
            }
        }

        /** Sends a byte at a time. */
        private void drip(int length, Sink sink) throws IOException {
            for (int at = 0; at < length; at++) {
                if (closesWithin(Duration.ofMillis(50))) {
                    throw new IOException("connection closed");
                }
                sent.incrementAndGet();
                sink.accept(ByteBuffer.wrap(content, at, 1));
            }
        }

        private boolean closesWithin(Duration time) throws IOException {
            try {
                return connection.closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", stopped);
            }
        }

        private void hang() throws IOException {
            try {
                released.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("let go at last");
        }

        private void awaitClose() throws IOException {
            try {
                connection.closed.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            throw new IOException("connection closed");
        }

        private void send(long offset, long length, Sink sink) throws IOException {
            for (long at = offset; at < offset + length; at += CHUNK) {
                connection.requireAlive();
                int size = (int) Math.min(CHUNK, offset + length - at);
                if (behaviour == Behaviour.DIES_AFTER_SOME_BYTES && sent.get() > content.length / 8) {
                    throw new IOException("connection reset");
                }
                byte[] chunk = java.util.Arrays.copyOfRange(content, (int) at, (int) at + size);
                if (behaviour == Behaviour.WRONG_BYTES) {
                    chunk[size / 2] ^= 1;
                }
                sent.addAndGet(size);
                sink.accept(ByteBuffer.wrap(chunk));
            }
        }
    }
}
