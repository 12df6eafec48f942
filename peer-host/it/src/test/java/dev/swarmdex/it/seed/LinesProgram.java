package dev.swarmdex.it.seed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;

/** Seed 003. */
public final class LinesProgram implements SeedProgram {

    private final LinesServer server;
    private final LinesClient client;
    private final String user;

    /** A user of that name at the index at that port. */
    public LinesProgram(int indexPort, String user) throws IOException {
        this.server = new LinesServer();
        this.client = new LinesClient(indexPort, user, server.port());
        this.user = user;
    }

    @Override
    public void offer(Map<String, byte[]> files) throws IOException {
        files.forEach(server::put);
        client.say("register " + user + " " + String.join(" ", files.keySet()));
    }

    @Override
    public byte[] fetch(String path) throws IOException {
        String owner = before(" : " + path, client.listFiles());
        List<String> peers = client.activePeers();
        String address = peers.stream().filter(line -> line.startsWith(owner + " - ")).findFirst()
                .orElseThrow(() -> new RefusedException("no address of " + owner + " in " + peers))
                .substring(owner.length() + " - ".length());
        int colon = address.lastIndexOf(':');
        return LinesClient.download(new InetSocketAddress(address.substring(0, colon),
                Integer.parseInt(address.substring(colon + 1))), path);
    }

    private static String before(String ending, List<String> lines) throws RefusedException {
        return lines.stream().filter(line -> line.endsWith(ending)).findFirst()
                .map(line -> line.substring(0, line.length() - ending.length()))
                .orElseThrow(() -> new RefusedException("no line \"… " + ending + "\""));
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
