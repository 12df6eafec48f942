package dev.swarmdex.it.seed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seed 002. */
public final class SessionProgram implements SeedProgram {

    private static final Pattern NODE = Pattern.compile("\\[\"\\('([0-9.]+)', \\d+\\)\", '(\\d+)'\\]");

    private final SessionClient client;
    private final SessionServer server;

    /** A node that is connected to the index at that port. */
    public SessionProgram(int indexPort) throws IOException {
        client = new SessionClient(indexPort);
        server = new SessionServer();
    }

    @Override
    public void offer(Map<String, byte[]> files) throws IOException {
        files.forEach(server::put);
        client.register(server.port(), files.keySet().toArray(String[]::new));
    }

    @Override
    public byte[] fetch(String name) throws IOException {
        String answer = client.whoHosts(name);
        Matcher node = NODE.matcher(answer);
        if (!node.lookingAt()) {
            throw new RefusedException(answer);
        }
        return SessionClient.download(new InetSocketAddress(node.group(1), Integer.parseInt(node.group(2))), name);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
