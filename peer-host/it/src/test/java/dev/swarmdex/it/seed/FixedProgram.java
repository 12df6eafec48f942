package dev.swarmdex.it.seed;

import dev.swarmdex.it.seed.FixedClient.PortForm;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Seed 001. */
public final class FixedProgram implements SeedProgram {

    private final FixedClient client;
    private final FixedServer server;

    /** A peer of that name at the index at that port. */
    public FixedProgram(int indexPort, String name) throws IOException {
        client = new FixedClient(indexPort, name);
        server = new FixedServer();
    }

    @Override
    public void offer(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            server.put(file.getKey(), file.getValue());
            assertThat(client.register(file.getKey(), server.port(), PortForm.ASCII)).startsWith("A ");
        }
    }

    @Override
    public byte[] fetch(String name) throws IOException {
        String answer = client.search(name);
        if (answer.startsWith("E ")) {
            throw new RefusedException(answer);
        }
        String[] address = answer.split(" ", -1);
        return FixedClient.download(new InetSocketAddress(address[1], Integer.parseInt(address[2])), name);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
