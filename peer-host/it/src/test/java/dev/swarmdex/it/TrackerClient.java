package dev.swarmdex.it;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Asks a tracker about one torrent, with the bytes of BEP 15, independently of the programs. */
record TrackerClient(int port, String infoHash) {

    private static final long MAGIC = 0x417_2710_1980L;
    private static final int CONNECT = 0;
    private static final int ANNOUNCE = 1;
    private static final int SCRAPE = 2;
    private static final int STARTED = 2;
    private static final int DISCARD = 9;
    private static final int PATIENCE = 30_000;

    /** How many take part. */
    record Counts(int seeders, int completed, int leechers) {}

    Counts scrape() throws IOException {
        ByteBuffer reply = ask(SCRAPE, ByteBuffer.allocate(36));
        return new Counts(reply.getInt(), reply.getInt(), reply.getInt());
    }

    /** Takes part as somebody who lacks some of it and takes no calls. */
    void announceLeecher() throws IOException {
        ask(ANNOUNCE, ByteBuffer.allocate(98).putLong(64, 1000).putInt(80, STARTED).putShort(96, (short) DISCARD));
    }

    private ByteBuffer ask(int action, ByteBuffer request) throws IOException {
        InetAddress loopback = InetAddress.ofLiteral("127.0.0.1");
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback, 0))) {
            socket.connect(new InetSocketAddress(loopback, port));
            socket.setSoTimeout(PATIENCE);
            long id = exchange(socket, CONNECT, ByteBuffer.allocate(16).putLong(0, MAGIC)).getLong();
            request.put(16, HexFormat.of().parseHex(infoHash));
            return exchange(socket, action, request.putLong(0, id));
        }
    }

    /** The reply after its action and transaction id. */
    private static ByteBuffer exchange(DatagramSocket socket, int action, ByteBuffer request) throws IOException {
        request.putInt(8, action);
        byte[] bytes = new byte[request.capacity()];
        request.get(0, bytes);
        socket.send(new DatagramPacket(bytes, bytes.length));
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        socket.receive(packet);
        ByteBuffer reply = ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        if (reply.getInt() != action) {
            throw new IOException("the tracker refused action " + action);
        }
        return reply.position(8);
    }
}
