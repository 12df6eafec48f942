package dev.swarmdex.peer.host.discovery;

import dev.swarmdex.peer.api.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The hosts of the hosts file, and which of them are reachable. As seed 004 does it, a connector tries all that are not, waits
 * a second, and starts over; those that are reachable it looks at again every few seconds. The file is read again when it
 * changes. One thread does all that; any may ask for the outcome.
 */
public final class KnownHosts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KnownHosts.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(10);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(5);
    private static final Duration STOPPING = Duration.ofSeconds(2);

    private final @Nullable Path file;
    private final Inquiry inquiry;
    private final Predicate<Endpoint> isSelf;
    private final Map<Endpoint, Long> seenAt = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofVirtual().name("known-hosts").unstarted(this::run);
    private volatile List<Endpoint> hosts = List.of();
    private volatile boolean tried;
    private Optional<Version> version = Optional.empty();

    /** What shows that the file was changed. */
    private record Version(FileTime modified, long size) {

        /** Empty where there is no file that could be read. */
        static Optional<Version> of(@Nullable Path file) {
            try {
                return file == null
                        ? Optional.empty()
                        : Optional.of(new Version(Files.getLastModifiedTime(file), Files.size(file)));
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        }
    }

    /** A host of the file. */
    public record Host(Endpoint endpoint, boolean present) {}

    private KnownHosts(@Nullable Path file, Inquiry inquiry, Predicate<Endpoint> isSelf) {
        this.file = file;
        this.inquiry = inquiry;
        this.isSelf = isSelf;
    }

    /**
     * Reads the file, if there is to be one.
     *
     * @param isSelf tells this host, which the file may name too, since all hosts may have the same file; it is left out
     * @throws IOException when the file has a mistake, with its line
     */
    public static KnownHosts open(Optional<Path> file, Inquiry inquiry, Predicate<Endpoint> isSelf)
            throws IOException {
        KnownHosts known = new KnownHosts(file.orElse(null), inquiry, isSelf);
        if (file.isPresent()) {
            known.version = Version.of(file.get());
            known.hosts = known.read(file.get());
        }
        return known;
    }

    /** Begins to look which hosts are reachable, if there is a file. */
    public void start() {
        if (file != null) {
            thread.start();
        }
    }

    /** All other hosts of the file, in its order. */
    public List<Host> list() {
        return hosts.stream().map(host -> new Host(host, seenAt.containsKey(host))).toList();
    }

    /** A host has no name but its address, {@code host:port}. */
    public static String name(Endpoint host) {
        return host.toString().substring(host.scheme().length() + "://".length());
    }

    /** Those that are reachable; the first question waits until all were tried once. */
    public List<Endpoint> present() throws InterruptedException {
        if (!tried) {
            tryAbsent();
        }
        return list().stream().filter(Host::present).map(Host::endpoint).toList();
    }

    private void run() {
        try {
            while (true) {
                tryAbsent();
                Thread.sleep(PAUSE);
                readAgain();
            }
        } catch (InterruptedException stopped) {
            LOG.debug("no longer looking for hosts");
        }
    }

    private void tryAbsent() throws InterruptedException {
        long now = System.nanoTime();
        Inquiry.eachAtOnce(hosts.stream().filter(host -> isDue(host, now))
                .map(host -> Executors.callable(() -> look(host))).<Callable<Object>>map(each -> each).toList(),
                LONGEST_ROUND);
        tried = true;
    }

    private boolean isDue(Endpoint host, long now) {
        Long seen = seenAt.get(host);
        return seen == null || now - seen >= LOOK_AGAIN.toNanos();
    }

    private void look(Endpoint host) {
        try {
            inquiry.connect(host).close();
            if (seenAt.put(host, System.nanoTime()) == null) {
                LOG.info("host {} is reachable", host);
            }
        } catch (IOException | RuntimeException failure) {
            if (seenAt.remove(host) == null) {
                LOG.debug("host {} is not reachable: {}", host, failure.getMessage());
            } else {
                LOG.info("host {} is no longer reachable: {}", host, failure.getMessage());
            }
        }
    }

    private List<Endpoint> read(Path file) throws IOException {
        return HostsFile.read(file).stream().filter(isSelf.negate()).toList();
    }

    private void readAgain() {
        Optional<Version> now = Version.of(file);
        if (file == null || now.equals(version)) {
            return;
        }
        version = now;
        try {
            hosts = read(file);
            seenAt.keySet().retainAll(hosts);
            LOG.info("{} was read again: {} hosts", file, hosts.size());
        } catch (IOException wrong) {
            LOG.warn("{}; going on with the {} hosts it had before", wrong.getMessage(), hosts.size());
        }
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
