package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.MalformedPacketException;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.ReplyCodec;
import dev.swarmdex.protocol.nativeudp.ReplyPacket;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.RequestCodec;
import dev.swarmdex.protocol.nativeudp.RequestPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A UDP socket connected to one index server. Any number of threads send requests at once; one virtual thread receives
 * and gives each reply to the request that waits for it.
 */
final class IndexLink implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(IndexLink.class);
    private static final int LARGEST_DATAGRAM = 65_536;

    private final DatagramChannel channel;
    private final AtomicInteger requestIds;
    private final Map<Integer, CompletableFuture<Reply>> waiting = new ConcurrentHashMap<>();

    private IndexLink(DatagramChannel channel, int firstRequestId) {
        this.channel = channel;
        this.requestIds = new AtomicInteger(firstRequestId);
    }

    static IndexLink open(InetSocketAddress server, int firstRequestId) throws IOException {
        DatagramChannel channel = DatagramChannel.open();
        try {
            channel.connect(server);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
        IndexLink link = new IndexLink(channel, firstRequestId);
        Thread.ofVirtual().name("index-replies").start(link::receive);
        return link;
    }

    /**
     * Sends a request once and waits for its reply.
     *
     * @throws TimeoutException when none came in time
     * @throws PortUnreachableException when the server's machine says that nothing listens there
     */
    Reply exchange(long connectionId, Request request, Duration patience)
            throws IOException, TimeoutException, InterruptedException {
        int id = requestIds.getAndIncrement();
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        waiting.put(id, reply);
        try {
            ByteBuffer datagram = RequestCodec.encode(new RequestPacket(id, connectionId, request));
            // on a thread that nobody can interrupt: that would close the channel, and with it fail all who wait for a reply
            Thread.ofVirtual().name("index-request").start(() -> send(datagram, reply));
            return reply.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof PortUnreachableException) {
                throw new PortUnreachableException("nothing listens there");
            }
            throw new IOException("the link to the index broke", failure.getCause());
        } finally {
            waiting.remove(id);
        }
    }

    private void send(ByteBuffer datagram, CompletableFuture<Reply> reply) {
        try {
            channel.write(datagram);
        } catch (IOException failure) {
            reply.completeExceptionally(failure);
        }
    }

    private void receive() {
        ByteBuffer datagram = ByteBuffer.allocate(LARGEST_DATAGRAM);
        while (channel.isOpen()) {
            try {
                datagram.clear();
                channel.read(datagram);
                deliver(ReplyCodec.decode(datagram.flip()));
            } catch (PortUnreachableException nobody) {
                failAll(nobody);
            } catch (MalformedPacketException garbage) {
                LOG.debug("a datagram that is no reply: {}", garbage.getMessage());
            } catch (ClosedChannelException closed) {
                failAll(closed);
            } catch (IOException failure) {
                LOG.debug("receiving from the index", failure);
                failAll(failure);
            }
        }
    }

    private void deliver(ReplyPacket packet) {
        CompletableFuture<Reply> request = waiting.remove(packet.requestId());
        if (request != null) {
            request.complete(packet.reply());
        }
    }

    private void failAll(IOException failure) {
        waiting.values().forEach(request -> request.completeExceptionally(failure));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failure) {
            LOG.debug("closing the link to the index", failure);
        }
    }
}
