package dev.swarmdex.server.http;

import dev.swarmdex.server.frontend.ConnectionsPerAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * Closes connections that don't bring a request in time: whoever sends a header byte by byte is never silent, and would keep others
 * from being served. Turns away those that are one too many from their address. Safe for any number of threads.
 */
final class PromptRequests extends Handler.Wrapper implements Connection.Listener {

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** What is known of a connection: whose it is, and by when its next request must be there; none while one is answered. */
    private record Waiting(InetAddress address, Optional<Long> deadline) {}

    private final Map<Connection, Waiting> connections = new ConcurrentHashMap<>();
    private final ConnectionsPerAddress perAddress;
    private final Scheduler scheduler;
    private final Duration first;
    private final Duration next;

    /**
     * Passes requests on to the handler.
     *
     * @param scheduler what looks at the connections, as long as it runs
     * @param first how long a new connection may take to bring its first request
     * @param next how long after an answer the next may take
     */
    PromptRequests(Handler handler, ConnectionsPerAddress perAddress, Scheduler scheduler, Duration first,
            Duration next) {
        super(handler);
        this.perAddress = perAddress;
        this.scheduler = scheduler;
        this.first = first;
        this.next = next;
    }

    /** Begins to look at the connections; the scheduler must run. */
    void watch() {
        var _ = scheduler.schedule(this::look, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void onOpened(Connection connection) {
        if (!(connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress client)
                || !perAddress.admits(client.getAddress())) {
            connection.getEndPoint().close();
            return;
        }
        connections.put(connection, new Waiting(client.getAddress(), in(first)));
    }

    @Override
    public void onClosed(Connection connection) {
        Waiting closed = connections.remove(connection);
        if (closed != null) {
            perAddress.left(closed.address);
        }
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Connection connection = request.getConnectionMetaData().getConnection();
        expect(connection, Optional.empty());
        return super.handle(request, response, Callback.from(() -> expect(connection, in(next)), callback));
    }

    private void expect(Connection connection, Optional<Long> deadline) {
        connections.computeIfPresent(connection, (_, waiting) -> new Waiting(waiting.address, deadline));
    }

    private void look() {
        long now = System.nanoTime();
        connections.forEach((connection, waiting) -> {
            if (waiting.deadline.isPresent() && now - waiting.deadline.get() > 0) {
                connection.getEndPoint().close();
            }
        });
        watch();
    }

    private static Optional<Long> in(Duration time) {
        return Optional.of(System.nanoTime() + time.toNanos());
    }
}
