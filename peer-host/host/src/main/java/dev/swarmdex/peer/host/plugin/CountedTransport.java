package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A plugin's transport, in use as long as one of its servers or connections is open. */
record CountedTransport(String scheme, Transport transport, Uses uses) implements Transport {

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        return counted(() -> new CountedServer(transport.serve(bind, options, shelf), once()));
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) throws IOException {
        return counted(() -> new CountedConnection(transport.connect(endpoint, options, timeout), once()));
    }

    private <T> T counted(Opening<T> opening) throws IOException {
        if (!uses.begin()) {
            throw new IOException("the plugin for " + scheme + " was removed");
        }
        boolean opened = false;
        try {
            T open = opening.open();
            opened = true;
            return open;
        } finally {
            if (!opened) {
                uses.end();
            }
        }
    }

    /** Ends the use, however often it is run. */
    private Runnable once() {
        AtomicBoolean ended = new AtomicBoolean();
        return () -> {
            if (ended.compareAndSet(false, true)) {
                uses.end();
            }
        };
    }

    private interface Opening<T> {

        T open() throws IOException;
    }

    private record CountedServer(Server server, Runnable end) implements Server {

        @Override
        public InetSocketAddress address() {
            return server.address();
        }

        @Override
        public void close() {
            try {
                server.close();
            } finally {
                end.run();
            }
        }
    }

    private record CountedConnection(Connection connection, Runnable end) implements Connection {

        @Override
        public Optional<Offer> ask(ContentReference content) throws IOException {
            return connection.ask(content);
        }

        @Override
        public void close() {
            try {
                connection.close();
            } finally {
                end.run();
            }
        }
    }
}
