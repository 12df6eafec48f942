package dev.swarmdex.server.http;

import dev.swarmdex.server.frontend.ConnectionsPerAddress;
import dev.swarmdex.server.listen.CannotListenException;
import dev.swarmdex.server.listen.TcpSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves what operators see. Connections, threads, sizes of requests, and how long anybody may stay silent are bounded. Made,
 * started and closed once, by the server.
 */
public final class HttpEndpoint implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);
    private static final int MOST_CONNECTIONS = 256;
    private static final int BACKLOG = 128;
    private static final int MOST_THREADS = 16;
    private static final int LEAST_THREADS = 4;
    private static final int REQUEST_BYTES = 8 << 10;
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final Duration FIRST_REQUEST = Duration.ofSeconds(10);
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    private final InetSocketAddress bind;
    private final Server server;
    private final ServerConnector connector;
    private final PromptRequests requests;

    /** An endpoint that does not listen yet; it counts its connections with the others of their addresses. */
    public HttpEndpoint(InetSocketAddress bind, Watched watched, ConnectionsPerAddress perAddress) {
        this(bind, watched, perAddress, FIRST_REQUEST);
    }

    HttpEndpoint(InetSocketAddress bind, Watched watched, ConnectionsPerAddress perAddress, Duration firstRequest) {
        this.bind = bind;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS,
                Math.toIntExact(SILENCE.toMillis()));
        threads.setName("http");
        threads.setDaemon(true);
        threads.setStopTimeout(FAREWELL.toMillis());
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(REQUEST_BYTES);
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setIdleTimeout(SILENCE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        requests = new PromptRequests(new RequestHandler(Routes.of(watched), bind), perAddress,
                connector.getScheduler(), firstRequest, SILENCE);
        connector.addBean(requests);
        server.setHandler(requests);
    }

    /**
     * Binds the address and begins to answer.
     *
     * @throws CannotListenException when the address can't be bound; then nothing is left to close
     */
    public void start() throws CannotListenException {
        try {
            connector.open(TcpSockets.listen(bind, BACKLOG));
        } catch (IOException | RuntimeException e) {
            close();
            throw new CannotListenException("the page and the API", "http.bind", bind, e);
        }
        try {
            server.start();
            requests.watch();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("HTTP could not be started", e);
        }
        LOG.info("page, API and metrics are at http://{}/", CannotListenException.shown(address()));
    }

    /** Where it listens, with the real port; once it is started. */
    public InetSocketAddress address() {
        return new InetSocketAddress(bind.getAddress(), connector.getLocalPort());
    }

    /** Closes the address and all connections. */
    @Override
    public void close() {
        try {
            server.stop();
            connector.close();
        } catch (Exception e) {
            LOG.warn("HTTP could not be stopped: {}", e.getMessage());
        }
    }
}
