package dev.swarmdex.plugin.kilobyte;

import dev.swarmdex.peer.transportkit.Input;
import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.TimedChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;

/**
 * Sends requests ahead of the replies, which come in the same order. Threads that share a connection take turns with it,
 * first come first served. Whoever gives up during its turn leaves the connection in order: the replies that are still on
 * their way are few, and are read before the next turn.
 */
final class Pipeline implements AutoCloseable {

    private static final int REPLIES_AT_ONCE = 64;

    private final TimedChannel channel;
    private final Duration timeout;
    private final int inFlight;
    /** The rest belongs to the thread that holds it. */
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Input input;
    private final ByteBuffer requests;

    /**
     * A pipeline over a connection, which it closes.
     *
     * @param timeout the longest that a reply may take
     * @param inFlight the most requests without a reply
     */
    Pipeline(TimedChannel channel, Duration timeout, int inFlight) {
        this.channel = channel;
        this.timeout = timeout;
        this.inFlight = inFlight;
        this.input = new Input(channel, ByteBuffer.allocateDirect(REPLIES_AT_ONCE * Reply.LENGTH));
        this.requests = ByteBuffer.allocateDirect(inFlight * Request.LENGTH);
    }

    /** Takes one reply after the other. */
    @FunctionalInterface
    interface ReplySink {

        /** Uses the reply to a portion's request; its data is gone once this returns. */
        void accept(long portion, Reply reply) throws IOException;
    }

    /**
     * Sends the requests for the portions from {@code first} to before {@code end}, and hands over the replies in this
     * order.
     *
     * @throws IOException when the connection fails; what the sink throws passes through, and leaves it usable
     */
    void exchange(long first, long end, LongFunction<Request> request, ReplySink sink) throws IOException {
        takeTurn();
        try {
            exchangeInTurn(first, end, request, sink);
        } finally {
            turn.unlock();
        }
    }

    private void exchangeInTurn(long first, long end, LongFunction<Request> request, ReplySink sink)
            throws IOException {
        long sent = first;
        long received = first;
        try {
            while (received < end) {
                sent = send(sent, Math.min(end, received + inFlight), request);
                Reply reply = receive(request.apply(received));
                received++;
                sink.accept(received - 1, reply);
            }
        } catch (IOException | RuntimeException e) {
            skip(received, sent, request, e);
            throw e;
        }
    }

    private void takeTurn() throws IOException {
        try {
            turn.lockInterruptibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a turn on the connection");
        }
    }

    /**
     * Sends what there is room for, one request after each reply: it also acknowledges the reply, for which the kernel of
     * a program that has not switched off Nagle's algorithm waits before it sends the next one.
     */
    private long send(long first, long end, LongFunction<Request> request) throws IOException {
        if (first == end) {
            return end;
        }
        requests.clear();
        for (long portion = first; portion < end; portion++) {
            request.apply(portion).write(requests);
        }
        channel.allow(timeout);
        channel.write(requests.flip());
        return end;
    }

    private Reply receive(Request request) throws IOException {
        Reply reply = next(request.portion());
        if (reply.hasFile() && reply.portion() != request.portion()) {
            channel.close();
            throw new ProtocolException("portion " + reply.portion() + " instead of " + request.portion());
        }
        return reply;
    }

    private Reply next(long asked) throws IOException {
        channel.allow(timeout);
        ByteBuffer bytes = input.take(Reply.LENGTH);
        channel.allowForever();
        try {
            return Reply.parse(bytes, asked);
        } catch (IllegalArgumentException e) {
            channel.close();
            throw new ProtocolException("the peer sends what can't be: " + e.getMessage(), e);
        }
    }

    private void skip(long first, long end, LongFunction<Request> request, Exception cause) {
        try {
            for (long portion = first; portion < end && channel.isOpen(); portion++) {
                next(request.apply(portion).portion());
            }
        } catch (IOException e) {
            channel.close();
            cause.addSuppressed(e);
        }
    }

    @Override
    public void close() {
        channel.close();
    }
}
