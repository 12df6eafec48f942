package dev.swarmdex.server.frontend;

import dev.swarmdex.server.listen.CannotListenException;
import java.net.InetSocketAddress;

/** The index server's side of one protocol. Made, started and closed once, by the server. */
public interface FrontEnd extends AutoCloseable {

    /** The protocol's name in the config, and in the history's column {@code via}. */
    String protocol();

    /** What came in so far. For any thread. */
    Tally.Counts tally();

    /**
     * Begins to listen, and returns.
     *
     * @throws CannotListenException when the address can't be bound; then nothing is left to close
     */
    void start() throws CannotListenException;

    /** Where it listens, with the real port; once it is started. */
    InetSocketAddress address();

    /** Listens no more, answers what it has accepted as far as that takes a second or two, and frees the address. */
    @Override
    void close();
}
