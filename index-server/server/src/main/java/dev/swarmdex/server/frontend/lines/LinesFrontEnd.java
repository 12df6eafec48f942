package dev.swarmdex.server.frontend.lines;

import dev.swarmdex.server.frontend.FrontEnd;
import dev.swarmdex.server.frontend.Guard;
import dev.swarmdex.server.frontend.LostConnections;
import dev.swarmdex.server.frontend.Tally;
import dev.swarmdex.server.frontend.TcpListener;
import dev.swarmdex.server.frontend.TcpReplies;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.service.IndexService;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves lines over TCP, the protocol of seed 003: one connection for as long as a user takes part. What the user offers goes
 * with the connection.
 */
public final class LinesFrontEnd implements FrontEnd {

    /** The protocol's name in the config and in the history's column {@code via}, and the scheme of its endpoints. */
    public static final String PROTOCOL = "lines";

    private static final Logger LOG = LoggerFactory.getLogger(LinesFrontEnd.class);
    /** A connection renews its lease this many times in one. */
    private static final int RENEWALS = 3;

    private final TcpListener listener;
    private final IndexService service;
    private final LinesLookups lookups;
    private final LinesUsers users;
    private final Guard guard;
    private final Tally tally = new Tally();

    /** A front-end that does not listen yet. */
    public LinesFrontEnd(InetSocketAddress bind, IndexService service, Guard guard) {
        listener = new TcpListener(PROTOCOL, bind, this::serve, guard, tally);
        this.service = service;
        lookups = new LinesLookups(service.lookups());
        users = new LinesUsers(service);
        this.guard = guard;
    }

    @Override
    public String protocol() {
        return PROTOCOL;
    }

    @Override
    public void start() throws CannotListenException {
        LostConnections.end(service, PROTOCOL);
        listener.start();
    }

    @Override
    public InetSocketAddress address() {
        return listener.address();
    }

    @Override
    public Tally.Counts tally() {
        return tally.counts();
    }

    @Override
    public void close() {
        listener.close();
        LOG.info("lines front-end closed after {}", tally.counts());
    }

    private void serve(Socket socket) throws IOException {
        new LinesConnection(socket, new TcpReplies(socket, guard, tally), lookups, users, tally,
                service.lease(PROTOCOL).dividedBy(RENEWALS)).serve();
    }
}
