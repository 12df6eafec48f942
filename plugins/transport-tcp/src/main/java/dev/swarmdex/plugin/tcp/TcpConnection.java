package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The asking side of a connection. Safe for many threads. */
final class TcpConnection implements Connection {

    private final TimedChannel channel;
    private final Watchdog watchdog;
    private final Pipeline pipeline;

    private TcpConnection(TimedChannel channel, Watchdog watchdog, Receiver receiver) {
        this.channel = channel;
        this.watchdog = watchdog;
        this.pipeline = new Pipeline(channel, receiver);
    }

    static TcpConnection open(Endpoint endpoint, Duration timeout) throws IOException {
        try {
            TimedChannel channel = connect(endpoint, timeout);
            Watchdog watchdog = Watchdog.start(timeout);
            watchdog.add(channel);
            Receiver receiver = new Receiver(channel, timeout);
            TcpConnection connection = new TcpConnection(channel, watchdog, receiver);
            connection.greet(receiver);
            return connection;
        } catch (IOException e) {
            throw new IOException("can't connect to " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private static TimedChannel connect(Endpoint endpoint, Duration timeout) throws IOException {
        InetSocketAddress address = new InetSocketAddress(endpoint.host(), endpoint.port());
        if (address.isUnresolved()) {
            throw new IOException("no such host");
        }
        SocketChannel socket = SocketChannel.open();
        try {
            // through the socket, because a channel's own connect has no timeout
            socket.socket().connect(address, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
            return TimedChannel.of(socket);
        } catch (SocketTimeoutException e) {
            socket.close();
            throw new SocketTimeoutException("no answer in " + timeout.toMillis() + " ms");
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    private void greet(Receiver receiver) throws IOException {
        try {
            channel.write(Wire.preface());
            int version = receiver.preface();
            if (version != Wire.VERSION) {
                throw new ProtocolException("the peer speaks version " + version + ", this host " + Wire.VERSION);
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public Optional<Offer> ask(ContentReference content) throws IOException {
        Pipeline.Turn turn = pipeline.send(new Request.Ask(content));
        return pipeline.receive(turn, (status, reply) -> status == Reply.Status.NOTHING
                ? Optional.empty()
                : Optional.of(offer(content, ByteBuffer.wrap(reply.body()))));
    }

    private Offer offer(ContentReference asked, ByteBuffer body) throws ProtocolException {
        long size = body.getLong();
        ContentId id = id(StandardCharsets.US_ASCII.decode(body).toString());
        if (size < 0) {
            throw new ProtocolException("a content of " + size + " bytes");
        }
        if (asked.id().isPresent() && !asked.id().get().equals(id)) {
            throw new ProtocolException("the offer of another content than the one that was asked for");
        }
        return new TcpOffer(pipeline, size, id);
    }

    private static ContentId id(String text) throws ProtocolException {
        try {
            return ContentId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("a content id that is none");
        }
    }

    @Override
    public void close() {
        watchdog.close();
        pipeline.close();
    }
}
