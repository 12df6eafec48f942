package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.api.WholeContent;
import dev.swarmdex.peer.host.download.PluginSet;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.tree.JdkHasher;
import dev.swarmdex.peer.host.tree.MemoryTree;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Peers that have all files of a folder and behave well, or badly in one particular way, and the transport to them. */
final class ScriptedHolders implements PluginSet, Transport {

    private static final int SOME = 50;

    private final Map<ContentId, byte[]> contents = new HashMap<>();
    private final List<Conduct> conducts = new ArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicInteger reads = new AtomicInteger();
    private final AtomicLong largestOrder = new AtomicLong();

    /** How a peer behaves. */
    enum Conduct {
        GOOD, WRONG_BYTES, WRONG_SIZE, SENDS_TOO_LITTLE, SENDS_TOO_MUCH, HAS_NOTHING, REFUSES, DIES_AFTER_SOME
    }

    /** Files of all sizes from none to some kilobytes. */
    List<FolderFile> files(int count) {
        Random random = new Random(5);
        List<FolderFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[i == 0 ? 1 : random.nextInt(1, 9_000)];
            random.nextBytes(bytes);
            ContentId id = MemoryTree.of(hasher(), ByteBuffer.wrap(bytes)).root();
            contents.put(id, bytes);
            files.add(new FolderFile("d" + i % 7 + "/f" + i, id, bytes.length, i, false));
        }
        files.set(0, new FolderFile("top", files.getFirst().id(), 1, 0, false));
        return files;
    }

    byte[] bytes(FolderFile file) {
        return contents.getOrDefault(file.id(), new byte[0]);
    }

    Candidate add(String peer, Conduct conduct) {
        conducts.add(conduct);
        return Candidate.unknown(peer, SmallFilesTest.endpoint(conducts.size()));
    }

    int connections() {
        return connections.get();
    }

    /** The most bytes that were asked for at once. */
    long largestOrder() {
        return largestOrder.get();
    }

    FileHasher hasher() {
        return new JdkHasher("sha256-tree", "SHA-256");
    }

    @Override
    public String scheme() {
        return "tcp";
    }

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
        Conduct conduct = conducts.get(endpoint.port() - 1);
        connections.incrementAndGet();
        if (conduct == Conduct.REFUSES) {
            throw new IOException("connection refused");
        }
        return new Connection() {
            @Override
            public Optional<Offer> ask(ContentReference content) {
                return conduct == Conduct.HAS_NOTHING
                        ? Optional.empty()
                        : Optional.ofNullable(contents.get(content.id().orElseThrow()))
                                .map(bytes -> new Held(conduct, bytes));
            }

            @Override
            public BitSet readWhole(List<WholeContent> wanted, ByteBuffer target) throws IOException {
                largestOrder.accumulateAndGet(wanted.stream().mapToLong(WholeContent::size).sum(), Math::max);
                return Connection.super.readWhole(wanted, target);
            }

            @Override
            public void close() {
                // nothing is open
            }
        };
    }

    private final class Held implements Offer {

        private final Conduct conduct;
        private final byte[] bytes;

        private Held(Conduct conduct, byte[] bytes) {
            this.conduct = conduct;
            this.bytes = bytes;
        }

        @Override
        public OptionalLong size() {
            return OptionalLong.of(conduct == Conduct.WRONG_SIZE ? bytes.length + 1 : bytes.length);
        }

        @Override
        public Optional<ContentId> id() {
            return Optional.empty();
        }

        @Override
        public boolean ranged() {
            return true;
        }

        @Override
        public Optional<byte[]> pieceHashes(int pieceSize) {
            return Optional.empty();
        }

        @Override
        public void read(long offset, long length, Sink sink) throws IOException {
            if (conduct == Conduct.DIES_AFTER_SOME && reads.incrementAndGet() > SOME) {
                throw new IOException("connection reset");
            }
            byte[] sent = Arrays.copyOf(bytes, switch (conduct) {
                case SENDS_TOO_LITTLE -> bytes.length - 1;
                case SENDS_TOO_MUCH -> bytes.length + 1;
                default -> bytes.length;
            });
            if (conduct == Conduct.WRONG_BYTES) {
                sent[0] ^= 1;
            }
            sink.accept(ByteBuffer.wrap(sent));
        }
    }

    @Override
    public Transport transport(String scheme) {
        return this;
    }

    @Override
    public Map<String, String> transportOptions(String scheme) {
        return Map.of();
    }

    @Override
    public FileHasher hasher(String algorithm) {
        return hasher();
    }

    @Override
    public FileHasher ownHasher() {
        return hasher();
    }

    @Override
    public PeerSelector selector() {
        throw new UnsupportedOperationException();
    }
}
