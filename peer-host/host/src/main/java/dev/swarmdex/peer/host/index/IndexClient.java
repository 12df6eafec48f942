package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import dev.swarmdex.protocol.nativeudp.Source;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks the index. Requests that get no answer are sent again with growing, jittered waits, then to the next server of
 * the list. Safe for any number of threads; the current server and its connection id are guarded by the client's
 * monitor, and no exchange is made while holding it.
 */
public final class IndexClient implements AutoCloseable {

    private static final int ATTEMPTS = 5;
    private static final int MOST_BUSY_ANSWERS = 20;
    private static final Duration FIRST_PATIENCE = Duration.ofMillis(250);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);
    private static final int MOST_PAGES = 100_000;
    /** After so many requests without an answer, which takes 1.75 s, who waits is told. */
    private static final int TOLD_AFTER = 3;

    private static final ThreadLocal<Consumer<URI>> TELLING = ThreadLocal.withInitial(() -> _ -> {});

    private final List<URI> servers;
    private final RandomGenerator random;
    private int current;
    private @Nullable Connected connected;
    private boolean closed;

    /** A link with the connection id that is valid on it, and where it leads. */
    private record Connected(IndexLink link, long connectionId, ServerMachine machine) {}

    /** A reply, and where the server is that gave it. */
    private record Answer(Reply reply, ServerMachine from) {}

    /**
     * A client of those servers; it connects when it is first used.
     *
     * @param servers {@code udp://host:port}, in the order of preference; without any, every request fails
     */
    public IndexClient(List<URI> servers, RandomGenerator random) {
        this.servers = List.copyOf(servers);
        this.random = random;
    }

    /** Something that asks the index on the thread that does it. */
    @FunctionalInterface
    public interface Task<T> {

        /** Does it. */
        T run() throws IOException, InterruptedException;
    }

    /** Does a task, and tells of each server that this thread meanwhile waits for in vain for some time. */
    public static <T> T telling(Consumer<URI> silent, Task<T> task) throws IOException, InterruptedException {
        TELLING.set(silent);
        try {
            return task.run();
        } finally {
            TELLING.remove();
        }
    }

    /** Whether there is any server to ask. */
    public boolean hasServers() {
        return !servers.isEmpty();
    }

    /** The contents of that exact name, with all their sources. */
    public List<Listing> byName(String name) throws IOException, InterruptedException {
        return contents(cursor -> new Request.SearchName(name, cursor));
    }

    /** The contents with that id (one for each name), with all their sources. */
    public List<Listing> byId(String id) throws IOException, InterruptedException {
        return contents(cursor -> new Request.SearchId(id, cursor));
    }

    /** The contents whose names hold all the words. */
    public List<Listing> byWords(List<String> words) throws IOException, InterruptedException {
        return contents(cursor -> new Request.SearchWords(words, cursor));
    }

    /** All contents. */
    public List<Listing> all() throws IOException, InterruptedException {
        return contents(Request.ListContents::new);
    }

    /** All peers. */
    public List<Reply.Peer> peers() throws IOException, InterruptedException {
        List<Reply.Peer> peers = new ArrayList<>();
        Cursor cursor = Cursor.NONE;
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer answer = ask(new Request.ListPeers(cursor));
            Reply.Peers reply = expect(Reply.Peers.class, answer.reply());
            reply.peers().stream().map(answer.from()::seenFromHere).forEach(peers::add);
            cursor = reply.next();
            if (cursor.equals(Cursor.NONE)) {
                return peers;
            }
        }
        throw new IndexException("the index's list of peers does not end");
    }

    private List<Listing> contents(Function<Cursor, Request> request) throws IOException, InterruptedException {
        Map<Content, List<Source>> merged = new LinkedHashMap<>();
        Cursor cursor = Cursor.NONE;
        for (int page = 0; page < MOST_PAGES; page++) {
            Answer answer = ask(request.apply(cursor));
            Reply.Contents reply = expect(Reply.Contents.class, answer.reply());
            for (Listing listing : reply.listings()) {
                merged.computeIfAbsent(listing.content(), _ -> new ArrayList<>())
                        .addAll(answer.from().seenFromHere(listing).sources());
            }
            cursor = reply.next();
            if (cursor.equals(Cursor.NONE)) {
                return merged.entrySet().stream().map(entry -> new Listing(entry.getKey(), entry.getValue())).toList();
            }
        }
        throw new IndexException("the index's list of contents does not end");
    }

    /** The reply as the kind that answers the request; any other is the index's fault. */
    static <R extends Reply> R expect(Class<R> kind, Reply reply) throws IndexException {
        if (kind.isInstance(reply)) {
            return kind.cast(reply);
        }
        if (reply instanceof Reply.Refused refused) {
            throw new IndexException("the index refused: " + refused.message());
        }
        throw new IndexException("the index gave an answer of the wrong kind: " + reply.getClass().getSimpleName());
    }

    /**
     * Sends a request until some server answers it.
     *
     * @return the reply; a refusal only where repeating the request would not help
     * @throws IndexException when no server answers
     */
    public Reply exchange(Request request) throws IOException, InterruptedException {
        return ask(request).reply();
    }

    private Answer ask(Request request) throws IOException, InterruptedException {
        if (servers.isEmpty()) {
            throw new IndexException("this needs an index, and none is configured; name one in discovery.index");
        }
        StringJoiner failures = new StringJoiner("; ");
        for (int tried = 0; tried < servers.size(); tried++) {
            int server = currentServer();
            try {
                return exchangeWith(server, request);
            } catch (TimeoutException | PortUnreachableException silent) {
                failures.add(servers.get(server) + " (" + silent.getMessage() + ")");
            } catch (IOException broken) {
                requireOpen();
                failures.add(servers.get(server) + " (" + broken.getMessage() + ")");
            }
            leave(server);
        }
        throw new IndexException("no index server answers: " + failures
                + "; check discovery.index in the config, or start one with: swarmdex index run");
    }

    private Answer exchangeWith(int server, Request request)
            throws IOException, TimeoutException, InterruptedException {
        int busyAnswers = 0;
        for (int attempt = 0; attempt < ATTEMPTS;) {
            try {
                Duration patience = FIRST_PATIENCE.multipliedBy(1L << attempt);
                Connected through = connect(server, patience);
                Reply reply = through.link().exchange(through.connectionId(), request, patience);
                Answer answer = new Answer(reply, through.machine());
                if (!(reply instanceof Reply.Refused refused)) {
                    return answer;
                }
                switch (refused.reason()) {
                    case STALE_CONNECTION -> {
                        renew(through, patience);
                        attempt++;
                    }
                    case BUSY -> {
                        if (++busyAnswers == MOST_BUSY_ANSWERS) {
                            return answer;
                        }
                        Thread.sleep(jittered(shorter(refused.retryAfter(), LONGEST_RETRY)));
                    }
                    default -> {
                        return answer;
                    }
                }
            } catch (PortUnreachableException nobody) {
                if (attempt >= 1) {
                    throw nobody;
                }
                Thread.sleep(jittered(FIRST_PATIENCE));
                attempt++;
            } catch (TimeoutException silent) {
                attempt++;
                if (attempt == TOLD_AFTER) {
                    TELLING.get().accept(servers.get(server));
                }
            }
        }
        throw new TimeoutException("no answer to %d requests".formatted(ATTEMPTS));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Between half of a duration and all of it, so that clients that were refused together don't return together. */
    private Duration jittered(Duration duration) {
        long nanos = Math.max(2, duration.toNanos());
        return Duration.ofNanos(random.nextLong(nanos / 2, nanos));
    }

    private Connected connect(int server, Duration patience)
            throws IOException, TimeoutException, InterruptedException {
        InetSocketAddress at;
        IndexLink link;
        synchronized (this) {
            requireOpen();
            if (connected != null && current == server) {
                return connected;
            }
            at = address(servers.get(server));
            link = IndexLink.open(at, random.nextInt());
        }
        try {
            Reply.Welcome welcome = expect(Reply.Welcome.class, link.exchange(0, new Request.Hello(), patience));
            return keep(server, new Connected(link, welcome.connectionId(), ServerMachine.of(at.getAddress())));
        } catch (IOException | TimeoutException | InterruptedException | RuntimeException failure) {
            link.close();
            throw failure;
        }
    }

    private synchronized Connected keep(int server, Connected fresh) throws IOException {
        if (closed || server != current || connected != null) {
            fresh.link().close();
            requireOpen();
            if (connected == null || server != current) {
                throw new IOException("another request has moved on to the next index server");
            }
            return connected;
        }
        connected = fresh;
        return fresh;
    }

    private synchronized void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the index client is closed");
        }
    }

    private synchronized int currentServer() {
        return current;
    }

    /** Gets a new connection id over the same link, on which other threads may be waiting. */
    private void renew(Connected stale, Duration patience) throws IOException, TimeoutException, InterruptedException {
        Reply.Welcome welcome = expect(Reply.Welcome.class, stale.link().exchange(0, new Request.Hello(), patience));
        synchronized (this) {
            if (stale.equals(connected)) {
                connected = new Connected(stale.link(), welcome.connectionId(), stale.machine());
            }
        }
    }

    /** Moves on to the next server, unless another thread has done so. */
    private synchronized void leave(int server) {
        if (current != server) {
            return;
        }
        if (connected != null) {
            connected.link().close();
            connected = null;
        }
        current = (current + 1) % servers.size();
    }

    private static InetSocketAddress address(URI server) throws IndexException {
        InetSocketAddress address = new InetSocketAddress(server.getHost(), server.getPort());
        if (address.isUnresolved()) {
            throw new IndexException("the index server's name is not known: " + server.getHost());
        }
        return address;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (connected != null) {
            connected.link().close();
            connected = null;
        }
    }
}
