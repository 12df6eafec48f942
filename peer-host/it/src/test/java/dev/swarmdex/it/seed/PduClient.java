package dev.swarmdex.it.seed;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import static org.assertj.core.api.Assertions.assertThat;

/** A client of seed 000: PDUs of 102 bytes to the index over UDP and to servers over TCP; written as {@code S,name}. */
public final class PduClient implements AutoCloseable {

    static final int PDU = 102;

    private static final int DATA = 2;
    private static final int MOST_NAMES = 4;

    private final DatagramSocket socket;

    /** A client of the index at that port. */
    public PduClient(int indexPort) throws IOException {
        socket = Wire.datagrams(indexPort);
    }

    /** Where its requests come from. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Sends a PDU, padded as the programs do it. */
    public void send(String pdu) throws IOException {
        sendBare(Wire.padded(pdu, PDU));
    }

    /** Sends a datagram as it is. */
    public void sendBare(byte[] datagram) throws IOException {
        Wire.send(socket, datagram);
    }

    /** The next PDU from the index. A program reads it into a struct, so its length is always the same. */
    public String receive() throws IOException {
        byte[] pdu = Wire.receive(socket);
        assertThat(pdu).hasSize(PDU);
        return checked(pdu);
    }

    /** Sends a PDU and returns the reply. */
    public String ask(String pdu) throws IOException {
        send(pdu);
        return receive();
    }

    /** What there is, asked in the document's order: the names by the {@code addr;port} of their server. */
    public Map<String, List<String>> listInSteps() throws IOException {
        return Wire.again(socket, () -> listInSteps("O, "), () -> listInSteps("E,2"));
    }

    private Map<String, List<String>> listInSteps(String question) throws IOException {
        Map<String, List<String>> servers = new TreeMap<>();
        int count = Integer.parseInt(data(ask(question), 'O'));
        for (int i = 0; i < count; i++) {
            String[] server = data(receive(), 'O').split(";", -1);
            assertThat(server).as("addr;port;num_packets").hasSize(3);
            assertThat(servers.put(server[0] + ";" + server[1], listedNames(Integer.parseInt(server[2]))))
                    .as("a server that is listed once").isNull();
        }
        return servers;
    }

    private List<String> listedNames(int packets) throws IOException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            List<String> packet = List.of(data(receive(), 'O').split(";", -1));
            assertThat(packet.getFirst()).as("packet_id").isEqualTo(Integer.toString(i));
            assertThat(packet).hasSizeBetween(2, 1 + MOST_NAMES);
            names.addAll(packet.subList(1, packet.size()));
        }
        return names;
    }

    /** What there is, asked in the program's order: {@code filename;port;addr;} for each. */
    public List<String> listAtOnce() throws IOException {
        return Wire.again(socket, () -> listAtOnce("O, "), () -> listAtOnce("E,2"));
    }

    private List<String> listAtOnce(String question) throws IOException {
        List<String> mappings = new ArrayList<>();
        int count = Integer.parseInt(data(ask(question), 'O'));
        for (int i = 0; i < count; i++) {
            mappings.add(data(receive(), 'O'));
        }
        return mappings;
    }

    /** Downloads a file. The request is a D, or a C as in the document's table. */
    public static byte[] download(InetSocketAddress server, char letter, String name, PduForm form)
            throws IOException {
        try (Socket socket = Wire.connect(server)) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            socket.getOutputStream().write(Wire.padded(letter + "," + name, PDU));
            String answer = checked(in.readNBytes(PDU));
            if (answer.startsWith("E,")) {
                throw new RefusedException(answer);
            }
            int packets = Integer.parseInt(data(answer, 'C'));
            socket.getOutputStream().write(Wire.padded("A,", PDU));
            byte[] file = packets(in, packets, form);
            assertThat(in.read()).as("the connection's end after %d packets", packets).isEqualTo(-1);
            return file;
        }
    }

    private static byte[] packets(DataInputStream in, int count, PduForm form) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            byte[] pdu = in.readNBytes(PDU);
            assertThat(pdu.length).as("length of packet %d of %d", i, count).isBetween(DATA + 1, PDU);
            assertThat(pdu.length == PDU || i == count - 1).as("only the last packet is short").isTrue();
            assertThat(Arrays.copyOf(pdu, DATA)).containsExactly('C', ',');
            String id = form == PduForm.DOCUMENT ? i + ";" : "";
            assertThat(Arrays.copyOfRange(pdu, DATA, DATA + id.length())).as("packet_id").isEqualTo(Wire.bytes(id));
            file.write(pdu, DATA + id.length(), pdu.length - DATA - id.length());
        }
        return file.toByteArray();
    }

    private static String checked(byte[] pdu) {
        assertThat(pdu).hasSize(PDU);
        assertThat(pdu[1]).isEqualTo((byte) ',');
        return Wire.text(pdu, 0, PDU);
    }

    private static String data(String pdu, char type) {
        assertThat(pdu).startsWith(type + ",");
        return pdu.substring(DATA);
    }

    @Override
    public void close() {
        socket.close();
    }
}
