package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Reply;
import dev.swarmdex.protocol.nativeudp.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A peer that registers and deregisters its blocks in turn, without a pause, and remembers what was acknowledged. A block has at
 * most one change under way, so that what the index must have is never in question. One thread at a time.
 */
final class CrashPeer {

    private static final int BLOCKS = 500;
    private static final int UNDER_WAY = 64;

    private final String name;
    private final List<Block> blocks;
    private final Map<Request, Block> changing = new HashMap<>();
    private int next;
    /** Written by the loading thread only. */
    private volatile long acknowledged;

    CrashPeer(int number) {
        name = "crash" + number;
        int first = number * BLOCKS * Block.SIZE;
        blocks = IntStream.range(0, BLOCKS).mapToObj(i -> new Block(first + i * Block.SIZE)).toList();
    }

    List<Block> blocks() {
        return blocks;
    }

    /** How many registrations and deregistrations were acknowledged. */
    long acknowledged() {
        return acknowledged;
    }

    /** Loads the server until that is gone, and returns what ended it. */
    IOException loadUntilGone(InetSocketAddress server) {
        changing.clear();
        try (var peer = new LoadPeer(server, name)) {
            peer.join();
            peer.run(() -> change(peer), UNDER_WAY, LoadPeer.Pace.full(), (request, reply, _) -> note(request, reply));
            return new IOException("the load ended by itself");
        } catch (IOException e) {
            return e;
        }
    }

    private @Nullable Request change(LoadPeer peer) {
        for (int tried = 0; tried < BLOCKS; tried++) {
            Block block = blocks.get(next++ % BLOCKS);
            if (!block.underWay()) {
                Request change = block.change(peer.identity());
                changing.put(change, block);
                return change;
            }
        }
        throw new IllegalStateException("all blocks are under way");
    }

    private void note(Request request, Reply.Done reply) {
        boolean odd = reply.outcomes().contains(Reply.Outcome.NOT_REGISTERED);
        Block block = changing.remove(request);
        if (block == null) {
            throw new IllegalStateException("an answer to " + request);
        }
        // sent twice, a deregistration is told that there is nothing any more: done all the same
        if (odd && request instanceof Request.Register) {
            throw new IllegalStateException("a registration was answered with " + reply);
        }
        block.acknowledged();
        long before = acknowledged; // written by this thread only
        acknowledged = before + Block.SIZE;
    }
}
