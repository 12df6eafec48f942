package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that tells where the present peers are, one {@code <user> - <host>:<port>} a line, as seed 003 keeps it:
 * renewed every 30 s by a thread of its own, left as it is while the index does not answer.
 */
public final class PeersFile implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PeersFile.class);
    private static final Duration PERIOD = Duration.ofSeconds(30);

    private final IndexClient index;
    private final Path file;
    private final Thread thread;

    /** The file in the host's state folder; nothing is written before {@link #start}. */
    public PeersFile(IndexClient index, Path file) {
        this.index = index;
        this.file = file;
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
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, lines(peers));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** One line for each endpoint of each peer. */
    static List<String> lines(List<Reply.Peer> peers) {
        return peers.stream().flatMap(peer -> peer.endpoints().stream().map(at -> peer.name() + " - " + address(at)))
                .sorted().toList();
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
    }
}
