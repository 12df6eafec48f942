package dev.swarmdex.plugin.tcp;

import dev.swarmdex.peer.transportkit.ProtocolException;
import dev.swarmdex.peer.transportkit.TimedChannel;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads share a connection: requests go out in the order of the calls, replies come back in the same order,
 * and each caller reads its own off the socket when those before it are done. So there is no reader thread, no copy and
 * no queue of bodies; a caller that is slow to take its bytes slows the peer down through TCP's own flow control.
 *
 * <p>A caller that is interrupted while it waits abandons its turn; the next one skips that reply. Safe for many threads.
 */
final class Pipeline implements AutoCloseable {

    /** Beyond this many unwanted replies, reading on costs more than to connect anew. */
    private static final int ABANDONED_AT_MOST = 32;

    private final TimedChannel channel;
    /** Belongs to the thread whose turn it is. */
    private final Receiver receiver;
    private final Semaphore inFlight = new Semaphore(Wire.REQUESTS_IN_FLIGHT);
    /** Held while a request is written, so that turns are in the order of the requests. */
    private final ReentrantLock sending = new ReentrantLock();
    /** Guards all that follows. */
    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Turn> turns = new ArrayDeque<>();
    private boolean reading;
    private int lastId;
    private @Nullable IOException failure;

    Pipeline(TimedChannel channel, Receiver receiver) {
        this.channel = channel;
        this.receiver = receiver;
    }

    /** A request that was sent, whose reply was not read yet. The caller has to receive or abandon it. */
    static final class Turn {

        private final int id;
        private final Request request;
        private final Condition ready;
        private boolean abandoned;

        private Turn(int id, Request request, Condition ready) {
            this.id = id;
            this.request = request;
            this.ready = ready;
        }
    }

    /** Reads the body of a reply, or part of it. */
    @FunctionalInterface
    interface BodyReader<T> {

        T read(Reply.Status status, Receiver receiver) throws IOException;
    }

    /** Sends a request; waits while too many are in flight. */
    Turn send(Request request) throws IOException {
        try {
            inFlight.acquire();
        } catch (InterruptedException e) {
            throw interrupted();
        }
        return sendPermitted(request);
    }

    /** Sends a request unless too many are in flight: for a caller that has a turn already and must not wait here. */
    Optional<Turn> trySend(Request request) throws IOException {
        return inFlight.tryAcquire() ? Optional.of(sendPermitted(request)) : Optional.empty();
    }

    private Turn sendPermitted(Request request) throws IOException {
        sending.lock();
        try {
            if (Thread.currentThread().isInterrupted()) {
                // writing with this flag set would close the channel for all
                inFlight.release();
                throw interrupted();
            }
            return write(request);
        } finally {
            sending.unlock();
        }
    }

    private Turn write(Request request) throws IOException {
        try {
            Turn turn = enqueue(request);
            channel.write(Request.frame(turn.id, request));
            return turn;
        } catch (IOException e) {
            inFlight.release();
            fail(e);
            throw e;
        }
    }

    private Turn enqueue(Request request) throws IOException {
        lock.lock();
        try {
            checkUsable();
            Turn turn = new Turn(++lastId, request, lock.newCondition());
            turns.addLast(turn);
            return turn;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the turn and reads the one reply. */
    <T> T receive(Turn turn, BodyReader<T> body) throws IOException {
        return inTurn(turn, () -> body.read(next(turn), receiver));
    }

    /** Waits for the turn and reads all its replies; the reader throws nothing but what the receiver does. */
    void receiveAll(Turn turn, BodyReader<?> each) throws IOException {
        inTurn(turn, () -> {
            for (int i = 0; i < turn.request.replies(); i++) {
                each.read(next(turn), receiver);
            }
            return turn;
        });
    }

    private Reply.Status next(Turn turn) throws IOException {
        Reply reply = receiver.header(turn.id, turn.request);
        if (reply.status() == Reply.Status.ERROR) {
            throw receiver.refusal();
        }
        return reply.status();
    }

    /** What is done in a turn. */
    private interface Reading<T> {

        T read() throws IOException;
    }

    private <T> T inTurn(Turn turn, Reading<T> reading) throws IOException {
        awaitTurn(turn);
        try {
            skipAbandoned(turn);
            return reading.read();
        } catch (ProtocolException e) {
            fail(e);
            throw e;
        } catch (IOException e) {
            // a refusal, or what a sink throws, leaves the connection as it is
            if (!channel.isOpen()) {
                fail(e);
            }
            throw e;
        } finally {
            done(turn);
        }
    }

    /** Gives up a turn whose reply nobody wants any more. */
    void abandon(Turn turn) {
        lock.lock();
        try {
            turn.abandoned = true;
            if (turns.stream().filter(other -> other.abandoned).count() > ABANDONED_AT_MOST) {
                fail(new IOException("too many requests were given up on this connection"));
            }
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    private void awaitTurn(Turn turn) throws IOException {
        lock.lock();
        try {
            while (reading || firstWanted() != turn) {
                checkUsable();
                turn.ready.await();
            }
            checkUsable();
            if (Thread.currentThread().isInterrupted()) {
                // reading with this flag set would close the channel for all
                throw new InterruptedException();
            }
            reading = true;
        } catch (InterruptedException e) {
            abandon(turn);
            throw interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void skipAbandoned(Turn mine) throws IOException {
        while (true) {
            Turn first;
            lock.lock();
            try {
                first = turns.getFirst();
            } finally {
                lock.unlock();
            }
            if (first == mine) {
                return;
            }
            Reply.Status status = Reply.Status.OK;
            for (int i = 0; i < first.request.replies() && status != Reply.Status.ERROR; i++) {
                status = receiver.header(first.id, first.request).status();
            }
            remove(first);
        }
    }

    private void done(Turn turn) {
        lock.lock();
        try {
            remove(turn);
            reading = false;
            wakeNext();
        } finally {
            lock.unlock();
        }
    }

    private void remove(Turn turn) {
        lock.lock();
        try {
            if (turns.remove(turn)) {
                inFlight.release();
            }
        } finally {
            lock.unlock();
        }
    }

    private void wakeNext() {
        Turn next = firstWanted();
        if (next != null) {
            next.ready.signal();
        }
    }

    private @Nullable Turn firstWanted() {
        for (Turn turn : turns) {
            if (!turn.abandoned) {
                return turn;
            }
        }
        return null;
    }

    private void checkUsable() throws IOException {
        if (failure != null) {
            throw new IOException("the connection is closed: " + failure.getMessage(), failure);
        }
    }

    /** Ends the connection for everyone; the first reason stays. */
    private void fail(IOException cause) {
        lock.lock();
        try {
            if (failure == null) {
                failure = cause;
                // nobody needs to wait for a free place any more
                inFlight.release(Wire.REQUESTS_IN_FLIGHT);
            }
            channel.close();
            turns.forEach(turn -> turn.ready.signal());
        } finally {
            lock.unlock();
        }
    }

    private static InterruptedIOException interrupted() {
        Thread.currentThread().interrupt();
        return new InterruptedIOException("interrupted while waiting for a turn on the connection");
    }

    @Override
    public void close() {
        fail(new IOException("closed by this host"));
    }
}
