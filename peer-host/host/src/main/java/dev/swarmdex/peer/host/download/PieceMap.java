package dev.swarmdex.peer.host.download;

import java.time.Duration;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which pieces of a content are complete, which are being fetched by whom, and who has which. Any number of threads use it
 * at once; all state is guarded by the map's lock. A thread that waits is woken only by what may give something to do to its own
 * fetcher: in a swarm, dozens of readers wait, and there is news a thousand times a second.
 *
 * <p>Pieces are handed out in the order of the {@link PieceChoice}. Once all that remain are under way, a fetcher with
 * nothing to do takes over the one that it will have soonest in comparison: so a slow source never holds up the end, and
 * among sources that are alike next to nothing comes twice. Whichever copy is complete first wins. A claim older than a set
 * time is taken over even before the end, so that not even two silent sources can keep a piece to themselves.
 */
final class PieceMap {

    private static final int MOST_CLAIMS = 2;
    /** After this time there may be something to take over, or the fetcher may be leaving, of which nothing is told. */
    private static final long LOOK_AGAIN_MILLIS = 250;
    /** Of the set time, what an unknown source is thought to need for a piece. */
    private static final double UNKNOWN_PACE = 0.25;
    /** By how much a second fetcher must be faster than what is left to the first. */
    private static final double WORTH_ASKING_TWICE = 1.5;
    /** How many times slower than a source that has all another downloader must be for nothing to be left to it. */
    private static final double TOO_SLOW = 10;

    private final int pieces;
    private final PieceChoice choice;
    private final BitSet complete;
    /** The complete ones, and those that are under way. */
    private final BitSet taken;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Fetcher, Fetching> fetchers = new HashMap<>();
    private final Map<Integer, Set<Fetching>> claims = new HashMap<>();
    private boolean closed;

    /** One that fetches pieces from one source. */
    interface Fetcher {

        /** Whether it wants no further pieces. */
        boolean isLeaving();

        /** The source's name. */
        String peer();
    }

    /**
     * A map of that many pieces, of which some may be complete already, from an earlier attempt.
     *
     * @param patience after how long a claim no longer keeps others off
     */
    PieceMap(int pieces, PieceChoice choice, BitSet alreadyComplete, Duration patience, LongSupplier nanoTime) {
        this.pieces = pieces;
        this.choice = choice;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.complete = (BitSet) alreadyComplete.clone();
        this.taken = (BitSet) alreadyComplete.clone();
    }

    /**
     * Claims a piece for a fetcher, waiting while there is none for it, or enough are under way with it. Every claim ends
     * in {@link #complete} or not, and then in {@link #release}.
     *
     * @return the piece, or empty when there is nothing left to do, or the fetcher is leaving
     */
    OptionalInt claim(Fetcher fetcher) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Fetching own = fetching(fetcher);
            try {
                return awaitPiece(fetcher, own);
            } finally {
                // whoever is woken wakes the next one, as long as there may be something to do
                if (own.wantsMore() || isOver(fetcher)) {
                    own.change().signal();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private OptionalInt awaitPiece(Fetcher fetcher, Fetching own) throws InterruptedException {
        while (!isOver(fetcher)) {
            OptionalInt piece = own.wantsMore() ? nextFor(own) : OptionalInt.empty();
            if (piece.isPresent()) {
                claims.computeIfAbsent(piece.getAsInt(), _ -> new HashSet<>(MOST_CLAIMS)).add(own);
                taken.set(piece.getAsInt());
                own.begin(piece.getAsInt(), nanoTime.getAsLong());
                return piece;
            }
            if (own.isWatched()) {
                own.change().await();
                continue;
            }
            own.watched(true);
            try {
                boolean _ = own.change().await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
            } finally {
                own.watched(false);
            }
        }
        return OptionalInt.empty();
    }

    private boolean isOver(Fetcher fetcher) {
        return closed || fetcher.isLeaving() || isAllThere();
    }

    private Fetching fetching(Fetcher fetcher) {
        return fetchers.computeIfAbsent(fetcher,
                _ -> new Fetching(patience.toNanos() * UNKNOWN_PACE, lock.newCondition()));
    }

    private void wakeAll() {
        fetchers.values().forEach(each -> each.change().signal());
    }

    /** Whether all that is still to come is under way: then there is only something to take over. */
    private boolean isEnd() {
        return taken.cardinality() == pieces;
    }

    private boolean isAllThere() {
        return complete.cardinality() == pieces;
    }

    private OptionalInt nextFor(Fetching own) {
        boolean isExchanging = isExchanging();
        OptionalInt free = choice.next(own.had(), taken, other -> isExchanging && keepsUp(other, own));
        if (free.isEmpty()) {
            return takeOver(own);
        }
        return sparesSource(own, free.getAsInt()) ? OptionalInt.empty() : free;
    }

    /**
     * Whether a piece is on its way from a downloader. Where none is, the others may have no way to the source that has all, and
     * nothing is left to them.
     */
    private boolean isExchanging() {
        return claims.values().stream().flatMap(Set::stream).anyMatch(each -> each.had() != null);
    }

    private boolean keepsUp(String downloader, Fetching source) {
        return fetchers.entrySet().stream().anyMatch(entry -> entry.getKey().peer().equals(downloader)
                && !entry.getValue().isSlower(TOO_SLOW, source));
    }

    /**
     * Whether the source is better left to others for now. One that has the whole content is the only one for what nobody
     * else has; what others can give too is asked of it one at a time.
     */
    private boolean sparesSource(Fetching own, int piece) {
        return own.had() == null && own.isBusy() && choice.isHeld(piece);
    }

    private OptionalInt takeOver(Fetching own) {
        long now = nanoTime.getAsLong();
        boolean isEnd = isEnd();
        double longest = own.expected() * WORTH_ASKING_TWICE;
        OptionalInt worst = OptionalInt.empty();
        for (Map.Entry<Integer, Set<Fetching>> claimed : claims.entrySet()) {
            int piece = claimed.getKey();
            if (own.mayHave(piece) && !own.holds(piece) && mayJoin(claimed.getValue(), piece, isEnd, now)) {
                double remaining = claimed.getValue().stream().mapToDouble(each -> each.remaining(piece, now)).min()
                        .orElse(0);
                if (remaining > longest) {
                    longest = remaining;
                    worst = OptionalInt.of(piece);
                }
            }
        }
        return worst;
    }

    private boolean mayJoin(Set<Fetching> holders, int piece, boolean isEnd, long now) {
        long fresh = holders.stream().filter(each -> each.age(piece, now) < patience.toNanos()).count();
        return isEnd ? fresh < MOST_CLAIMS : fresh == 0;
    }

    /** Whether a claimed piece still has to be fetched; another source may have been faster. */
    boolean isWanted(int piece) {
        return locked(() -> !closed && !complete.get(piece));
    }

    /** Marks a piece as stored, and verified where that can be done. */
    void complete(int piece) {
        lock.lock();
        try {
            complete.set(piece);
            taken.set(piece);
            claims.remove(piece);
            if (isAllThere()) {
                wakeAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends a claim. */
    void release(int piece, Fetcher fetcher) {
        lock.lock();
        try {
            Fetching own = fetching(fetcher);
            own.end(piece, complete.get(piece), nanoTime.getAsLong());
            Set<Fetching> holders = claims.get(piece);
            boolean isFree = holders != null && holders.remove(own) && holders.isEmpty();
            if (isFree) {
                claims.remove(piece);
                taken.clear(piece);
            }
            boolean wasLastExchange = own.had() != null && !isExchanging();
            if (isFree || isEnd() || wasLastExchange) {
                wakeAll();
            } else {
                own.change().signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes note of the pieces that a fetcher's source has.
     *
     * @param held all of them, not only the new ones; empty when it has the whole content
     */
    void learn(Fetcher fetcher, Optional<BitSet> held) {
        lock.lock();
        try {
            Fetching of = fetching(fetcher);
            BitSet before = of.had();
            BitSet now = held.orElse(null);
            if (Objects.equals(before, now)) {
                return;
            }
            of.had(now);
            choice.gained(without(now, before));
            choice.lost(without(before, now));
            if ((before == null) != (now == null)) {
                share();
            }
            of.change().signal();
        } finally {
            lock.unlock();
        }
    }

    private static BitSet without(@Nullable BitSet all, @Nullable BitSet these) {
        BitSet rest = all == null ? new BitSet() : (BitSet) all.clone();
        if (these != null) {
            rest.andNot(these);
        }
        return rest;
    }

    /** Forgets a fetcher that has ended all its claims. */
    void leave(Fetcher fetcher) {
        lock.lock();
        try {
            Fetching left = fetchers.remove(fetcher);
            if (left != null && left.had() != null) {
                choice.lost(left.had());
                share();
                wakeAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void share() {
        List<String> downloading = fetchers.entrySet().stream().filter(entry -> entry.getValue().had() != null)
                .map(entry -> entry.getKey().peer()).toList();
        choice.share(downloading);
    }

    /** How many sources are being fetched from. */
    int sources() {
        return locked(fetchers::size);
    }

    /** How many missing pieces none of the current sources has. */
    int unobtainable() {
        return locked(() -> {
            BitSet rest = new BitSet(pieces);
            rest.set(0, pieces);
            rest.andNot(complete);
            for (Fetching each : fetchers.values()) {
                BitSet had = each.had();
                if (had == null) {
                    return 0;
                }
                rest.andNot(had);
            }
            return rest.cardinality();
        });
    }

    boolean isComplete() {
        return locked(this::isAllThere);
    }

    /** The complete pieces, as a copy. */
    BitSet completed() {
        return locked(() -> (BitSet) complete.clone());
    }

    /** Ends all claiming. */
    void close() {
        lock.lock();
        try {
            closed = true;
            wakeAll();
        } finally {
            lock.unlock();
        }
    }

    private <T> T locked(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
