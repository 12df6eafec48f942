package dev.swarmdex.server.frontend.nativeudp;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import dev.swarmdex.server.frontend.UdpClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A client with a real socket, for tests. */
public final class NativeClient implements AutoCloseable {

    private final UdpClient client;
    private int requests;
    private long connectionId;

    public NativeClient(InetSocketAddress server) throws IOException {
        client = new UdpClient(server);
    }

    public static PeerIdentity peer(String name) {
        return new PeerIdentity(name, "%032x".formatted(name.hashCode() & 0xffffL));
    }

    public long hello() throws IOException {
        connectionId = ((Reply.Welcome) ask(new Request.Hello())).connectionId();
        return connectionId;
    }

    public void use(long id) {
        connectionId = id;
    }

    public Reply ask(Request request) throws IOException {
        ByteBuffer reply = exchange(RequestCodec.encode(new RequestPacket(++requests, connectionId, request)))
                .orElseThrow(() -> new SocketTimeoutException("no answer to " + request));
        try {
            ReplyPacket packet = ReplyCodec.decode(reply);
            if (packet.requestId() != requests) {
                throw new IllegalStateException("an answer to request " + packet.requestId());
            }
            return packet.reply();
        } catch (MalformedPacketException e) {
            throw new IOException(e);
        }
    }

    /** Joins as a peer on port 7118 of wherever this client is, with a list of these contents. */
    public Reply keepAlive(String name, Content... list) throws IOException {
        ListDigest digest = ListDigest.of(List.of(list));
        return ask(new Request.KeepAlive(peer(name), List.of(new Endpoint("tcp", "", 7118)), digest.mappings(),
                digest.value()));
    }

    public Reply register(String name, Content... contents) throws IOException {
        return ask(new Request.Register(peer(name), List.of(contents)));
    }

    /** Says hello, joins and registers. */
    public void share(String name, Content... contents) throws IOException {
        hello();
        keepAlive(name);
        for (Request.Register part : Request.Register.split(peer(name), List.of(contents))) {
            ask(part);
        }
    }

    public Reply.Contents search(String name) throws IOException {
        return (Reply.Contents) ask(new Request.SearchName(name, Cursor.NONE));
    }

    /** Sends bytes as they are, and waits for an answer. */
    public Optional<ByteBuffer> exchange(ByteBuffer request) throws IOException {
        send(request);
        return client.await();
    }

    /** Whether nothing comes for a while. */
    public boolean hearsNothing() throws IOException {
        return client.hearsNothing();
    }

    public void send(ByteBuffer request) throws IOException {
        client.send(request);
    }

    /** The next answer that comes, to whichever request; nothing if none comes for a while. */
    public Optional<ReplyPacket> next() throws IOException {
        try {
            Optional<ByteBuffer> reply = client.poll();
            return reply.isEmpty() ? Optional.empty() : Optional.of(ReplyCodec.decode(reply.get()));
        } catch (MalformedPacketException e) {
            throw new IOException(e);
        }
    }

    /** Sends a registration without waiting for its answer; the result is the request's id. */
    public int beginRegistration(String name, Content content) throws IOException {
        send(RequestCodec.encode(new RequestPacket(++requests, connectionId,
                new Request.Register(peer(name), List.of(content)))));
        return requests;
    }

    @Override
    public void close() {
        client.close();
    }
}
