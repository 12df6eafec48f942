package dev.swarmdex.peer.host.download;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The transfer from one source: a connection, the question for the content, and the route's reading of its offer. */
final class SourceTransfer implements PieceMap.Fetcher {

    private final Route route;
    private final ContentReference content;
    private final Candidate candidate;
    private final Connecting connecting;
    private final AtomicLong keptBytes = new AtomicLong();
    private final AtomicReference<@Nullable Connection> connection = new AtomicReference<>();
    private volatile @Nullable Thread runner;
    private volatile boolean leaving;
    private volatile @Nullable Duration latency;

    /** How the transfers of one scheme connect. */
    record Connecting(Transport transport, Map<String, String> options, Duration patience) {

        Connection to(Endpoint endpoint) throws IOException {
            return transport.connect(endpoint, options, patience);
        }
    }

    /** A transfer that has not begun; the content as the source knows it. */
    SourceTransfer(Route route, ContentReference content, Candidate candidate, Connecting connecting) {
        this.route = route;
        this.content = content;
        this.candidate = candidate;
        this.connecting = connecting;
    }

    Candidate candidate() {
        return candidate;
    }

    /** The longest that the source may take to connect, or to send its next byte. */
    Duration patience() {
        return connecting.patience();
    }

    /** How many bytes from it were kept. */
    long keptBytes() {
        return keptBytes.get();
    }

    /** Notes that bytes from it were kept. */
    void keep(long bytes) {
        keptBytes.addAndGet(bytes);
    }

    /** How long it took to connect and to be told that the content is there, if it came so far. */
    Optional<Duration> latency() {
        return Optional.ofNullable(latency);
    }

    /** Connects, and reads until there is nothing left to read; it ends as {@link Route#fetch} does. */
    void run() throws IOException, InterruptedException {
        runner = Thread.currentThread();
        if (leaving) {
            return;
        }
        long start = System.nanoTime();
        try (Connection opened = connecting.to(candidate.endpoint())) {
            connection.set(opened);
            if (leaving) {
                return;
            }
            Offer offer = opened.ask(content)
                    .orElseThrow(() -> new IOException(notOffered(candidate.endpoint())));
            latency = Duration.ofNanos(System.nanoTime() - start);
            route.fetch(offer, this);
        } finally {
            connection.set(null);
        }
    }

    /** A peer that told a wrong address is not there: who answers may be this very host, which knows nothing of it. */
    private static String notOffered(Endpoint at) {
        return LocalNetworks.isThisMachine(at.host())
                ? "it is said to be at " + at
                        + ", which is on this machine, and nobody there offers the content; if it is"
                        + " on another machine, set advertise in its config"
                : "it does not offer the content any more";
    }

    @Override
    public boolean isLeaving() {
        return leaving;
    }

    @Override
    public String peer() {
        return candidate.peer();
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
    }
}
