package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that lists where the present peers are, one {@code <user> - <host>:<port>} a line, as seed 003 keeps it:
 * renewed every 30 s by a thread of its own, left as it is while the index does not answer. A second file,
 * {@code endpoints.txt}, has the schemes too, so that the peers can be asked when the index can't.
 */
public final class PeersFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeersFile.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private static final int LARGEST = 16 << 20;
    private static final String BETWEEN = " - ";

    private final IndexClient index;
    private final Path file;
    private final Path endpoints;
    private final Thread thread;

    /**
     * Where a peer was when the index was last asked.
     *
     * @param endpoint {@code scheme://host:port}
     */
    public record LastSeen(String name, String endpoint) {}

    /** The files in the host's state folder; nothing is written before {@link #start}. */
    public PeersFile(IndexClient index, Path stateFolder) {
        this.index = index;
        this.file = stateFolder.resolve("peers.txt");
        this.endpoints = stateFolder.resolve("endpoints.txt");
        this.thread = Thread.ofVirtual().name("peers-file").unstarted(this::run);
    }

    /** Writes the file, and renews it until closed. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                write(index.peers());
            } catch (IOException unreachable) {
                LOG.debug("{} not renewed: {}", file, unreachable.getMessage());
            } catch (InterruptedException stopped) {
                return;
            }
            try {
                Thread.sleep(PERIOD);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    /** Writes those peers now; a command may do so where no host has made the folder yet. */
    public void write(List<Reply.Peer> peers) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        replace(file, lines(peers, PeersFile::address));
        replace(endpoints, lines(peers, at -> at.scheme() + "://" + address(at)));
    }

    private static void replace(Path file, List<String> lines) throws IOException {
        // one of its own: a command may write them at the same moment
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            Files.write(fresh, lines);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** One line for each endpoint of each peer. */
    private static List<String> lines(List<Reply.Peer> peers, Function<Endpoint, String> text) {
        return peers.stream()
                .flatMap(peer -> peer.endpoints().stream().map(at -> peer.name() + BETWEEN + text.apply(at)))
                .sorted().toList();
    }

    /** Where the peers were when the index was last asked; nothing if it never was. */
    public List<LastSeen> lastSeen() throws IOException {
        if (!Files.exists(endpoints)) {
            return List.of();
        }
        if (Files.size(endpoints) > LARGEST) {
            throw new IOException(endpoints + " is too large to be right; remove it");
        }
        List<LastSeen> peers = new ArrayList<>();
        for (String line : Files.readAllLines(endpoints)) {
            int between = line.lastIndexOf(BETWEEN);
            if (between < 0) {
                throw new IOException(endpoints + " is damaged; remove it");
            }
            peers.add(new LastSeen(line.substring(0, between), line.substring(between + BETWEEN.length())));
        }
        return peers;
    }

    /** {@code host:port}, with brackets around an IPv6 address. */
    public static String address(Endpoint endpoint) {
        return endpoint.host().contains(":")
                ? "[" + endpoint.host() + "]:" + endpoint.port()
                : endpoint.host() + ":" + endpoint.port();
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(STOPPING.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
