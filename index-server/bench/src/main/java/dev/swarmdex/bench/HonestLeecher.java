package dev.swarmdex.bench;

import dev.swarmdex.protocol.MalformedMessageException;
import dev.swarmdex.protocol.tracker.Event;
import dev.swarmdex.protocol.tracker.InfoHash;
import dev.swarmdex.protocol.tracker.PeerAddress;
import dev.swarmdex.protocol.tracker.Reply;
import dev.swarmdex.protocol.tracker.ReplyCodec;
import dev.swarmdex.protocol.tracker.Request;
import dev.swarmdex.protocol.tracker.RequestCodec;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A seeder and a leecher of one torrent, which the tracker must show to each other all the time. Runs until it is
 * stopped, or fails.
 */
final class HonestLeecher implements Runnable {

    private static final InfoHash TORRENT = new InfoHash(0x1234_5678_9abc_def0L, 42, 7);
    private static final int SEEDER = 7001;
    private static final int LEECHER = 7002;
    private static final int LOOPBACK = 0x7f00_0001;
    private static final int PATIENCE_MILLISECONDS = 1_000;
    private static final int ATTEMPTS = 30;
    private static final long CONNECTION_NANOSECONDS = Duration.ofMinutes(1).toNanos();

    private final InetSocketAddress tracker;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong right = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private int transactions;

    HonestLeecher(InetSocketAddress tracker) {
        this.tracker = tracker;
    }

    long rightAnswers() {
        return right.get();
    }

    /** How many requests that took, those that were sent again included. */
    long requests() {
        return requests.get();
    }

    void stop() {
        stopped.set(true);
    }

    @Override
    public void run() {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.setSoTimeout(PATIENCE_MILLISECONDS);
            long connection = connect(socket);
            long connected = System.nanoTime();
            while (!stopped.get()) {
                if (System.nanoTime() - connected > CONNECTION_NANOSECONDS) {
                    connection = connect(socket);
                    connected = System.nanoTime();
                }
                check(socket, connection);
                right.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a well-formed client of the tracker got no answer", e);
        }
    }

    /** Gets a connection id for a socket that need not be connected. */
    static long connectionId(DatagramSocket socket, InetSocketAddress tracker) throws IOException {
        return new HonestLeecher(tracker).connect(socket);
    }

    private long connect(DatagramSocket socket) throws IOException {
        return ((Reply.Connected) ask(socket, new Request.Connect(++transactions))).connectionId();
    }

    private void check(DatagramSocket socket, long connection) throws IOException {
        Reply _ = ask(socket, new Request.Announce(connection, ++transactions, TORRENT, 0, Event.NONE, 10, SEEDER));
        Reply reply = ask(socket,
                new Request.Announce(connection, ++transactions, TORRENT, 5, Event.NONE, 10, LEECHER));
        if (!(reply instanceof Reply.Announced told) || told.seeders() != 1 || told.leechers() != 1
                || !told.peers().equals(List.of(PeerAddress.ipv4(LOOPBACK, SEEDER)))) {
            throw new IllegalStateException("a wrong answer of the tracker: " + reply);
        }
        Reply scraped = ask(socket, new Request.Scrape(connection, ++transactions, List.of(TORRENT)));
        if (!(scraped instanceof Reply.Scraped counted)
                || !counted.swarms().equals(List.of(new Reply.Counts(1, 0, 1)))) {
            throw new IllegalStateException("a wrong answer of the tracker: " + scraped);
        }
    }

    private Reply ask(DatagramSocket socket, Request request) throws IOException {
        ByteBuffer datagram = RequestCodec.encode(request);
        byte[] sent = new byte[datagram.remaining()];
        datagram.get(sent);
        byte[] received = new byte[2048];
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            socket.send(new DatagramPacket(sent, sent.length, tracker));
            requests.incrementAndGet();
            try {
                for (;;) {
                    DatagramPacket packet = new DatagramPacket(received, received.length);
                    socket.receive(packet);
                    Reply reply = ReplyCodec.decode(ByteBuffer.wrap(received, 0, packet.getLength()), true);
                    if (reply.transactionId() == request.transactionId()) {
                        return reply;
                    }
                }
            } catch (SocketTimeoutException e) {
                // it was lost, or its answer
            } catch (MalformedMessageException e) {
                throw new IOException(e);
            }
        }
        throw new IOException("no answer to " + request);
    }
}
