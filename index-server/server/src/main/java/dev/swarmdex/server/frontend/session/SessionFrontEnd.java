package dev.swarmdex.server.frontend.session;

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
 * Serves words over TCP, the protocol of seed 002: one connection for as long as a peer takes part. What it offers goes with
 * the connection.
 */
public final class SessionFrontEnd implements FrontEnd {

    /** The protocol's name in the config and in the history's column {@code via}, and the scheme of its endpoints. */
    public static final String PROTOCOL = "session";

    private static final Logger LOG = LoggerFactory.getLogger(SessionFrontEnd.class);
    /** A connection renews its lease this many times in one. */
    private static final int RENEWALS = 3;

    private final TcpListener listener;
    private final IndexService service;
    private final SessionLookups lookups;
    private final Guard guard;
    private final Tally tally = new Tally();

    /** A front-end that does not listen yet. */
    public SessionFrontEnd(InetSocketAddress bind, IndexService service, Guard guard) {
        listener = new TcpListener(PROTOCOL, bind, this::serve, guard, tally);
        this.service = service;
        lookups = new SessionLookups(service.lookups());
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
        LOG.info("session front-end closed after {}", tally.counts());
    }

    private void serve(Socket socket) throws IOException {
        if (socket.getRemoteSocketAddress() instanceof InetSocketAddress client) {
            new SessionConnection(socket, new TcpReplies(socket, guard, tally), lookups,
                    new SessionChanges(service, client), tally, service.lease(PROTOCOL).dividedBy(RENEWALS)).serve();
        }
    }
}
