package dev.swarmdex.server.frontend.tracker;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.tracker.Event;
import dev.swarmdex.protocol.tracker.InfoHash;
import dev.swarmdex.protocol.tracker.Reply;
import dev.swarmdex.protocol.tracker.ReplyCodec;
import dev.swarmdex.protocol.tracker.Request;
import dev.swarmdex.protocol.tracker.RequestCodec;
import dev.swarmdex.server.frontend.UdpClient;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;

/** A BitTorrent program's side of the tracker protocol, with a real socket. */
final class TrackerClient implements AutoCloseable {

    private final UdpClient client;
    private final InetSocketAddress tracker;
    private int transactions = 1000;
    private long connectionId;

    TrackerClient(InetSocketAddress tracker) throws IOException {
        this.tracker = tracker;
        client = new UdpClient(tracker);
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
        Reply reply = reply(client.await().orElseThrow(() -> new SocketTimeoutException("no reply to " + request)));
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
        return client.await().orElseThrow(() -> new SocketTimeoutException("no reply"));
    }

    boolean hearsNothing() throws IOException {
        return client.hearsNothing();
    }

    void send(ByteBuffer request) throws IOException {
        client.send(request);
    }

    @Override
    public void close() {
        client.close();
    }
}
