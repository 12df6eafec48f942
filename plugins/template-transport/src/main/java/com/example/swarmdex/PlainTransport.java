package com.example.swarmdex;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.SharedContent;
import dev.swarmdex.peer.api.Shelf;
import dev.swarmdex.peer.api.Transport;
import dev.swarmdex.peer.transportkit.ConnectionPerTransfer;
import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.Options;
import dev.swarmdex.peer.transportkit.Output;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.ServerLimits;
import dev.swarmdex.peer.transportkit.StreamServer;
import dev.swarmdex.peer.transportkit.TimedChannel;
import dev.swarmdex.peer.transportkit.WholeOffer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.pf4j.Extension;

/**
 * A connection for each content: the client sends the length of the name (2 bytes, big-endian) and the name, the server
 * answers with the content's size (8 bytes; -1 if there is no such content) and the content.
 */
@Extension
public final class PlainTransport implements Transport {

    private static final String SCHEME = "plain";
    private static final long ABSENT = -1;
    private static final int BUFFER = 64 << 10;

    @Override
    public String scheme() {
        return SCHEME;
    }

    @Override
    public Server serve(InetSocketAddress bind, Map<String, String> options, Shelf shelf) throws IOException {
        ServerLimits limits = limits(options);
        return StreamServer.start(SCHEME, bind, limits, client -> answer(client, limits, shelf));
    }

    @Override
    public Connection connect(Endpoint endpoint, Map<String, String> options, Duration timeout) {
        if (!endpoint.scheme().equals(SCHEME)) {
            throw new IllegalArgumentException("transport plain does not speak to " + endpoint);
        }
        limits(options);
        return new ConnectionPerTransfer(endpoint, timeout, name -> true,
                (channel, name) -> ask(channel, timeout, name));
    }

    private static ServerLimits limits(Map<String, String> options) {
        return ServerLimits.of(Options.of(SCHEME, options, ServerLimits.MAX_CONNECTIONS));
    }

    private static void answer(TimedChannel client, ServerLimits limits, Shelf shelf) throws IOException {
        client.allow(limits.request());
        Optional<SharedContent> content = shelf.find(requested(client));
        Output output = new Output(client, limits.slice());
        output.write(ByteBuffer.allocate(Long.BYTES).putLong(content.map(SharedContent::size).orElse(ABSENT)).flip());
        if (content.isPresent()) {
            output.write(content.get(), 0, content.get().size());
        }
    }

    private static ContentReference requested(TimedChannel client) throws IOException {
        Input input = new Input(client, ByteBuffer.allocate(ContentReference.LONGEST_NAME));
        int length = Short.toUnsignedInt(input.take(Short.BYTES).getShort());
        if (length > ContentReference.LONGEST_NAME) {
            throw new ProtocolException("it asks for a name of " + length + " bytes");
        }
        try {
            return ContentReference.byName(StandardCharsets.UTF_8.decode(input.take(length)).toString());
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("the name it asks for is not valid: " + e.getMessage(), e);
        }
    }

    private static Optional<Offer> ask(TimedChannel channel, Duration timeout, String name) throws IOException {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        channel.allow(timeout);
        channel.write(ByteBuffer.allocate(Short.BYTES + bytes.length).putShort((short) bytes.length).put(bytes).flip());
        Input input = new Input(channel, ByteBuffer.allocate(BUFFER));
        long size = input.take(Long.BYTES).getLong();
        channel.allowForever();
        if (size < ABSENT) {
            throw new ProtocolException("the peer states a size of " + size);
        }
        return size == ABSENT
                ? Optional.empty()
                : Optional.of(new WholeOffer(channel, OptionalLong.of(size), 0,
                        sink -> receive(channel, input, size, timeout, sink)));
    }

    private static void receive(TimedChannel channel, Input input, long size, Duration timeout, Offer.Sink sink)
            throws IOException {
        for (long left = size; left > 0;) {
            channel.allow(timeout);
            ByteBuffer some = input.takeSome(left);
            channel.allowForever();
            left -= some.remaining();
            sink.accept(some);
        }
    }
}
