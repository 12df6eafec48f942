package dev.swarmdex.it.seed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The requester thread of a host of seed 004, with a connection to each of the hosts it knows. */
public final class KilobyteClient implements AutoCloseable {

    private final List<Socket> hosts = new ArrayList<>();

    /** A requester that is connected to these hosts. */
    public KilobyteClient(InetSocketAddress... addresses) throws IOException {
        for (InetSocketAddress address : addresses) {
            hosts.add(Wire.connect(address));
        }
    }

    /** Downloads a file, each kilobyte from another of the hosts that have it. */
    public byte[] download(String name) throws IOException {
        List<Socket> having = new ArrayList<>();
        for (Socket host : hosts) {
            ask(host, name, 0, true);
            if (answer(host).get(KilobyteServer.HAS_FILE_AT) == 1) {
                having.add(host);
            }
        }
        if (having.isEmpty()) {
            throw new RefusedException("no host has " + name);
        }
        long size = size(having.getFirst(), name);
        byte[] file = new byte[Math.toIntExact(size)];
        long portions = (size + KilobyteServer.PORTION - 1) / KilobyteServer.PORTION;
        for (long portion = 0; portion < portions; portion += having.size()) {
            List<Socket> asked = having.subList(0, Math.toIntExact(Math.min(having.size(), portions - portion)));
            for (int i = 0; i < asked.size(); i++) {
                ask(asked.get(i), name, portion + i, false);
            }
            for (int i = 0; i < asked.size(); i++) {
                put(answer(asked.get(i)), portion + i, file);
            }
        }
        assertThat(isOutOfRange(having.getLast(), name, portions)).as("what follows the last portion").isTrue();
        return file;
    }

    /** Whether the host says that it has no such portion of a file that it has. */
    private static boolean isOutOfRange(Socket host, String name, long portion) throws IOException {
        ask(host, name, portion, false);
        ByteBuffer answer = answer(host);
        return answer.get(KilobyteServer.OUT_OF_RANGE_AT) == 1;
    }

    /** The size comes with a portion, or with the word that there is none. */
    private static long size(Socket host, String name) throws IOException {
        ask(host, name, 0, false);
        return answer(host).getLong(KilobyteServer.FILE_SIZE_AT);
    }

    private static void put(ByteBuffer answer, long portion, byte[] file) {
        int at = Math.toIntExact(portion * KilobyteServer.PORTION);
        int length = Math.min(KilobyteServer.PORTION, file.length - at);
        assertThat(answer.get(KilobyteServer.OUT_OF_RANGE_AT)).as("outOfRange of portion %d", portion).isZero();
        assertThat(answer.getLong(KilobyteServer.POSITION_AT)).as("positionInFile").isIn(portion, (long) at);
        assertThat(answer.getInt(KilobyteServer.BYTES_TO_USE_AT)).as("bytesToUse").isEqualTo(length);
        assertThat(answer.getLong(KilobyteServer.FILE_SIZE_AT)).as("fileSize").isEqualTo(file.length);
        answer.get(KilobyteServer.DATA_AT, file, at, length);
    }

    private static void ask(Socket host, String name, long portion, boolean whetherThere) throws IOException {
        ByteBuffer request = KilobyteServer.struct(KilobyteServer.REQUEST);
        request.put(0, Wire.padded(name, KilobyteServer.NAME)).putLong(KilobyteServer.PORTION_AT, portion)
                .put(KilobyteServer.HAVE_FILE_AT, (byte) (whetherThere ? 1 : 0));
        host.getOutputStream().write(KilobyteServer.bytes(request));
    }

    private static ByteBuffer answer(Socket host) throws IOException {
        byte[] reply = host.getInputStream().readNBytes(KilobyteServer.REPLY);
        assertThat(reply).hasSize(KilobyteServer.REPLY);
        return ByteBuffer.wrap(reply).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public void close() throws IOException {
        for (Socket host : hosts) {
            host.close();
        }
    }
}
