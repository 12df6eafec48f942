package dev.swarmdex.it.seed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

/** Seed 004, which knows its hosts and has no index. */
public final class KilobyteProgram implements SeedProgram {

    private final KilobyteServer server;
    private final InetSocketAddress[] hosts;

    /** A host that knows these other ones. */
    public KilobyteProgram(InetSocketAddress... hosts) throws IOException {
        this.server = new KilobyteServer();
        this.hosts = hosts.clone();
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
        try (KilobyteClient requester = new KilobyteClient(hosts)) {
            return requester.download(name);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
