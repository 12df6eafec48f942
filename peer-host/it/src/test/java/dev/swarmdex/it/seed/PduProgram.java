package dev.swarmdex.it.seed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Seed 000, at an index that answers in the document's order. */
public final class PduProgram implements SeedProgram {

    private final PduClient client;
    private final PduServer server;
    private final PduForm form;

    /** A program that is at the index at that port and sends and expects files in that form. */
    public PduProgram(int indexPort, PduForm form) throws IOException {
        this.client = new PduClient(indexPort);
        this.server = new PduServer(form);
        this.form = form;
    }

    @Override
    public void offer(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            server.put(file.getKey(), file.getValue());
            assertThat(client.ask("R,%d;127.0.0.1;%s".formatted(server.port(), file.getKey()))).startsWith("A,");
        }
    }

    @Override
    public byte[] fetch(String name) throws IOException {
        String answer = client.ask("D," + name);
        if (answer.startsWith("E,")) {
            throw new RefusedException(answer);
        }
        assertThat(answer).matches("D,[0-9.]+;[0-9]+");
        String[] address = answer.substring(2).split(";", -1);
        return PduClient.download(new InetSocketAddress(address[0], Integer.parseInt(address[1])), 'D', name, form);
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
