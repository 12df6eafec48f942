package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.SelectionRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The sources of one download: keeps up to {@value #MOST_SOURCES} transfers going, tries a failing one again a little
 * later, and never again one that sent wrong bytes.
 *
 * <p>It belongs to the thread that coordinates the download. The transfers run on threads of their own, and tell about
 * their end through a queue; which ones are active can be read from any thread.
 */
final class SourcePool implements AutoCloseable {

    static final int MOST_SOURCES = 8;

    private static final Logger LOG = LoggerFactory.getLogger(SourcePool.class);
    private static final int MOST_ATTEMPTS = 3;
    private static final Duration RETRY = Duration.ofSeconds(1);
    /** How often the index is asked for further sources while there are some. */
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);

    private final Download download;
    private final SourceFinder finder;
    private final PluginSet plugins;
    private final SourceRecords records;

    private final Map<Endpoint, SourceTransfer> active = new ConcurrentHashMap<>();
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private final Map<Endpoint, Failing> failing = new HashMap<>();
    private final Set<Endpoint> banned = new HashSet<>();
    private final Map<String, Long> bytesFrom = new LinkedHashMap<>();
    private final Set<String> liars = new LinkedHashSet<>();
    private long nextAsk = System.nanoTime();
    private boolean closing;

    /** The end of a transfer, with the problem that ended it, if one did. */
    private record Ended(SourceTransfer transfer, @Nullable Exception problem, double seconds) {}

    private record Failing(String peer, int attempts, long retryAt, String why) {}

    /** The sources of a download; none is used before the first {@link #fill}. */
    SourcePool(Download download, SourceFinder finder, PluginSet plugins, SourceRecords records) {
        this.download = download;
        this.finder = finder;
        this.plugins = plugins;
        this.records = records;
    }

    /** The peers that are read from right now. */
    List<String> activePeers() {
        return active.values().stream().map(transfer -> transfer.candidate().peer()).distinct().sorted().toList();
    }

    /** How many bytes came from each peer so far. */
    Map<String, Long> bytesFrom() {
        return Map.copyOf(bytesFrom);
    }

    /** The peers that sent wrong bytes. */
    Set<String> liars() {
        return Set.copyOf(liars);
    }

    /**
     * Starts transfers with sources that are not in use, if it is time to look for some.
     *
     * @throws DownloadException when there is none left to hope for
     */
    void fill() throws IOException, InterruptedException {
        if (System.nanoTime() < nextAsk || active.size() == MOST_SOURCES) {
            return;
        }
        List<Candidate> candidates = ask();
        for (Candidate candidate : candidates) {
            if (active.size() < MOST_SOURCES && isUsable(candidate.endpoint())) {
                start(candidate);
            }
        }
        if (active.isEmpty() && candidates.stream().noneMatch(candidate -> mayRecover(candidate.endpoint()))) {
            throw new DownloadException(whyNone(candidates));
        }
        nextAsk = System.nanoTime() + (active.isEmpty() ? RETRY : ASK_AGAIN).toNanos();
    }

    /** While some source works, an index that is away for a moment is no reason to stop. */
    private List<Candidate> ask() throws IOException, InterruptedException {
        try {
            return rank(finder.find());
        } catch (IOException unreachable) {
            if (active.isEmpty()) {
                throw unreachable;
            }
            LOG.warn("no further sources for {}: {}", download.wanted().name(), unreachable.getMessage());
            return List.of();
        }
    }

    private List<Candidate> rank(List<Source> sources) throws IOException {
        List<Candidate> candidates = sources.stream().map(records::candidate).toList();
        ContentReference content = ContentReference.of(download.wanted().name(), download.wanted().id());
        return plugins.selector().rank(
                new SelectionRequest(content, download.wanted().size(), candidates, LocalNetworks.now(),
                        System.nanoTime()));
    }

    private boolean isUsable(Endpoint endpoint) {
        Failing failed = failing.get(endpoint);
        return !active.containsKey(endpoint) && !banned.contains(endpoint)
                && (failed == null || (failed.attempts() < MOST_ATTEMPTS && failed.retryAt() <= System.nanoTime()));
    }

    private boolean mayRecover(Endpoint endpoint) {
        Failing failed = failing.get(endpoint);
        return !banned.contains(endpoint) && (failed == null || failed.attempts() < MOST_ATTEMPTS);
    }

    private String whyNone(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return "no source for " + download.wanted().name() + ": nobody offers it any more; what is there is kept,"
                    + " run the command again when someone does";
        }
        StringJoiner reasons = new StringJoiner("; ");
        failing.values().forEach(failed -> reasons.add(failed.peer() + ": " + failed.why()));
        return "no source for " + download.wanted().name() + " works (" + reasons + "); what is there is kept, run the"
                + " command again when one does";
    }

    private void start(Candidate candidate) throws IOException {
        SourceTransfer transfer = new SourceTransfer(download, candidate,
                plugins.transport(candidate.endpoint().scheme()),
                plugins.transportOptions(candidate.endpoint().scheme()));
        active.put(candidate.endpoint(), transfer);
        Thread.ofVirtual().name("source-" + candidate.peer()).start(() -> {
            long start = System.nanoTime();
            Exception problem = null;
            try {
                transfer.run();
            } catch (Exception failure) {
                problem = failure;
            }
            ended.add(new Ended(transfer, problem, (System.nanoTime() - start) / 1e9));
        });
    }

    /**
     * Waits for the end of a transfer, but not longer than that, and takes note of all that have ended.
     *
     * @throws DownloadException when a transfer found that the download can't go on
     */
    void awaitEnd(Duration patience) throws DownloadException, InterruptedException {
        for (Ended next = ended.poll(patience.toNanos(), TimeUnit.NANOSECONDS); next != null; next = ended.poll()) {
            note(next);
        }
    }

    private void note(Ended end) throws DownloadException {
        Candidate candidate = end.transfer().candidate();
        Endpoint endpoint = candidate.endpoint();
        active.remove(endpoint);
        end.transfer().latency().ifPresent(latency -> records.answered(endpoint, latency));
        long bytes = end.transfer().verifiedBytes();
        if (bytes > 0) {
            bytesFrom.merge(candidate.peer(), bytes, Long::sum);
        }
        switch (closing && end.problem() instanceof IOException ? null : end.problem()) {
            case null -> succeeded(endpoint, bytes, end.seconds());
            case DownloadException fatal -> throw fatal;
            case WrongBytesException lie -> {
                LOG.warn("banned {} ({}) for {}: {}", candidate.peer(), endpoint, download.wanted().name(),
                        lie.getMessage());
                banned.add(endpoint);
                liars.add(candidate.peer());
                failed(candidate, bytes, lie);
            }
            case Exception trouble -> failed(candidate, bytes, trouble);
        }
    }

    private void succeeded(Endpoint endpoint, long bytes, double seconds) {
        failing.remove(endpoint);
        if (bytes > 0) {
            records.succeeded(endpoint, bytes / Math.max(seconds, 1e-3));
        }
    }

    private void failed(Candidate candidate, long bytes, Exception trouble) {
        Endpoint endpoint = candidate.endpoint();
        LOG.info("source {} ({}) of {} failed: {}", candidate.peer(), endpoint, download.wanted().name(),
                trouble.getMessage());
        records.failed(endpoint);
        Failing before = failing.get(endpoint);
        int attempts = before == null || bytes > 0 ? 1 : before.attempts() + 1;
        long retryAt = System.nanoTime() + RETRY.toNanos() * attempts;
        failing.put(endpoint, new Failing(candidate.peer(), attempts, retryAt, String.valueOf(trouble.getMessage())));
        nextAsk = active.isEmpty() ? System.nanoTime() + RETRY.toNanos() / 2 : Math.min(nextAsk, retryAt);
    }

    /** Ends all transfers; that they end like this is no failure of theirs. */
    @Override
    public void close() {
        closing = true;
        boolean interrupted = Thread.interrupted();
        active.values().forEach(SourceTransfer::close);
        while (!active.isEmpty()) {
            try {
                note(ended.take());
            } catch (InterruptedException later) {
                interrupted = true;
            } catch (DownloadException alreadyEnding) {
                LOG.debug("a transfer's end after the download's", alreadyEnding);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
