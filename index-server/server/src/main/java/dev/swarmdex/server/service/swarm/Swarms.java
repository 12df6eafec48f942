package dev.swarmdex.server.service.swarm;

import dev.swarmdex.server.address.Addresses;
import dev.swarmdex.store.SwarmChange;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * All swarms, in memory, in shards so that threads that answer seldom meet. Nothing here waits for a disk: changes that the
 * database should know are kept for whoever takes them, and where they become too many, the latest newcomers are left out,
 * from the writing and not from the memory, and counted. Safe for any number of threads.
 */
public final class Swarms {

    private static final int SHARDS = 64;
    private static final int SHARD_SHIFT = Integer.SIZE - Integer.numberOfTrailingZeros(SHARDS);
    private static final int SWEPT_AT_ONCE = 64;

    private final Shard[] shards = new Shard[SHARDS];
    private final Room room;
    private final State.Clock clock;
    private int nextShard;

    /**
     * No swarms yet.
     *
     * @param lease how long a member stays without announcing itself
     * @param nanoTime a clock that never goes back
     */
    public Swarms(SwarmLimits limits, Duration lease, LongSupplier nanoTime) {
        room = new Room(limits);
        clock = State.clock(nanoTime, lease);
        for (int i = 0; i < SHARDS; i++) {
            shards[i] = new Shard(room);
        }
    }

    /**
     * A member announces itself: takes note of it, answers in the question, and hands out others.
     *
     * @param random any number, which chooses the others
     * @return false if there is no room for it
     */
    public boolean announce(Question asked, int random, Receiver receiver) {
        int hash = Hashes.of(asked.first, asked.second, asked.third);
        return shard(hash).announce(asked, hash, clock.now(), random, receiver);
    }

    /** Answers in the question how many take part. */
    public void count(Question asked) {
        int hash = Hashes.of(asked.first, asked.second, asked.third);
        shard(hash).count(asked, hash);
    }

    /** How many swarms there are. */
    public int swarms() {
        return room.swarms();
    }

    /** How many members they have together. */
    public int members() {
        return room.members();
    }

    /** How often a change was left out from the writing since there were too many. */
    public long leftUnwritten() {
        return room.leftUnwritten();
    }

    /** Takes over a swarm from the database. */
    void restore(String infoHash, long completions) {
        Question asked = about(infoHash);
        int hash = Hashes.of(asked.first, asked.second, asked.third);
        shard(hash).restore(asked, hash, (int) Math.min(completions, Integer.MAX_VALUE));
    }

    /** Takes over a member of a swarm that was taken over; it has a whole lease to announce itself. */
    boolean restoreMember(String infoHash, String host, int port, boolean complete) {
        InetAddress address = InetAddress.ofLiteral(host);
        Question asked = about(infoHash).member(Addresses.high(address), Addresses.low(address), port).tells(complete,
                false, false);
        int hash = Hashes.of(asked.first, asked.second, asked.third);
        return shard(hash).restoreMember(asked, hash, clock.now());
    }

    /** Takes about that many of the changes that wait longest, a share from each shard in turn. For one thread. */
    List<SwarmChange> takeUnwritten(int most) {
        List<SwarmChange> taken = new ArrayList<>();
        int share = Math.max(1, most / SHARDS);
        for (int empty = 0; empty < SHARDS && taken.size() < most; nextShard = (nextShard + 1) % SHARDS) {
            int before = taken.size();
            shards[nextShard].takeUnwritten(taken, before + share);
            empty = taken.size() == before ? empty + 1 : 0;
        }
        return taken;
    }

    /** Ends the members whose lease is over. */
    void sweep() {
        int now = clock.now();
        for (Shard shard : shards) {
            int next = 0;
            while (next >= 0) {
                next = shard.sweep(next, SWEPT_AT_ONCE, now);
            }
        }
    }

    private Shard shard(int hash) {
        return shards[hash >>> SHARD_SHIFT];
    }

    private static Question about(String infoHash) {
        long first = HexFormat.fromHexDigitsToLong(infoHash, 0, 16);
        long second = HexFormat.fromHexDigitsToLong(infoHash, 16, 32);
        return new Question().swarm(first, second, HexFormat.fromHexDigits(infoHash, 32, 40));
    }
}
