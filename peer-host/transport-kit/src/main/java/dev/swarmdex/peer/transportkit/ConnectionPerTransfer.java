package dev.swarmdex.peer.transportkit;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * A peer that takes a TCP connection for each transfer, as the seeds' programs do, and knows contents by their names only.
 * Nothing is open before the first question, so that whoever serves one client after the other is not kept waiting. Safe
 * for many threads.
 */
public final class ConnectionPerTransfer implements Connection {

    private final Endpoint endpoint;
    private final Duration timeout;
    private final Predicate<String> canCarry;
    private final Question question;
    private final Set<TimedChannel> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** How a protocol asks for a content. */
    @FunctionalInterface
    public interface Question {

        /**
         * Asks over a new connection, which has no deadline yet. It stays open for the offer if there is one.
         *
         * @throws IOException when the peer fails or refuses
         */
        Optional<? extends Offer> ask(TimedChannel channel, String name) throws IOException;
    }

    /**
     * A peer to ask.
     *
     * @param timeout the longest that connecting may take, and the shortest that the question allows its channel
     * @param canCarry whether the protocol can ask for a name; for any other the answer is that there is no such content
     */
    public ConnectionPerTransfer(Endpoint endpoint, Duration timeout, Predicate<String> canCarry, Question question) {
        this.endpoint = endpoint;
        this.timeout = timeout;
        this.canCarry = canCarry;
        this.question = question;
    }

    @Override
    public Optional<Offer> ask(ContentReference content) throws IOException {
        if (closed) {
            throw new IOException("the connection to " + endpoint + " was closed");
        }
        Optional<String> name = content.name().filter(canCarry);
        return name.isEmpty() ? Optional.empty() : ask(name.get());
    }

    private Optional<Offer> ask(String name) throws IOException {
        open.removeIf(channel -> !channel.isOpen());
        TimedChannel channel = TimedChannel.unconnected(timeout);
        open.add(channel);
        if (closed) {
            channel.close();
        }
        Optional<Offer> offer = Optional.empty();
        try {
            channel.connectTo(endpoint, timeout);
            offer = question.ask(channel, name).map(Offer.class::cast);
            return offer;
        } finally {
            if (offer.isEmpty()) {
                channel.close();
                open.remove(channel);
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(TimedChannel::close);
    }
}
