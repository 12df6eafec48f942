package dev.swarmdex.peer.host.index;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Endpoint;
import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.protocol.nativeudp.Load;
import dev.swarmdex.protocol.nativeudp.Name;
import dev.swarmdex.protocol.nativeudp.PeerIdentity;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the index in line with what the host offers: joins, registers, deregisters, sends signs of life, and leaves at
 * the end. One thread does all of it by comparing what is offered with what the index is known to have, so it does not
 * matter what was lost on the way, or whether the index was away or restarted.
 */
public final class Registrar implements AutoCloseable {

    private static final String REGISTERED = "registered";
    private static final Logger LOG = LoggerFactory.getLogger(Registrar.class);
    private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);
    /** How long to wait after the first change for others: changes come in bursts. */
    private static final Duration GATHERING = Duration.ofMillis(100);
    /** How long no change must have come before the index is told of a burst. */
    private static final Duration PAUSE = Duration.ofMillis(400);
    /** The longest that the index is kept waiting for the end of a burst. */
    private static final Duration LONGEST_GATHERING = Duration.ofSeconds(3);
    /** How many requests to register are under way at once. */
    private static final int AT_ONCE = 16;
    private static final Duration UNTIL_A_CHANGE = Duration.ofHours(1);
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final IndexClient index;
    private final PeerIdentity peer;
    private final Supplier<List<Endpoint>> endpoints;
    private final Supplier<List<Content>> offered;
    private final Supplier<Load> load;
    private final Settling settling;
    private final RandomGenerator random;
    private final Semaphore changes = new Semaphore(0);
    private final Thread thread;
    private volatile String state = "not registered yet";
    private volatile boolean closed;
    private final Rounds rounds = new Rounds();

    /** What the index has, as far as its answers tell. Only the registrar's thread uses it, and what follows. */
    private Map<String, Content> registered = new HashMap<>();
    private boolean joined;
    /** The endpoints that the index was last told. */
    private List<Endpoint> told = List.of();
    private long nextKeepAlive;

    /**
     * A registrar that does nothing before {@link #start}.
     *
     * @param endpoints where the host serves at the moment it is asked; without any, it has nothing to tell the index
     * @param offered what the host offers at the moment it is asked, in the order in which the index is to hear of it
     * @param load how busy the host is with sending, since it last told
     * @param settling is waited for before the index is told anything, so that a host that starts again finds its files
     *        before the index hears that it has none
     */
    public Registrar(IndexClient index, PeerIdentity peer, Supplier<List<Endpoint>> endpoints,
            Supplier<List<Content>> offered, Supplier<Load> load, Settling settling, RandomGenerator random) {
        this.index = index;
        this.peer = peer;
        this.endpoints = endpoints;
        this.offered = offered;
        this.load = load;
        this.settling = settling;
        this.random = random;
        this.thread = Thread.ofVirtual().name("registrar").unstarted(this::run);
    }

    /** Waits until it is known what the host offers, or long enough. */
    @FunctionalInterface
    public interface Settling {

        /** Blocks; an IOException means that the host is closing. */
        void await() throws IOException;
    }

    /** Joins the index, now or as soon as it answers. */
    public void start() {
        thread.start();
    }

    /** Says that what the host offers, or where it serves, has changed. */
    public void changed() {
        changes.release();
    }

    /** How the host stands with the index, for people to read. */
    public String state() {
        return state;
    }

    /**
     * Waits until the index has confirmed all that the host offers now.
     *
     * @return empty when it has; or how it stands, when it has not within that time, or does not answer
     */
    public Optional<String> awaitRegistered(Duration atMost) throws InterruptedException {
        if (rounds.awaitNext(this::changed, atMost)) {
            return Optional.empty();
        }
        return Optional.of(state.equals(REGISTERED) ? "it is still being told" : state);
    }

    private void run() {
        try {
            settling.await();
            keepInLine();
        } catch (IOException closing) {
            LOG.debug("closed before the index was told anything", closing);
        }
    }

    private void keepInLine() {
        Duration retry = SHORTEST_RETRY;
        while (!closed) {
            try {
                rounds.begin();
                if (endpoints.get().isEmpty()) {
                    leave();
                    setState("nothing to register: no transport serves");
                    rounds.fail();
                    awaitChange(UNTIL_A_CHANGE);
                } else {
                    stayInLine();
                    setState(REGISTERED);
                    rounds.end();
                    retry = SHORTEST_RETRY;
                    awaitChange(Duration.ofNanos(Math.max(0, nextKeepAlive - System.nanoTime())));
                }
            } catch (IOException trouble) {
                setState(String.valueOf(trouble.getMessage()));
                joined = false;
                rounds.fail();
                retry = pause(retry);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void stayInLine() throws IOException, InterruptedException {
        if (joined && !told.equals(endpoints.get())) {
            LOG.info("this host serves at other endpoints now; telling the index");
            joined = false;
        }
        if (joined && System.nanoTime() >= nextKeepAlive && !keepAlive(registered.values()).confirmed()) {
            LOG.info("the index has another list than this host; registering everything again");
            joined = false;
        }
        if (!joined) {
            join();
        }
        reconcile();
    }

    /** Ends what was registered, once nobody can be served any more. */
    private void leave() throws IOException, InterruptedException {
        if (!told.isEmpty()) {
            IndexClient.expect(Reply.Done.class, index.exchange(Request.Deregister.everything(peer)));
            told = List.of();
            registered = new HashMap<>();
        }
        joined = false;
    }

    private void setState(String now) {
        if (!now.equals(state)) {
            state = now;
            if (now.equals(REGISTERED)) {
                LOG.info("{} at the index with {} contents", now, registered.size());
            } else if (joined) {
                LOG.warn("registered at the index, but: {}", now);
            } else {
                LOG.warn("not registered: {}", now);
            }
        }
    }

    /** Waits before another attempt; returns how long to wait before the one after it. */
    private Duration pause(Duration retry) {
        try {
            long nanos = retry.toNanos();
            Thread.sleep(Duration.ofNanos(random.nextLong(nanos / 2, nanos)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            closed = true;
        }
        Duration doubled = retry.multipliedBy(2);
        return doubled.compareTo(LONGEST_RETRY) < 0 ? doubled : LONGEST_RETRY;
    }

    private void awaitChange(Duration longest) throws InterruptedException {
        if (changes.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS)) {
            long latest = System.nanoTime() + LONGEST_GATHERING.toNanos();
            Thread.sleep(GATHERING);
            while (changes.drainPermits() > 0 && System.nanoTime() < latest && !rounds.isAwaited()) {
                Thread.sleep(PAUSE);
            }
        }
    }

    /**
     * Joins. An index that was restarted, or that remembers this host from before the host was, needs no registrations
     * if its list is the right one; if not it gets all, and if it then has some that the host does not offer any more,
     * the host leaves and starts from nothing.
     */
    private void join() throws IOException, InterruptedException {
        Map<String, Content> all = byName(offered.get());
        if (keepAlive(all.values()).confirmed()) {
            registered = all;
        } else {
            registered = new HashMap<>();
            reconcile();
            if (!keepAlive(registered.values()).confirmed()) {
                IndexClient.expect(Reply.Done.class, index.exchange(Request.Deregister.everything(peer)));
                registered = new HashMap<>();
                keepAlive(List.of());
            }
        }
        joined = true;
    }

    private Reply.Alive keepAlive(Iterable<Content> contents) throws IOException, InterruptedException {
        ListDigest digest = ListDigest.of(contents);
        List<Endpoint> now = endpoints.get();
        Request.KeepAlive request = new Request.KeepAlive(peer, now, digest.mappings(), digest.value(),
                Optional.of(load.get()));
        Reply.Alive alive = IndexClient.expect(Reply.Alive.class, index.exchange(request));
        told = now;
        long third = alive.lease().toNanos() / 3;
        nextKeepAlive = System.nanoTime() + random.nextLong(third * 9 / 10, third * 11 / 10 + 1);
        return alive;
    }

    private void reconcile() throws IOException, InterruptedException {
        Map<String, Content> wanted = byName(offered.get());
        List<Name> gone = registered.values().stream().filter(content -> !wanted.containsKey(content.name()))
                .map(content -> new Name(content.name(), Optional.empty())).toList();
        for (Request.Deregister request : Request.Deregister.split(peer, gone)) {
            IndexClient.expect(Reply.Done.class, index.exchange(request));
            request.names().forEach(name -> registered.remove(name.name()));
        }
        List<Content> fresh = wanted.values().stream()
                .filter(content -> !content.equals(registered.get(content.name()))).toList();
        List<Request.Register> requests = Request.Register.split(peer, fresh);
        for (int from = 0; from < requests.size(); from += AT_ONCE) {
            register(requests.subList(from, Math.min(requests.size(), from + AT_ONCE)));
        }
    }

    /** The index answers after its commit, and commits together what arrives together: so it gets several at once. */
    private void register(List<Request.Register> requests) throws IOException, InterruptedException {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> replies = threads
                    .invokeAll(
                            requests.stream().<Callable<Reply>>map(request -> () -> index.exchange(request)).toList());
            for (int i = 0; i < requests.size(); i++) {
                Reply.Done done = IndexClient.expect(Reply.Done.class, replies.get(i).get());
                note(requests.get(i).contents(), done.outcomes());
            }
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof IOException known ? known : new IOException(failure.getCause());
        }
    }

    private void note(List<Content> contents, List<Reply.Outcome> outcomes) throws IndexException {
        if (outcomes.size() != contents.size()) {
            throw new IndexException("the index answered for " + outcomes.size() + " contents of " + contents.size());
        }
        List<String> refused = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            Content content = contents.get(i);
            if (outcomes.get(i) == Reply.Outcome.REFUSED) {
                refused.add(content.name());
            } else {
                registered.put(content.name(), content);
            }
        }
        if (!refused.isEmpty()) {
            LOG.warn("the index refused {} contents, among them {}", refused.size(), refused.getFirst());
        }
    }

    private static Map<String, Content> byName(List<Content> contents) {
        Map<String, Content> byName = LinkedHashMap.newLinkedHashMap(contents.size());
        contents.forEach(content -> byName.put(content.name(), content));
        return byName;
    }

    /** Deregisters everything, if the index answers soon, and stops. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        Thread leaving = Thread.ofVirtual().name("leave").start(() -> {
            try {
                thread.join();
                index.exchange(Request.Deregister.everything(peer));
            } catch (IOException | InterruptedException silent) {
                LOG.debug("left without the index knowing", silent);
            }
        });
        try {
            if (!leaving.join(LEAVING)) {
                LOG.warn("the index has not confirmed that this host leaves; it will notice by itself");
                leaving.interrupt();
            }
        } catch (InterruptedException hurry) {
            leaving.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
