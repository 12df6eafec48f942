package dev.swarmdex.it.seed;

import java.io.IOException;
import java.net.Socket;

/** A mini-server of seed 003. */
public final class LinesServer extends FileServer {

    /** A server that listens already. */
    public LinesServer() throws IOException {
        listen();
    }

    @Override
    void serve(Socket client) throws IOException {
        byte[] file = file(bareName(client.getInputStream()));
        if (file != null) {
            client.getOutputStream().write(file);
            countServed();
        }
    }
}
