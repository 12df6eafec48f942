package dev.swarmdex.server.frontend.tracker;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.tracker.Event;
import dev.swarmdex.protocol.tracker.InfoHash;
import dev.swarmdex.protocol.tracker.Reply;
import dev.swarmdex.protocol.tracker.ReplyCodec;
import dev.swarmdex.protocol.tracker.Request;
import dev.swarmdex.protocol.tracker.RequestCodec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A BitTorrent program's side of the tracker protocol, with a real socket. */
final class TrackerClient implements AutoCloseable {

    private static final int PATIENCE = 10_000;
    private static final int SILENCE = 150;

    private final DatagramSocket socket;
    private final InetSocketAddress tracker;
    private int transactions = 1000;
    private long connectionId;

    TrackerClient(InetSocketAddress tracker) throws IOException {
        this.tracker = tracker;
        socket = new DatagramSocket(new InetSocketAddress(tracker.getAddress(), 0));
    }

    TrackerClient connect() throws IOException {
        connectionId = ((Reply.Connected) ask(new Request.Connect(++transactions))).connectionId();
        return this;
    }

    void use(long id) {
        connectionId = id;
    }

    long connectionId() {
        return connectionId;
    }

    Reply announce(InfoHash torrent, long left, Event event, int wanted, int port) throws IOException {
        return ask(new Request.Announce(connectionId, ++transactions, torrent, left, event, wanted, port));
    }

    Reply.Announced joins(InfoHash torrent, long left, int port) throws IOException {
        return (Reply.Announced) announce(torrent, left, Event.STARTED, -1, port);
    }

    List<Reply.Counts> scrape(InfoHash... torrents) throws IOException {
        return ((Reply.Scraped) ask(new Request.Scrape(connectionId, ++transactions, List.of(torrents)))).swarms();
    }

    Reply ask(Request request) throws IOException {
        send(RequestCodec.encode(request));
        Reply reply = reply(receive(PATIENCE).orElseThrow(() -> new SocketTimeoutException("no reply to " + request)));
        if (reply.transactionId() != request.transactionId()) {
            throw new IOException("a reply to transaction " + reply.transactionId());
        }
        return reply;
    }

    Reply reply(ByteBuffer datagram) throws IOException {
        try {
            return ReplyCodec.decode(datagram, tracker.getAddress() instanceof Inet4Address);
        } catch (MalformedMessageException e) {
            throw new IOException(e);
        }
    }

    ByteBuffer exchange(ByteBuffer request) throws IOException {
        send(request);
        return receive(PATIENCE).orElseThrow(() -> new SocketTimeoutException("no reply"));
    }

    boolean hearsNothing() throws IOException {
        return receive(SILENCE).isEmpty();
    }

    void send(ByteBuffer request) throws IOException {
        byte[] bytes = new byte[request.remaining()];
        request.get(bytes);
        socket.send(new DatagramPacket(bytes, bytes.length, tracker));
    }

    private Optional<ByteBuffer> receive(int milliseconds) throws IOException {
        socket.setSoTimeout(milliseconds);
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        try {
            socket.receive(packet);
            return Optional.of(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
