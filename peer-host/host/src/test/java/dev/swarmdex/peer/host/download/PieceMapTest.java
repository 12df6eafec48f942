package dev.swarmdex.peer.host.download;

import java.time.Duration;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PieceMapTest {

    private static final int PIECES = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final AtomicLong nanoTime = new AtomicLong();
    private final FetcherFake fast = new FetcherFake("fast");
    private final FetcherFake slow = new FetcherFake("slow");
    private final FetcherFake third = new FetcherFake("third");

    private static final class FetcherFake implements PieceMap.Fetcher {

        private final String name;
        private volatile boolean leaving;

        private FetcherFake(String name) {
            this.name = name;
        }

        @Override
        public boolean isLeaving() {
            return leaving;
        }

        @Override
        public String peer() {
            return name;
        }
    }

    @Test
    void hands_out_each_piece_once_in_order_while_there_are_unclaimed_ones() throws Exception {
        PieceMap map = map(3);

        assertThat(map.claim(fast)).hasValue(0);
        assertThat(map.claim(slow)).hasValue(1);
        assertThat(map.claim(fast)).hasValue(2);
    }

    @Test
    void leaves_out_what_an_earlier_attempt_verified() throws Exception {
        BitSet verified = new BitSet();
        verified.set(0);
        verified.set(2);
        PieceMap map = new PieceMap(4, PieceChoice.inOrder(4), verified, PATIENCE, nanoTime::get);

        assertThat(map.claim(fast)).hasValue(1);
        assertThat(map.claim(fast)).hasValue(3);
    }

    @Test
    void a_released_piece_is_handed_out_again_before_later_ones() throws Exception {
        PieceMap map = map(3);
        map.claim(slow);
        map.claim(fast);

        map.release(0, slow);

        assertThat(map.claim(fast)).hasValue(0);
    }

    @Test
    void the_last_piece_is_asked_of_a_second_fetcher_once_the_first_takes_long_but_not_of_a_third() throws Exception {
        PieceMap map = map(1);
        map.claim(slow);
        CompletableFuture<OptionalInt> second = claimInBackground(map, fast);

        nanoTime.addAndGet(PATIENCE.toNanos() / 2);

        assertThat(second.join()).hasValue(0);
        CompletableFuture<OptionalInt> none = claimInBackground(map, third);
        map.complete(0);
        assertThat(none.join()).isEmpty();
    }

    @Test
    void a_fast_fetcher_takes_over_the_last_piece_of_a_slow_one_before_it_is_late() throws Exception {
        PieceMap map = map(4);
        fetch(map, slow, 300);
        fetch(map, fast, 10);
        fetch(map, fast, 10);
        assertThat(map.claim(slow)).hasValue(3);

        assertThat(map.claim(fast)).hasValue(3);
    }

    @Test
    void a_piece_that_came_from_the_second_fetcher_is_not_taken_over_again() throws Exception {
        PieceMap map = map(2);
        map.claim(slow);
        map.claim(slow);
        nanoTime.addAndGet(PATIENCE.toNanos() / 2);
        fetch(map, fast, 10);

        fetch(map, fast, 10);

        assertThat(map.isComplete()).isTrue();
    }

    @Test
    void nothing_is_fetched_twice_among_fetchers_that_are_alike_and_in_time() throws Exception {
        PieceMap map = map(4);
        fetch(map, slow, 100);
        fetch(map, fast, 90);
        fetch(map, fast, 90);
        assertThat(map.claim(slow)).hasValue(3);

        CompletableFuture<OptionalInt> none = claimInBackground(map, fast);
        map.complete(3);

        assertThat(none.join()).isEmpty();
    }

    @Test
    void two_fetchers_that_are_silent_for_long_can_not_keep_a_piece() throws Exception {
        PieceMap map = map(1);
        map.claim(slow);
        nanoTime.addAndGet(PATIENCE.toNanos() / 2);
        map.claim(fast);

        nanoTime.addAndGet(PATIENCE.toNanos());

        assertThat(map.claim(third)).hasValue(0);
    }

    @Test
    void a_piece_that_is_long_overdue_is_taken_over_even_before_the_end() throws Exception {
        PieceMap map = map(2);
        map.learn(fast, Optional.of(bits(0)));
        map.claim(slow);
        CompletableFuture<OptionalInt> overdue = claimInBackground(map, fast);

        nanoTime.addAndGet(PATIENCE.toNanos());

        assertThat(overdue.join()).hasValue(0);
        assertThat(map.claim(third)).hasValue(1);
    }

    @Test
    void a_fetcher_has_as_many_pieces_under_way_as_its_source_delivers_in_a_quarter_of_a_second() throws Exception {
        PieceMap map = map(100);
        fetch(map, fast, 50);
        fetch(map, slow, 1000);

        assertThat(claimsInARow(map, fast)).isEqualTo(6);
        assertThat(claimsInARow(map, slow)).isEqualTo(2);
    }

    @Test
    void only_pieces_that_the_source_has_are_asked_of_it_until_it_has_more() throws Exception {
        PieceMap map = map(3);
        map.learn(slow, Optional.of(bits(1)));
        assertThat(map.claim(slow)).hasValue(1);
        CompletableFuture<OptionalInt> waiting = claimInBackground(map, slow);

        map.learn(slow, Optional.of(bits(1, 2)));

        assertThat(waiting.join()).hasValue(2);
    }

    @Test
    void all_who_wait_for_a_source_are_woken_when_it_has_something_for_each() throws Exception {
        PieceMap map = map(3);
        map.learn(slow, Optional.of(bits()));
        CompletableFuture<OptionalInt> one = claimInBackground(map, slow);
        CompletableFuture<OptionalInt> other = claimInBackground(map, slow);

        map.learn(slow, Optional.of(bits(0, 1, 2)));

        assertThat(List.of(one.join(), other.join())).containsExactlyInAnyOrder(OptionalInt.of(0), OptionalInt.of(1));
    }

    @Test
    void the_rarest_piece_is_fetched_first() throws Exception {
        PieceMap map = new PieceMap(3, PieceChoice.rarestFirst(3, 0, "me"), new BitSet(), PATIENCE, nanoTime::get);
        map.learn(slow, Optional.of(bits(0, 1, 2)));
        map.learn(third, Optional.of(bits(0, 2)));

        assertThat(map.claim(fast)).hasValue(1);
        map.learn(fast, Optional.of(bits(0)));
        map.leave(fast);
        map.leave(third);
        map.learn(slow, Optional.of(bits(0, 2)));
        map.learn(third, Optional.of(bits(2)));

        assertThat(map.claim(third)).hasValue(2);
        assertThat(map.claim(slow)).hasValue(0);
    }

    @Test
    void of_a_source_that_has_all_only_one_piece_at_a_time_is_asked_that_others_have_too() throws Exception {
        PieceMap map = new PieceMap(4, PieceChoice.rarestFirst(4, 0, "me"), new BitSet(), PATIENCE, nanoTime::get);
        map.learn(slow, Optional.of(bits(0, 1, 2)));

        assertThat(map.claim(fast)).hasValue(3);
        CompletableFuture<OptionalInt> later = claimInBackground(map, fast);
        map.complete(3);
        map.release(3, fast);

        assertThat(later.join()).isPresent();
    }

    @Test
    void what_is_left_to_another_downloader_is_asked_of_a_source_that_has_all_once_no_downloader_sends()
            throws Exception {
        PieceMap map = shared(slow);
        int exchanged = exchange(map);
        fetchOwnShare(map);
        CompletableFuture<OptionalInt> left = claimInBackground(map, fast);

        map.complete(exchanged);
        map.release(exchanged, slow);

        assertThat(left.join()).isPresent();
    }

    @Test
    void nothing_is_left_to_another_downloader_that_is_much_slower_than_a_source_that_has_all() throws Exception {
        PieceMap map = shared(slow);
        exchange(map);
        nanoTime.addAndGet(1_000_000_000L);
        map.complete(share(0)[0]);
        map.release(share(0)[0], slow);
        map.learn(slow, Optional.of(bits(share(0)[0], share(0)[1])));
        assertThat(map.claim(slow)).hasValue(share(0)[1]);
        fetchOwnShare(map);

        assertThat(map.claim(fast)).isPresent();
    }

    @Test
    void nothing_is_left_to_downloaders_that_send_nothing() throws Exception {
        PieceMap map = shared(slow);
        fetchOwnShare(map);

        assertThat(map.claim(fast)).isPresent();
        assertThat(map.claim(third)).isPresent();
    }

    @Test
    void what_nobody_has_can_not_be_obtained_until_somebody_comes_who_has_it() {
        PieceMap map = map(3);
        map.learn(slow, Optional.of(bits(0)));
        map.learn(fast, Optional.of(bits(0, 1)));
        assertThat(map.unobtainable()).isEqualTo(1);

        map.leave(fast);
        assertThat(map.unobtainable()).isEqualTo(2);

        map.learn(third, Optional.empty());
        assertThat(map.unobtainable()).isZero();
    }

    @Test
    void pieces_that_do_not_exist_harm_nobody() throws Exception {
        PieceMap map = new PieceMap(2, PieceChoice.rarestFirst(2, 1, "me"), new BitSet(), PATIENCE, nanoTime::get);

        map.learn(slow, Optional.of(bits(0, 2, 200_000)));

        assertThat(map.claim(slow)).hasValue(0);
        assertThat(map.unobtainable()).isEqualTo(1);
        map.leave(slow);
    }

    @Test
    void a_piece_is_not_wanted_any_more_once_one_copy_is_verified() throws Exception {
        PieceMap map = map(2);
        map.claim(slow);
        map.claim(fast);

        assertThat(map.isWanted(0)).isTrue();
        map.complete(0);

        assertThat(map.isWanted(0)).isFalse();
        assertThat(map.isComplete()).isFalse();
    }

    @Test
    void releasing_after_another_copy_was_verified_does_not_bring_the_piece_back() throws Exception {
        PieceMap map = map(1);
        map.claim(slow);
        nanoTime.addAndGet(PATIENCE.toNanos() / 2);
        map.claim(fast);
        map.complete(0);

        map.release(0, slow);

        assertThat(map.isComplete()).isTrue();
        assertThat(map.claim(third)).isEmpty();
    }

    @Test
    void a_leaving_fetcher_stops_waiting() throws Exception {
        PieceMap map = map(1);
        map.claim(fast);
        CompletableFuture<OptionalInt> waiting = claimInBackground(map, fast);
        CompletableFuture<OptionalInt> behind = claimInBackground(map, fast);

        fast.leaving = true;

        assertThat(waiting.join()).isEmpty();
        assertThat(behind.join()).isEmpty();
    }

    @Test
    void closing_ends_all_waiting() throws Exception {
        PieceMap map = map(1);
        map.claim(fast);
        CompletableFuture<OptionalInt> waiting = claimInBackground(map, fast);
        CompletableFuture<OptionalInt> behind = claimInBackground(map, fast);

        map.close();

        assertThat(waiting.join()).isEmpty();
        assertThat(behind.join()).isEmpty();
    }

    private PieceMap map(int pieces) {
        return new PieceMap(pieces, PieceChoice.inOrder(pieces), new BitSet(), PATIENCE, nanoTime::get);
    }

    /** A map of a few pieces that are shared with another that has none yet. */
    private PieceMap shared(FetcherFake other) {
        PieceMap map = new PieceMap(PIECES, PieceChoice.rarestFirst(PIECES, 0, "me"), new BitSet(), PATIENCE,
                nanoTime::get);
        map.learn(other, Optional.of(bits()));
        return map;
    }

    /** The first piece of the other's share is there, and on its way from it; the result is the piece. */
    private int exchange(PieceMap map) throws InterruptedException {
        int piece = share(0)[0];
        map.learn(slow, Optional.of(bits(piece)));
        assertThat(map.claim(slow)).hasValue(piece);
        return piece;
    }

    private void fetchOwnShare(PieceMap map) throws InterruptedException {
        for (int ignored : share(Shares.OWN)) {
            fetch(map, fast, 10);
        }
    }

    private int[] share(int of) {
        Shares shares = new Shares(PIECES, "me");
        shares.among(List.of(slow.peer()));
        return IntStream.range(0, PIECES).filter(piece -> shares.first(piece) == of).toArray();
    }

    private static BitSet bits(int... set) {
        BitSet bits = new BitSet();
        Arrays.stream(set).forEach(bits::set);
        return bits;
    }

    private void fetch(PieceMap map, FetcherFake fetcher, int millis) throws InterruptedException {
        int piece = map.claim(fetcher).orElseThrow();
        nanoTime.addAndGet(millis * 1_000_000L);
        map.complete(piece);
        map.release(piece, fetcher);
    }

    /** How many the fetcher claims before it would have to wait. */
    private static int claimsInARow(PieceMap map, FetcherFake fetcher) throws InterruptedException {
        int claims = 0;
        while (true) {
            CompletableFuture<OptionalInt> next = new CompletableFuture<>();
            Thread thread = Thread.ofPlatform().start(() -> claim(map, fetcher, next));
            await().until(() -> waits(thread) || next.isDone());
            if (!next.isDone()) {
                fetcher.leaving = true;
                assertThat(next.join()).isEmpty();
                fetcher.leaving = false;
                return claims;
            }
            claims++;
        }
    }

    private static boolean waits(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING || thread.getState() == Thread.State.WAITING;
    }

    private static void claim(PieceMap map, FetcherFake fetcher, CompletableFuture<OptionalInt> result) {
        try {
            result.complete(map.claim(fetcher));
        } catch (InterruptedException unexpected) {
            result.completeExceptionally(new CompletionException(unexpected));
        }
    }

    /** Claims on another thread, and returns once that thread waits. */
    private static CompletableFuture<OptionalInt> claimInBackground(PieceMap map, FetcherFake fetcher) {
        CompletableFuture<OptionalInt> result = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().start(() -> claim(map, fetcher, result));
        await().until(() -> waits(thread) || result.isDone());
        assertThat(result).isNotDone();
        return result;
    }
}
