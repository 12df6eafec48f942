package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.api.Connection;
import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Offer;
import dev.swarmdex.peer.api.WholeContent;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.TimedChannel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/** The asking side of a connection. Safe for many threads. */
final class TcpConnection implements Connection {

    private final Pipeline pipeline;

    private TcpConnection(Pipeline pipeline) {
        this.pipeline = pipeline;
    }

    static TcpConnection open(Endpoint endpoint, Duration timeout) throws IOException {
        long begin = System.nanoTime();
        TimedChannel channel = TimedChannel.connect(endpoint, timeout);
        try {
            // one time for both: who is slow to accept has so much less of it to greet
            channel.allow(timeout.minusNanos(System.nanoTime() - begin));
            Receiver receiver = new Receiver(channel, timeout);
            greet(channel, receiver);
            return new TcpConnection(new Pipeline(channel, receiver));
        } catch (IOException e) {
            channel.close();
            throw new IOException("can't connect to " + endpoint + ": " + e.getMessage(), e);
        }
    }

    private static void greet(TimedChannel channel, Receiver receiver) throws IOException {
        channel.write(Wire.preface());
        int version = receiver.preface();
        if (version != Wire.VERSION) {
            throw new ProtocolException("the peer speaks version " + version + ", this host " + Wire.VERSION);
        }
    }

    @Override
    public Optional<Offer> ask(ContentReference content) throws IOException {
        Pipeline.Turn turn = pipeline.send(new Request.Ask(content));
        return pipeline.receive(turn, (status, reply) -> status == Reply.Status.NOTHING
                ? Optional.empty()
                : Optional.of(offer(content, ByteBuffer.wrap(reply.body()), status == Reply.Status.PART)));
    }

    @Override
    public BitSet readWhole(List<WholeContent> contents, ByteBuffer target) throws IOException {
        return new WholeContents(contents, target).read(pipeline);
    }

    private Offer offer(ContentReference asked, ByteBuffer body, boolean partial) throws ProtocolException {
        long size = body.getLong();
        ContentId id = id(StandardCharsets.US_ASCII.decode(body).toString());
        if (size < 0) {
            throw new ProtocolException("a content of " + size + " bytes");
        }
        if (asked.id().isPresent() && !asked.id().get().equals(id)) {
            throw new ProtocolException("the offer of another content than the one that was asked for");
        }
        return new TcpOffer(pipeline, size, id, partial);
    }

    private static ContentId id(String text) throws ProtocolException {
        try {
            return ContentId.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("a content id that is none", e);
        }
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
