package dev.swarmdex.peer.host.download;

import dev.swarmdex.config.DataRate;
import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.host.download.ScriptedSource.Behaviour;
import dev.swarmdex.peer.host.download.ScriptedSource.Protocol;
import dev.swarmdex.peer.host.rate.RateLimit;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.TreeHasher;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A content, scripted sources of it, and the downloads of a host that is in a hurry. */
final class ScriptedSwarm implements AutoCloseable {

    static final DownloadSettings HASTY = new DownloadSettings(Duration.ofSeconds(10), Duration.ofMillis(10),
            Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(100));

    private final Path folder;
    private final byte[] content;
    private final HashTree tree;
    private final List<Source> offered = new ArrayList<>();
    private final Map<Endpoint, ScriptedSource> sources = new ConcurrentHashMap<>();
    private final Endings endings = new Endings();
    private final PartialShelf partial = new PartialShelf("me");
    private final RateLimit limit = new RateLimit(DataRate.UNLIMITED);
    private final Downloads downloads;

    /** What the listener was told. */
    static final class Endings implements DownloadListener {

        final List<Finished> finished = new ArrayList<>();
        final List<Exception> failed = new ArrayList<>();
        final List<String> liars = new ArrayList<>();
        private volatile Runnable onFinished = () -> {};

        /** Runs that while the download waits for the listener. */
        void onFinished(Runnable action) {
            onFinished = action;
        }

        @Override
        public synchronized void finished(Finished download, Set<String> lying) {
            onFinished.run();
            finished.add(download);
            liars.addAll(lying);
        }

        @Override
        public synchronized void failed(Wanted wanted, Duration took, Map<String, Long> bytesFrom, Set<String> lying,
                Exception problem) {
            failed.add(problem);
            liars.addAll(lying);
        }
    }

    ScriptedSwarm(Path folder, int size) throws IOException, InterruptedException {
        this(folder, size, HASTY);
    }

    ScriptedSwarm(Path folder, int size, DownloadSettings settings) throws IOException, InterruptedException {
        this.folder = folder;
        this.downloads = new Downloads(new Plugins(), settings, limit, partial);
        content = new byte[size];
        new Random(7).nextBytes(content);
        if (size > 0) {
            content[size - 1] = 1;
        }
        Path original = folder.resolve("original");
        Files.write(original, content);
        try (TreeHasher hasher = new TreeHasher(new Sha256(), 2)) {
            tree = hasher.hash(original, bytes -> {});
        }
    }

    /** From now on the downloads are no faster. */
    void limit(String rate) {
        limit.change(DataRate.parse(rate));
    }

    byte[] content() {
        return content;
    }

    HashTree tree() {
        return tree;
    }

    Downloads downloads() {
        return downloads;
    }

    /** What the downloads offer while they go on. */
    PartialShelf partial() {
        return partial;
    }

    Endings endings() {
        return endings;
    }

    /** Where the downloads go. */
    Path target() {
        return folder.resolve("downloads").resolve(ScriptedSource.NAME);
    }

    Wanted.Identified identified() {
        return new Wanted.Identified(ScriptedSource.NAME, tree.root(), content.length, target());
    }

    Wanted.Named named(OptionalLong size) {
        return new Wanted.Named(ScriptedSource.NAME, size, target());
    }

    /** One more peer that offers the content. */
    ScriptedSource source(String peer, Protocol protocol, Behaviour behaviour) {
        ScriptedSource source = new ScriptedSource(content, tree, protocol, behaviour);
        Endpoint endpoint = new Endpoint("scripted", "127.0.0.1", 1000 + sources.size());
        sources.put(endpoint, source);
        offered.add(new Source(peer, endpoint, ScriptedSource.NAME, Optional.empty()));
        return source;
    }

    /** Those who offer it now. */
    List<Source> offered() {
        return offered;
    }

    Finished get(Wanted wanted) throws IOException, InterruptedException {
        return get(wanted, () -> offered, progress -> {});
    }

    Finished get(Wanted wanted, SourceFinder finder, Consumer<DownloadProgress> progress)
            throws IOException, InterruptedException {
        return downloads.get(wanted, finder, endings, progress);
    }

    @Override
    public void close() {
        downloads.close();
    }

    private final class Plugins implements PluginSet {

        @Override
        public Transport transport(String scheme) {
            return new ScriptedTransport();
        }

        @Override
        public Map<String, String> transportOptions(String scheme) {
            return Map.of();
        }

        @Override
        public FileHasher hasher(String algorithm) {
            return new Sha256();
        }

        @Override
        public FileHasher ownHasher() {
            return new Sha256();
        }

        @Override
        public PeerSelector selector() {
            return new InOrder();
        }
    }

    private final class ScriptedTransport implements Transport {

        @Override
        public String scheme() {
            return "scripted";
        }

        @Override
        public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) {
            throw new AssertionError("nobody serves here");
        }

        @Override
        public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
            return Objects.requireNonNull(sources.get(endpoint)).connect();
        }
    }

    private static final class InOrder implements PeerSelector {

        @Override
        public String strategy() {
            return "in-order";
        }

        @Override
        public List<Candidate> rank(SelectionRequest request) {
            return request.candidates();
        }
    }

    private static final class Sha256 implements FileHasher {

        @Override
        public String algorithm() {
            return "sha256-tree";
        }

        @Override
        public MessageDigest newDigest() {
            try {
                return MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException impossible) {
                throw new AssertionError(impossible);
            }
        }
    }
}
