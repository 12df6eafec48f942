package dev.swarmdex.peer.host.download;

import java.time.Duration;
import java.util.BitSet;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PieceMapTest {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AtomicLong nanoTime = new AtomicLong();
    private final FetcherFake fast = new FetcherFake();
    private final FetcherFake slow = new FetcherFake();
    private final FetcherFake third = new FetcherFake();

    private static final class FetcherFake implements PieceMap.Fetcher {

        private volatile boolean leaving;

        @Override
        public boolean isLeaving() {
            return leaving;
        }
    }

    @Test
    void hands_out_each_piece_once_in_order_while_there_are_unclaimed_ones() throws Exception {
        PieceMap map = new PieceMap(3, new BitSet(), PATIENCE, nanoTime::get);

        assertThat(map.claim(fast)).hasValue(0);
        assertThat(map.claim(slow)).hasValue(1);
        assertThat(map.claim(fast)).hasValue(2);
    }

    @Test
    void leaves_out_what_an_earlier_attempt_verified() throws Exception {
        BitSet verified = new BitSet();
        verified.set(0);
        verified.set(2);
        PieceMap map = new PieceMap(4, verified, PATIENCE, nanoTime::get);

        assertThat(map.claim(fast)).hasValue(1);
        assertThat(map.claim(fast)).hasValue(3);
    }

    @Test
    void a_released_piece_is_handed_out_again_before_later_ones() throws Exception {
        PieceMap map = new PieceMap(3, new BitSet(), PATIENCE, nanoTime::get);
        map.claim(slow);
        map.claim(fast);

        map.release(0, slow);

        assertThat(map.claim(fast)).hasValue(0);
    }

    @Test
    void the_last_pieces_are_asked_of_two_fetchers_but_never_twice_of_one_nor_of_three() throws Exception {
        PieceMap map = new PieceMap(1, new BitSet(), PATIENCE, nanoTime::get);
        map.claim(slow);

        assertThat(map.claim(fast)).hasValue(0);
        CompletableFuture<OptionalInt> none = claimInBackground(map, third);
        map.complete(0);

        assertThat(none.join()).isEmpty();
    }

    @Test
    void two_fetchers_that_are_silent_for_long_can_not_keep_a_piece() throws Exception {
        PieceMap map = new PieceMap(1, new BitSet(), PATIENCE, nanoTime::get);
        map.claim(slow);
        map.claim(fast);

        nanoTime.addAndGet(PATIENCE.toNanos());

        assertThat(map.claim(third)).hasValue(0);
    }

    @Test
    void a_piece_is_not_wanted_any_more_once_one_copy_is_verified() throws Exception {
        PieceMap map = new PieceMap(2, new BitSet(), PATIENCE, nanoTime::get);
        map.claim(slow);
        map.claim(fast);
        map.claim(fast);

        assertThat(map.isWanted(0)).isTrue();
        map.complete(0);

        assertThat(map.isWanted(0)).isFalse();
        assertThat(map.isComplete()).isFalse();
    }

    @Test
    void releasing_after_another_copy_was_verified_does_not_bring_the_piece_back() throws Exception {
        PieceMap map = new PieceMap(1, new BitSet(), PATIENCE, nanoTime::get);
        map.claim(slow);
        map.claim(fast);
        map.complete(0);

        map.release(0, slow);

        assertThat(map.isComplete()).isTrue();
        assertThat(map.claim(third)).isEmpty();
    }

    @Test
    void a_leaving_fetcher_stops_waiting() throws Exception {
        PieceMap map = new PieceMap(1, new BitSet(), PATIENCE, nanoTime::get);
        map.claim(fast);
        CompletableFuture<OptionalInt> waiting = claimInBackground(map, fast);

        fast.leaving = true;

        assertThat(waiting.join()).isEmpty();
    }

    @Test
    void closing_ends_all_waiting() throws Exception {
        PieceMap map = new PieceMap(1, new BitSet(), PATIENCE, nanoTime::get);
        map.claim(fast);
        CompletableFuture<OptionalInt> waiting = claimInBackground(map, fast);

        map.close();

        assertThat(waiting.join()).isEmpty();
    }

    /** Claims on another thread, and returns once that thread waits. */
    private static CompletableFuture<OptionalInt> claimInBackground(PieceMap map, FetcherFake fetcher) {
        CompletableFuture<OptionalInt> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                result.complete(map.claim(fetcher));
            } catch (InterruptedException unexpected) {
                result.completeExceptionally(new CompletionException(unexpected));
            }
        });
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING || result.isDone());
        assertThat(result).isNotDone();
        return result;
    }
}
