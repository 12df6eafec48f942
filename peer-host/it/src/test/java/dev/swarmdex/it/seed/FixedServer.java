package dev.swarmdex.it.seed;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/** A content server of seed 001. */
public final class FixedServer extends FileServer {

    private static final int DATA = 100;

    /** A server that listens already. */
    public FixedServer() throws IOException {
        listen();
    }

    @Override
    void serve(Socket client) throws IOException {
        byte[] request = client.getInputStream().readNBytes(FixedClient.PDU);
        if (request.length == 0) {
            return;
        }
        require(request.length == FixedClient.PDU && request[0] == 'D', "a request is a D of 101 bytes",
                Wire.text(request, 0, request.length));
        OutputStream out = client.getOutputStream();
        byte[] file = file(Wire.text(request, 1, DATA));
        if (file == null) {
            out.write(Wire.padded("ENo such file", FixedClient.PDU));
            return;
        }
        for (int from = 0; from < file.length; from += DATA) {
            byte[] pdu = new byte[FixedClient.PDU];
            pdu[0] = 'C';
            System.arraycopy(file, from, pdu, 1, Math.min(DATA, file.length - from));
            out.write(pdu);
        }
        out.write(Wire.padded("A", FixedClient.PDU));
        countServed();
    }
}
