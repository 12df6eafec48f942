package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.SelectionRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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
 * The sources of one route: keeps up to as many transfers going as the route wants, tries a failing one again a little
 * later, never again one that sent wrong bytes, and passes over those that the route has no use for.
 *
 * <p>It belongs to the thread that coordinates the download, which never waits for a peer or the index here. The
 * transfers, and the search for sources, run on threads of their own, and tell about their end through a queue; which
 * transfers are active can be read from any thread.
 */
final class SourcePool implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SourcePool.class);
    private static final int MOST_ATTEMPTS = 3;
    /** Those who begin to download at the same moment should find each other soon: the first pause is so much shorter. */
    private static final int FIRST_ASKS = 20;

    /** How many times the patience with a source its transfer may take to end: more than its transport should need. */
    private static final int LONGEST_ENDING = 3;

    private final Route route;
    private final Wanted wanted;
    private final SourceFinder finder;
    private final Means means;
    private final Ledger ledger;

    private final Map<Endpoint, SourceTransfer> active = new ConcurrentHashMap<>();
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final Map<Endpoint, String> names = new HashMap<>();
    private final Map<Endpoint, Failing> failing = new HashMap<>();
    private final Set<Endpoint> leftAsSlow = new HashSet<>();
    private final Map<Endpoint, Unsuitable> unsuitable = new HashMap<>();
    private @Nullable Thread asking;
    private List<Source> known = List.of();
    private final Set<Endpoint> met = new HashSet<>();
    private Duration pause;
    private long nextAsk = System.nanoTime();
    private boolean closing;

    /** What all downloads of a host have in common. */
    record Means(PluginSet plugins, SourceRecords records, DownloadSettings settings, PieceReading.Flow flow,
            PartialShelf partial) {

        /** The sources, the best ones first, by what was seen of them. */
        List<Candidate> rank(Wanted wanted, List<Source> sources) throws IOException {
            return plugins.selector().rank(new SelectionRequest(wanted.reference(wanted.name()),
                    wanted.knownSize().orElse(-1), sources.stream().map(records::candidate).toList(),
                    LocalNetworks.now(), System.nanoTime()));
        }

        /** How sources of that scheme are connected to. */
        SourceTransfer.Connecting connecting(String scheme) throws IOException {
            return new SourceTransfer.Connecting(plugins.transport(scheme), plugins.transportOptions(scheme),
                    settings.patience());
        }
    }

    /** What the threads that the pool has started tell it. */
    private sealed interface Event {}

    /** The end of a transfer, with the problem that ended it, if one did. */
    private record Ended(SourceTransfer transfer, @Nullable Exception problem, double seconds) implements Event {}

    /** The sources that were found, or why none could be looked for. */
    private record Answer(List<Source> sources, @Nullable Exception problem) implements Event {}

    private record Failing(String peer, int attempts, long retryAt, String why) {}

    private record Unsuitable(String peer, UnsuitableSourceException.Lack lack, String why) {}

    /** The sources of a route; none is used before the first {@link #fill}. */
    SourcePool(Route route, Wanted wanted, SourceFinder finder, Means means, Ledger ledger) {
        this.route = route;
        this.wanted = wanted;
        this.finder = finder;
        this.means = means;
        this.ledger = ledger;
        this.pause = means.settings().askAgain().dividedBy(FIRST_ASKS);
    }

    /** The peers that are read from right now. */
    List<String> activePeers() {
        return active.values().stream().map(transfer -> transfer.candidate().peer()).distinct().sorted().toList();
    }

    /** Looks for sources that are not in use, if it is time to; {@link #await} takes note of them. */
    void fill() {
        boolean someBecameSuitable = unsuitable.values().removeIf(source -> !route.minds(source.lack()));
        boolean isTime = System.nanoTime() >= nextAsk || someBecameSuitable;
        if (isTime && asking == null && (active.size() < route.mostSources() || route.isSlow())) {
            asking = Thread.ofVirtual().name("find-" + wanted.name()).start(() -> events.add(ask()));
        }
    }

    /**
     * Leaves a source that sends almost nothing, as one that failed, once there is another to try. One that was left itself is not:
     * where all are slow, the file comes from the last of them.
     */
    void leaveSlow() {
        if (!route.isSlow() || known.stream().map(Source::endpoint)
                .noneMatch(endpoint -> isUsable(endpoint) && !leftAsSlow.contains(endpoint))) {
            return;
        }
        for (SourceTransfer slow : active.values()) {
            if (!slow.isLeaving()) {
                LOG.info("source {} ({}) of {} sends almost nothing, another is tried", slow.candidate().peer(),
                        slow.candidate().endpoint(), wanted.name());
                leftAsSlow.add(slow.candidate().endpoint());
                slow.close();
            }
        }
    }

    private Answer ask() {
        try {
            return new Answer(finder.find(), null);
        } catch (Exception problem) {
            return new Answer(List.of(), problem);
        }
    }

    /** Starts transfers with those found, the best first. */
    private void use(Answer answer) throws IOException {
        asking = null;
        known = sources(answer);
        known.forEach(source -> names.put(source.endpoint(), source.name()));
        List<Candidate> candidates = means.rank(wanted, known);
        for (Candidate candidate : candidates) {
            if (active.size() < route.mostSources() && isUsable(candidate.endpoint())) {
                start(candidate);
            }
        }
        if (active.isEmpty() && candidates.stream().noneMatch(candidate -> mayRecover(candidate.endpoint()))) {
            throw new NoSourceException(whyNone(candidates), !unsuitable.isEmpty());
        }
        pauseUntilNextAsk(candidates);
    }

    /** Where somebody new has come there may soon be more; where nobody comes, less and less often is enough. */
    private void pauseUntilNextAsk(List<Candidate> candidates) {
        List<Endpoint> fresh = candidates.stream().map(Candidate::endpoint).filter(met::add).toList();
        Duration longest = means.settings().askAgain();
        Duration longer = pause.multipliedBy(3).dividedBy(2);
        pause = fresh.isEmpty() ? (longer.compareTo(longest) < 0 ? longer : longest) : longest.dividedBy(FIRST_ASKS);
        nextAsk = System.nanoTime() + (active.isEmpty() ? means.settings().retry() : pause).toNanos();
    }

    /** An index that is away, even for long, is no reason to stop: the sources that it has named may still be there. */
    private List<Source> sources(Answer answer) throws IOException {
        switch (answer.problem()) {
            case null -> {
                return answer.sources();
            }
            case IOException unreachable when known.isEmpty() -> throw unreachable;
            case IOException unreachable -> {
                LOG.warn("no further sources for {}: {}", wanted.name(), unreachable.getMessage());
                return known;
            }
            case Exception broken -> throw new IOException("can't look for sources: " + broken, broken);
        }
    }

    private boolean isUsable(Endpoint endpoint) {
        Failing failed = failing.get(endpoint);
        return mayRecover(endpoint) && !active.containsKey(endpoint)
                && (failed == null || failed.retryAt() <= System.nanoTime());
    }

    private boolean mayRecover(Endpoint endpoint) {
        Failing failed = failing.get(endpoint);
        return !ledger.isBanned(endpoint) && !unsuitable.containsKey(endpoint)
                && (failed == null || failed.attempts() < MOST_ATTEMPTS);
    }

    private String whyNone(List<Candidate> candidates) {
        if (candidates.isEmpty()) {
            return "no source for " + wanted.name() + ": nobody offers it any more; what is there is kept, run the"
                    + " command again when someone does";
        }
        StringJoiner reasons = new StringJoiner("; ");
        failing.values().forEach(failed -> reasons.add(failed.peer() + ": " + failed.why()));
        unsuitable.values().forEach(source -> reasons.add(source.peer() + ": " + source.why()));
        return "no source for " + wanted.name() + " works (" + reasons + "); what is there is kept, run the command"
                + " again when one does";
    }

    private void start(Candidate candidate) throws IOException {
        String name = names.getOrDefault(candidate.endpoint(), wanted.name());
        SourceTransfer transfer = new SourceTransfer(route, wanted.reference(name), candidate,
                means.connecting(candidate.endpoint().scheme()));
        active.put(candidate.endpoint(), transfer);
        Thread.ofVirtual().name("source-" + candidate.peer()).start(() -> {
            long start = System.nanoTime();
            Exception problem = null;
            try {
                transfer.run();
            } catch (Exception failure) {
                problem = failure;
            }
            events.add(new Ended(transfer, problem, (System.nanoTime() - start) / 1e9));
        });
    }

    /**
     * Waits for the end of a transfer or of a search, but not longer than that, and takes note of all that has ended.
     *
     * @throws NoSourceException when there is no source left to hope for
     * @throws DownloadException when a transfer found that the download can't go on
     */
    void await(Duration patience) throws IOException, InterruptedException {
        for (Event next = events.poll(patience.toNanos(), TimeUnit.NANOSECONDS); next != null; next = events.poll()) {
            switch (next) {
                case Ended end -> note(end);
                case Answer answer -> use(answer);
            }
        }
    }

    private void note(Ended end) throws DownloadException {
        Candidate candidate = end.transfer().candidate();
        Endpoint endpoint = candidate.endpoint();
        active.remove(endpoint);
        end.transfer().latency().ifPresent(latency -> means.records().answered(endpoint, latency));
        long bytes = end.transfer().keptBytes();
        ledger.received(candidate.peer(), bytes);
        switch (closing && end.problem() instanceof IOException ? null : end.problem()) {
            case null -> succeeded(endpoint, bytes, end.seconds());
            case DownloadException fatal -> throw fatal;
            case UnsuitableSourceException useless -> passOver(candidate, useless);
            case WrongBytesException lie -> {
                ledger.ban(endpoint, candidate.peer());
                failed(candidate, bytes, lie);
            }
            case Exception trouble -> failed(candidate, bytes, trouble);
        }
    }

    private void succeeded(Endpoint endpoint, long bytes, double seconds) {
        failing.remove(endpoint);
        if (bytes > 0) {
            means.records().succeeded(endpoint, bytes / Math.max(seconds, 1e-3));
        }
    }

    private void passOver(Candidate candidate, UnsuitableSourceException useless) {
        LOG.debug("source {} ({}) of {} is of no use here: {}", candidate.peer(), candidate.endpoint(), wanted.name(),
                useless.getMessage());
        unsuitable.put(candidate.endpoint(),
                new Unsuitable(candidate.peer(), useless.lack(), String.valueOf(useless.getMessage())));
        nextAsk = System.nanoTime();
    }

    private void failed(Candidate candidate, long bytes, Exception trouble) {
        Endpoint endpoint = candidate.endpoint();
        LOG.info("source {} ({}) of {} failed: {}", candidate.peer(), endpoint, wanted.name(), trouble.getMessage());
        means.records().failed(endpoint);
        Failing before = failing.get(endpoint);
        int attempts = before == null || bytes > 0 ? 1 : before.attempts() + 1;
        long retry = means.settings().retry().toNanos();
        long retryAt = System.nanoTime() + retry * attempts;
        failing.put(endpoint, new Failing(candidate.peer(), attempts, retryAt, String.valueOf(trouble.getMessage())));
        nextAsk = active.isEmpty() ? System.nanoTime() + retry / 2 : Math.min(nextAsk, retryAt);
    }

    /** Ends all transfers; that they end like this is no failure of theirs. */
    @Override
    public void close() {
        closing = true;
        boolean interrupted = Thread.interrupted();
        if (asking != null) {
            // it ends by itself, within what the index may take to answer
            asking.interrupt();
        }
        active.values().forEach(SourceTransfer::close);
        long deadline = System.nanoTime() + means.settings().patience().toNanos() * LONGEST_ENDING;
        while (!active.isEmpty()) {
            try {
                Event next = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (next == null) {
                    LOG.warn("the transports of {} do not end their transfers, left behind", active.keySet());
                    break;
                }
                if (next instanceof Ended end) {
                    note(end);
                }
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
