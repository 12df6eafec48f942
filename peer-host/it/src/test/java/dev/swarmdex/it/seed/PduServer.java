package dev.swarmdex.it.seed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A content server of seed 000. */
public final class PduServer extends FileServer {

    private static final int DATA = 100;

    private final PduForm form;

    /** A server that listens already. */
    public PduServer(PduForm form) throws IOException {
        this.form = form;
        listen();
    }

    @Override
    void serve(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] request = in.readNBytes(PduClient.PDU);
        if (request.length == 0) {
            return;
        }
        require(request.length == PduClient.PDU, "a request has 102 bytes", request.length);
        String text = Wire.text(request, 0, PduClient.PDU);
        require(text.startsWith("D,"), "the program asks with D", text);
        byte[] file = file(text.substring(2));
        if (file == null) {
            out.write(Wire.padded("E,3", PduClient.PDU));
            return;
        }
        byte[] packets = packets(file);
        out.write(Wire.padded("C," + (packets.length + PduClient.PDU - 1) / PduClient.PDU, PduClient.PDU));
        byte[] ack = in.readNBytes(PduClient.PDU);
        if (ack.length == 0) {
            return;
        }
        require(ack.length == PduClient.PDU && ack[0] == 'A' && ack[1] == ',', "the client acknowledges with A",
                Wire.text(ack, 0, ack.length));
        out.write(packets);
        countServed();
    }

    /** All packets in a row. */
    private byte[] packets(byte[] file) {
        ByteArrayOutputStream packets = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; from < file.length; i++) {
            String head = "C," + (form == PduForm.DOCUMENT ? i + ";" : "");
            int length = Math.min(2 + DATA - head.length(), file.length - from);
            packets.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
            packets.write(file, from, length);
            from += length;
        }
        return packets.toByteArray();
    }
}
