package dev.swarmdex.it.seed;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A peer of seed 001: PDUs of 101 bytes with fields at fixed places. What it says of a reply is {@code S 127.0.0.1 4000}. */
public final class FixedClient implements AutoCloseable {

    static final int PDU = 101;

    private static final int DATA = 1;
    private static final int NAME = 10;
    private static final int PORT = DATA + 2 * NAME;
    private static final int PORT_DIGITS = 6;

    /** The two ways in which programs write a port. */
    public enum PortForm {
        /** Decimal digits and a NUL. */
        ASCII,
        /** Two bytes, the high one first. */
        BINARY
    }

    private final DatagramSocket socket;
    private final String name;

    /** A peer of that name at the index at that port. */
    public FixedClient(int indexPort, String name) throws IOException {
        this.socket = Wire.datagrams(indexPort);
        this.name = name;
    }

    /** R: offers a content at that port. */
    public String register(String content, int port, PortForm form) throws IOException {
        if (form == PortForm.ASCII) {
            return register(content, Integer.toString(port));
        }
        byte[] pdu = request('R', name, content);
        ByteBuffer.wrap(pdu).putShort(PORT, (short) port);
        return ask(pdu);
    }

    /** R with these digits for the port. */
    public String register(String content, String port) throws IOException {
        byte[] pdu = request('R', name, content);
        System.arraycopy(Wire.padded(port, PORT_DIGITS), 0, pdu, PORT, PORT_DIGITS);
        return ask(pdu);
    }

    /** S, with the peer's name and the content's. */
    public String search(String content) throws IOException {
        return ask(request('S', name, content));
    }

    /** S, with the content's name alone, where other programs put the peer's. */
    public String searchWithoutPeer(String content) throws IOException {
        return ask(request('S', content, ""));
    }

    /** T for one content, or for all with "". */
    public String deregister(String content) throws IOException {
        return ask(request('T', name, content));
    }

    /** T for all that has no reply, as the program ends with it. */
    public void quit() throws IOException {
        byte[] pdu = request('T', name, "");
        pdu[PORT] = 'Q';
        Wire.send(socket, pdu);
    }

    /** O: the readable lines, none when the index says that there is nothing. */
    public List<String> list() throws IOException {
        return Wire.again(socket, this::listOnce, this::listOnce);
    }

    private List<String> listOnce() throws IOException {
        String answer = ask(request('O', "", ""));
        if (answer.startsWith("E ")) {
            return List.of();
        }
        assertThat(answer).startsWith("O ");
        List<String> lines = new ArrayList<>();
        int count = Integer.parseInt(answer.substring(2));
        for (int i = 0; i < count; i++) {
            String line = receive();
            assertThat(line).startsWith("O ");
            lines.add(line.substring(2));
        }
        return lines;
    }

    /** Sends a PDU of that letter with nothing in it and returns the reply. */
    public String ask(char letter) throws IOException {
        return ask(request(letter, "", ""));
    }

    /** Sends a datagram as it is. */
    public void sendBare(byte[] datagram) throws IOException {
        Wire.send(socket, datagram);
    }

    private String ask(byte[] pdu) throws IOException {
        Wire.send(socket, pdu);
        return receive();
    }

    private static byte[] request(char letter, String peer, String content) {
        byte[] pdu = new byte[PDU];
        pdu[0] = (byte) letter;
        System.arraycopy(Wire.padded(peer, NAME), 0, pdu, DATA, NAME);
        System.arraycopy(Wire.padded(content, NAME), 0, pdu, DATA + NAME, NAME);
        return pdu;
    }

    private String receive() throws IOException {
        byte[] pdu = Wire.receive(socket);
        assertThat(pdu).hasSize(PDU);
        if (pdu[0] != 'S') {
            return (char) pdu[0] + " " + Wire.text(pdu, DATA, PDU - DATA);
        }
        assertThat(Arrays.copyOfRange(pdu, PORT + PORT_DIGITS, PDU)).as("what follows the port").containsOnly(0);
        return "S " + Wire.text(pdu, DATA, 2 * NAME) + " " + Wire.text(pdu, PORT, PORT_DIGITS);
    }

    /** Downloads a file, with the NULs that fill its last PDU. */
    public static byte[] download(InetSocketAddress server, String content) throws IOException {
        try (Socket socket = Wire.connect(server)) {
            byte[] request = Arrays.copyOf(Wire.bytes("D" + content), PDU);
            socket.getOutputStream().write(request);
            DataInputStream in = new DataInputStream(socket.getInputStream());
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            byte[] pdu = nextPdu(in);
            for (; pdu[0] == 'C'; pdu = nextPdu(in)) {
                file.write(pdu, DATA, PDU - DATA);
            }
            if (pdu[0] == 'E') {
                throw new RefusedException("E " + Wire.text(pdu, DATA, PDU - DATA));
            }
            assertThat(pdu[0]).as("what ends a file").isEqualTo((byte) 'A');
            assertThat(in.read()).as("the connection's end after A").isEqualTo(-1);
            return file.toByteArray();
        }
    }

    private static byte[] nextPdu(DataInputStream in) throws IOException {
        byte[] pdu = in.readNBytes(PDU);
        assertThat(pdu).as(() -> new String(pdu, StandardCharsets.ISO_8859_1)).hasSize(PDU);
        return pdu;
    }

    @Override
    public void close() {
        socket.close();
    }
}
