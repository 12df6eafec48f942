package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A peer that keeps many requests under way, as fast as the server answers: it sends one more for each answer, again what
 * is not answered in time, and later what the server is too busy for. For one thread.
 */
final class LoadPeer implements AutoCloseable {

    /** Where every such peer says that it serves. */
    static final List<Endpoint> ENDPOINTS = List.of(new Endpoint("tcp", "", 7118));

    private static final long PATIENCE_NANOSECONDS = 1_000_000_000L;
    private static final int RECEIVE_MILLISECONDS = 200;
    /** Who asks one thing at a time has no use for an answer to what it asked before. */
    private static final int ASK_MILLISECONDS = 5_000;
    private static final int MOST_ATTEMPTS = 60;

    private final DatagramChannel channel;
    private final PeerIdentity identity;
    private final Map<Integer, Sent> underWay = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(2048);
    private int requests;
    private long connectionId;
    private long busy;

    /** A request that waits for its answer; {@code due} is when it is sent again. */
    private record Sent(Request request, long at, long due) {}

    /** What is told of answers. */
    interface Listener {

        /** The request was carried out, that long after it was first sent. */
        void acknowledged(Request request, Reply.Done reply, long nanoseconds);
    }

    /** The requests to send, one after the other. */
    interface Source {

        /** The next, or null at the end. */
        @Nullable
        Request next();
    }

    LoadPeer(InetSocketAddress server, String name) throws IOException {
        identity = new PeerIdentity(name, "%032x".formatted(name.hashCode() & 0xffff_ffffL));
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_RCVBUF, 1 << 20);
        channel.connect(server);
    }

    PeerIdentity identity() {
        return identity;
    }

    /** How often the server was too busy. */
    long busy() {
        return busy;
    }

    /** Gets a connection id. */
    void hello() throws IOException {
        connectionId = ((Reply.Welcome) ask(new Request.Hello())).connectionId();
    }

    /** Says hello and joins. */
    void join() throws IOException {
        hello();
        ask(new Request.KeepAlive(identity, ENDPOINTS, 0, 0));
    }

    static Content content(int number) {
        var content = Sample.content(number);
        return new Content(content.name(), content.id(), content.size());
    }

    /** Sends a request until it is carried out. */
    Reply ask(Request request) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Reply reply = tell(request);
            if (!(reply instanceof Reply.Refused refused)) {
                return reply;
            }
            pause(refused.retryAfter().toMillis());
        }
        throw new IOException("always refused: " + request);
    }

    /** Sends a request until it is carried out or refused. */
    Reply tell(Request request) throws IOException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            int id = ++requests;
            channel.write(RequestCodec.encode(new RequestPacket(id, connectionId, request)));
            try {
                for (ReplyPacket packet = receive(ASK_MILLISECONDS);; packet = receive(ASK_MILLISECONDS)) {
                    if (packet.requestId() == id) {
                        return packet.reply();
                    }
                }
            } catch (SocketTimeoutException e) {
                // is sent again
            }
        }
        throw new IOException("no answer to " + request);
    }

    /**
     * Sends all that the source has, that many at once, and waits for the answers. Throws a {@link PortUnreachableException}
     * if the server is gone.
     */
    void run(Source source, int atOnce, Pace pace, Listener listener) throws IOException {
        boolean more = true;
        while (more || !underWay.isEmpty()) {
            while (more && underWay.size() < atOnce && pace.millisecondsToNext() <= 0) {
                Request next = source.next();
                more = next != null;
                if (next != null) {
                    pace.gone();
                    send(next, System.nanoTime());
                }
            }
            try {
                long patience = more && underWay.size() < atOnce ? pace.millisecondsToNext() : RECEIVE_MILLISECONDS;
                take(receive(Math.clamp(patience, 1, RECEIVE_MILLISECONDS)), listener);
            } catch (SocketTimeoutException e) {
                // some are due, or the next may go
            }
            sendAgain();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /** When the next request may go. For one thread, which sleeps until then: a load that spins takes the server's core. */
    static final class Pace {

        private final double requestsPerSecond;
        private final long start = System.nanoTime();
        private long gone;

        private Pace(double requestsPerSecond) {
            this.requestsPerSecond = requestsPerSecond;
        }

        /** As fast as the answers come. */
        static Pace full() {
            return of(Double.POSITIVE_INFINITY);
        }

        static Pace of(double requestsPerSecond) {
            return new Pace(requestsPerSecond);
        }

        private long millisecondsToNext() {
            return (long) Math.ceil(1000 * gone / requestsPerSecond - (System.nanoTime() - start) / 1e6);
        }

        private void gone() {
            gone++;
        }
    }

    private void send(Request request, long first) throws IOException {
        int id = ++requests;
        underWay.put(id, new Sent(request, first, System.nanoTime() + PATIENCE_NANOSECONDS));
        channel.write(RequestCodec.encode(new RequestPacket(id, connectionId, request)));
    }

    private void take(ReplyPacket packet, Listener listener) {
        Sent sent = underWay.get(packet.requestId());
        if (sent == null) {
            return;
        }
        switch (packet.reply()) {
            case Reply.Done done -> {
                underWay.remove(packet.requestId());
                listener.acknowledged(sent.request, done, System.nanoTime() - sent.at);
            }
            case Reply.Refused refused -> {
                busy++;
                underWay.put(packet.requestId(), new Sent(sent.request, sent.at,
                        System.nanoTime() + refused.retryAfter().toNanos()));
            }
            default -> throw new IllegalStateException("the server answered " + packet.reply());
        }
    }

    private void sendAgain() throws IOException {
        long now = System.nanoTime();
        for (var each : List.copyOf(underWay.entrySet())) {
            if (each.getValue().due < now) {
                underWay.remove(each.getKey());
                send(each.getValue().request, each.getValue().at);
            }
        }
    }

    private ReplyPacket receive(int milliseconds) throws IOException {
        channel.socket().setSoTimeout(milliseconds);
        byte[] bytes = buffer.array();
        var packet = new DatagramPacket(bytes, bytes.length);
        channel.socket().receive(packet);
        try {
            return ReplyCodec.decode(ByteBuffer.wrap(bytes, 0, packet.getLength()));
        } catch (MalformedPacketException e) {
            throw new IOException(e);
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(Math.min(milliseconds, 5000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
