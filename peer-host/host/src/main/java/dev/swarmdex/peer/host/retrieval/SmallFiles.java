package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.WholeContent;
import dev.swarmdex.peer.host.download.DownloadException;
import dev.swarmdex.peer.host.download.DownloadSettings;
import dev.swarmdex.peer.host.download.PluginSet;
import dev.swarmdex.peer.host.folder.FolderFile;
import dev.swarmdex.peer.host.rate.RateLimit;
import dev.swarmdex.peer.host.retrieval.FileResult.Outcome;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.MemoryTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches a folder's small files from those that offer the folder, without looking anybody up for each of them: a few
 * connections, each shared by several readers, so that requests for many files are always on their way; the files are read
 * into memory, verified there as a whole, and then written. What can't be had like this is left for another way.
 */
final class SmallFiles {

    /** Up to this size files are read into memory, in bytes. */
    static final int LARGEST = WholeContent.LARGEST;
    /** How much a reader asks for at once at most, in bytes: no less than the largest file. */
    private static final int AT_ONCE = LARGEST;
    private static final Logger LOG = LoggerFactory.getLogger(SmallFiles.class);
    private static final int MOST_SOURCES = 4;
    private static final int CONNECTIONS = 2;
    private static final int READERS = 3;
    /** A source that had so many files in a row not is asked for no more of them. */
    private static final int MOST_MISSES = 16;

    private final PluginSet plugins;
    private final RateLimit limit;
    private final FileHasher hasher;
    private final TargetFolder target;
    private final Tally tally;
    private final Queue<FolderFile> waiting;
    private final Queue<FolderFile> left = new ConcurrentLinkedQueue<>();
    private final Set<Endpoint> banned = ConcurrentHashMap.newKeySet();
    /** Those whose connection has failed since the sources were asked last. */
    private final Set<Endpoint> failed = ConcurrentHashMap.newKeySet();

    SmallFiles(PluginSet plugins, RateLimit limit, FileHasher hasher, TargetFolder target, Tally tally,
            Collection<FolderFile> files) {
        this.plugins = plugins;
        this.limit = limit;
        this.hasher = hasher;
        this.target = target;
        this.tally = tally;
        this.waiting = new ConcurrentLinkedQueue<>(files);
    }

    /**
     * Fetches what these sources, the best ones first, have of them.
     *
     * @return what could not be fetched
     * @throws DownloadException when nothing more can be written
     */
    List<FolderFile> fetch(List<Candidate> sources) throws IOException, InterruptedException {
        List<Candidate> asked = sources.stream().limit(MOST_SOURCES).toList();
        // a source that fails late gives its files back when the others may have ended: these are asked again
        while (!waiting.isEmpty() && !asked.isEmpty()) {
            int before = waiting.size();
            failed.clear();
            Parallel.run(lanes(asked));
            asked = worthAsking(asked, waiting.size() < before);
        }
        left.addAll(waiting);
        return List.copyOf(left);
    }

    private List<Parallel.Task> lanes(List<Candidate> sources) {
        List<Parallel.Task> lanes = new ArrayList<>();
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            sources.forEach(source -> lanes.add(() -> connect(source)));
        }
        return lanes;
    }

    /** Those to ask for what is still waiting: when nothing came of it, only those who had no chance before others failed. */
    private List<Candidate> worthAsking(List<Candidate> asked, boolean progress) {
        List<Candidate> worthy = asked.stream().filter(source -> !banned.contains(source.endpoint()))
                .filter(source -> progress || !failed.contains(source.endpoint())).toList();
        return progress || worthy.size() < asked.size() ? worthy : List.of();
    }

    private void connect(Candidate source) throws DownloadException, InterruptedException {
        Endpoint endpoint = source.endpoint();
        try (Connection connection = plugins.transport(endpoint.scheme()).connect(endpoint,
                plugins.transportOptions(endpoint.scheme()), DownloadSettings.DEFAULT.patience())) {
            Lane lane = new Lane(source, connection);
            tally.begin(source.peer());
            try {
                Parallel.run(READERS, lane::read);
            } finally {
                tally.end(source.peer());
            }
        } catch (DownloadException fatal) {
            throw fatal;
        } catch (IOException failure) {
            failed.add(endpoint);
            LOG.info("source {} ({}) of files of {} failed: {}", source.peer(), endpoint, target.root(),
                    failure.getMessage());
        }
    }

    /** A connection with its readers. */
    private final class Lane {

        private final Candidate source;
        private final Connection connection;
        private final AtomicInteger misses = new AtomicInteger();
        private final AtomicBoolean closed = new AtomicBoolean();

        private Lane(Candidate source, Connection connection) {
            this.source = source;
            this.connection = connection;
        }

        /** An interrupt would end the writing of a verified file, so a failure ends the other readers by closing only. */
        void read() throws DownloadException {
            ByteBuffer buffer = ByteBuffer.allocate(AT_ONCE);
            while (isUsable()) {
                List<FolderFile> files = take();
                if (files.isEmpty()) {
                    return;
                }
                BitSet came;
                try {
                    came = receive(files, buffer);
                } catch (IOException trouble) {
                    waiting.addAll(files);
                    fail(trouble);
                    return;
                }
                keep(files, came, buffer);
            }
        }

        /** The next files that fit into the buffer, and of which a source does not have to wait long for the next question. */
        private List<FolderFile> take() {
            List<FolderFile> taken = new ArrayList<>();
            long size = 0;
            int most = limit.order(AT_ONCE);
            for (FolderFile file = waiting.poll(); file != null; file = waiting.poll()) {
                size += file.size();
                if (size > most && !taken.isEmpty()) {
                    waiting.add(file);
                    return taken;
                }
                taken.add(file);
            }
            return taken;
        }

        /** Which of them came into the buffer. */
        private BitSet receive(List<FolderFile> files, ByteBuffer buffer) throws IOException {
            int size = files.stream().mapToInt(file -> (int) file.size()).sum();
            if (!limit.await(size, () -> !isUsable())) {
                throw new IOException("the transfer was ended");
            }
            return connection.readWhole(
                    files.stream().map(file -> new WholeContent(file.id(), (int) file.size())).toList(), buffer);
        }

        private void keep(List<FolderFile> files, BitSet came, ByteBuffer buffer) throws DownloadException {
            int at = 0;
            for (int i = 0; i < files.size(); i++) {
                FolderFile file = files.get(i);
                if (came.get(i)) {
                    keep(file, buffer.slice(at, (int) file.size()));
                } else {
                    misses.incrementAndGet();
                    left.add(file);
                }
                at += (int) file.size();
            }
        }

        private void keep(FolderFile file, ByteBuffer bytes) throws DownloadException {
            HashTree tree = MemoryTree.of(hasher, bytes);
            if (!tree.root().equals(file.id())) {
                ban(file);
                return;
            }
            misses.set(0);
            Path path = target.pathOf(file);
            boolean wasMissing = target.write(file, path, bytes);
            tally.receivedTogether(source.peer(), file.size());
            tally.done(file, wasMissing ? Outcome.FETCHED : Outcome.PRESENT);
            tally.offer(path, tree);
        }

        private void fail(IOException trouble) {
            if (!closed.getAndSet(true)) {
                failed.add(source.endpoint());
                LOG.info("source {} ({}) of files of {} failed: {}", source.peer(), source.endpoint(), target.root(),
                        trouble.getMessage());
                connection.close();
            }
        }

        private boolean isUsable() {
            return !closed.get() && misses.get() < MOST_MISSES && !banned.contains(source.endpoint());
        }

        private void ban(FolderFile file) {
            waiting.add(file);
            if (banned.add(source.endpoint())) {
                tally.lied(source.peer());
                LOG.warn("banned {} ({}) for {}: it sent wrong bytes for {}", source.peer(), source.endpoint(),
                        target.root(), file.path());
            }
        }
    }
}
