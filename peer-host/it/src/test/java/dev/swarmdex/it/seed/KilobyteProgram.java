package dev.swarmdex.it.seed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Seed 004, which knows its hosts and has no index. */
public final class KilobyteProgram implements SeedProgram {

    private final KilobyteServer server;
    private final List<InetSocketAddress> hosts = new ArrayList<>();

    /** A host that knows no other yet. */
    public KilobyteProgram() throws IOException {
        this.server = new KilobyteServer(KilobyteServer.Position.NUMBER);
    }

    /** Adds a line to its hosts file. */
    public void know(InetSocketAddress host) {
        hosts.add(host);
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    @Override
    public void offer(Map<String, byte[]> files) {
        files.forEach(server::put);
    }

    @Override
    public byte[] fetch(String name) throws IOException {
        try (KilobyteClient requester = new KilobyteClient(hosts.toArray(InetSocketAddress[]::new))) {
            return requester.download(name);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
