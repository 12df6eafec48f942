package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Cursor;
import dev.swarmdex.protocol.nativeudp.ListDigest;
import dev.swarmdex.protocol.nativeudp.Listing;
import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** A peer that shares something, and checks all the time that the index says so. Runs until it is stopped, or fails. */
final class HonestPeer implements Runnable {

    private static final String NAME = "honest";
    /** Often enough for its lease, and for its connection id. */
    private static final long HEARTBEAT_NANOSECONDS = Duration.ofSeconds(10).toNanos();

    private static final int QUESTIONS = 2;

    private final InetSocketAddress server;
    private final List<Content> contents = IntStream.range(0, 100).mapToObj(i -> new Content("honest/file " + i,
            Optional.of("sha256-tree:" + "%064x".formatted(0xbeef_0000L + i)), 1_000L + i)).toList();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicLong right = new AtomicLong();

    HonestPeer(InetSocketAddress server) {
        this.server = server;
    }

    long rightAnswers() {
        return right.get();
    }

    /** How many requests that took: a question that is under way may be missing. */
    long requests() {
        return QUESTIONS * right.get();
    }

    void stop() {
        stopped.set(true);
    }

    @Override
    public void run() {
        try (LoadPeer peer = new LoadPeer(server, NAME)) {
            peer.join();
            for (Request.Register part : Request.Register.split(peer.identity(), contents)) {
                peer.ask(part);
            }
            long heartbeat = System.nanoTime();
            for (int i = 0; !stopped.get(); i++) {
                if (System.nanoTime() >= heartbeat) {
                    peer.hello();
                    keepAlive(peer);
                    heartbeat = System.nanoTime() + HEARTBEAT_NANOSECONDS;
                }
                check(peer, contents.get(i % contents.size()));
                right.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException("a well-formed client got no answer", e);
        }
    }

    /** The index must have the very list that was registered. */
    private void keepAlive(LoadPeer peer) throws IOException {
        ListDigest list = ListDigest.of(contents);
        Reply reply = peer.ask(new Request.KeepAlive(peer.identity(), LoadPeer.ENDPOINTS, list.mappings(),
                list.value()));
        if (!(reply instanceof Reply.Alive(Duration _, boolean confirmed)) || !confirmed) {
            throw new IllegalStateException("the index has another list than was registered: " + reply);
        }
    }

    private static void check(LoadPeer peer, Content content) throws IOException {
        Reply byName = peer.ask(new Request.SearchName(content.name(), Cursor.NONE));
        Reply byId = peer.ask(new Request.SearchId(content.id().orElseThrow(), Cursor.NONE));
        for (Reply reply : List.of(byName, byId)) {
            if (!(reply instanceof Reply.Contents(List<Listing> listings, Cursor _)) || listings.size() != 1
                    || !listings.getFirst().content().equals(content) || listings.getFirst().sources().size() != 1
                    || !listings.getFirst().sources().getFirst().peer().equals(NAME)) {
                throw new IllegalStateException("a wrong answer about " + content + ": " + reply);
            }
        }
    }
}
