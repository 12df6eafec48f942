package dev.swarmdex.it.seed;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** The half of a peer node of seed 002 that serves its files. */
public final class SessionServer extends FileServer {

    private static final String RECEIVED = "File specs received";
    private static final String ERROR_RECEIVED = "Error received";

    private volatile boolean lies;

    /** A server that listens already. */
    public SessionServer() throws IOException {
        listen();
    }

    /** Names a wrong MD5 from now on. */
    public void lie() {
        lies = true;
    }

    @Override
    void serve(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = client.getOutputStream();
        String name = bareName(in);
        if (name.isEmpty()) {
            return;
        }
        byte[] file = file(name);
        if (file == null) {
            out.write(Wire.bytes("ERROR"));
            expect(in, ERROR_RECEIVED);
            return;
        }
        byte[] hashed = lies ? Wire.bytes(name) : file;
        out.write(Wire.bytes(file.length + "<SEP>" + SessionClient.md5(hashed)));
        if (expect(in, RECEIVED)) {
            out.write(file);
            countServed();
        }
    }

    /** Whether the client says that; one that leaves instead may do so. */
    private static boolean expect(InputStream in, String answer) throws IOException {
        String said = new String(in.readNBytes(answer.length()), StandardCharsets.UTF_8);
        require(said.isEmpty() || said.equals(answer), "the client says \"" + answer + "\"", said);
        return !said.isEmpty();
    }
}
