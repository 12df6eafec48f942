package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** A plugin's transport, in use as long as one of its servers or connections is open. */
record GuardedTransport(String scheme, Transport transport, Guard guard) implements Transport {

    /** How long a call may take that has no business to wait for anybody. */
    static final Duration AT_ONCE = Duration.ofSeconds(3);

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        return counted(once -> new GuardedServer(
                guard.watchWithin(AT_ONCE, "serve", () -> transport.serve(bind, options, shelf)), guard, once));
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
        return counted(once -> new GuardedConnection(guard.awaitWithin(timeout.plus(AT_ONCE), "connect",
                () -> transport.connect(endpoint, options, timeout)), guard, timeout, once));
    }

    private <T> T counted(Opening<T> opening) throws IOException {
        guard.begin();
        boolean opened = false;
        try {
            T open = opening.open(once());
            opened = true;
            return open;
        } finally {
            if (!opened) {
                guard.uses().end();
            }
        }
    }

    /** Ends the use, however often it is run. */
    private Runnable once() {
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                guard.uses().end();
            }
        };
    }

    private interface Opening<T> {

        T open(Runnable once) throws IOException;
    }
}
