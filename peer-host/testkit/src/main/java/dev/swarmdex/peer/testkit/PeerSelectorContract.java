package dev.swarmdex.peer.testkit;

import dev.swarmdex.peer.api.Candidate;
import dev.swarmdex.peer.api.ContentReference;
import dev.swarmdex.peer.api.Endpoint;
import dev.swarmdex.peer.api.Load;
import dev.swarmdex.peer.api.Network;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.SelectionRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * What the host relies on in a {@link PeerSelector}, as tests: a plugin's test class extends this one and says which
 * selector it is about. That the order is a good one is for the plugin's own tests.
 */
public abstract class PeerSelectorContract {

    private static final int MANY = 10_000;
    /** Far more than it takes, as it is no benchmark; but an algorithm whose time grows with the square fails. */
    private static final Duration QUICK = Duration.ofSeconds(5);

    /** A selector as the host makes it: with the constructor that takes nothing. */
    protected abstract PeerSelector selector();

    @Test
    final void the_strategy_has_a_name_for_the_config_that_stays_the_same() {
        assertThat(selector().strategy()).matches("[a-z][a-z0-9-]{0,31}").isEqualTo(selector().strategy());
    }

    @Test
    final void without_candidates_there_is_nobody_to_ask() {
        assertThat(selector().rank(request(List.of(), 1))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("swarms")
    final void the_answer_is_made_of_the_candidates_each_at_most_once(SelectionRequest request) {
        assertThat(selector().rank(request)).doesNotHaveDuplicates().isSubsetOf(request.candidates());
    }

    @ParameterizedTest
    @MethodSource("swarms")
    final void the_same_request_has_the_same_answer(SelectionRequest request) {
        PeerSelector selector = selector();
        SelectionRequest again = new SelectionRequest(request.content(), request.size(), request.candidates(),
                request.networks(), request.seed());
        List<Candidate> answer = List.copyOf(selector.rank(request));
        assertThat(selector.rank(again)).isEqualTo(answer);
        assertThat(selector().rank(again)).as("by another instance").isEqualTo(answer);
    }

    @Test
    final void what_was_asked_before_does_not_matter() {
        SelectionRequest request = request(candidates(20, new SplittableRandom(5)), 5);
        List<Candidate> fresh = selector().rank(request);
        PeerSelector experienced = selector();
        swarms().forEach(experienced::rank);
        assertThat(experienced.rank(request)).isEqualTo(fresh);
    }

    @Test
    final void many_candidates_are_ranked_in_no_time() {
        SelectionRequest request = request(candidates(MANY, new SplittableRandom(1)), 1);
        List<Candidate> ranked = assertTimeoutPreemptively(QUICK, () -> selector().rank(request));
        assertThat(ranked).hasSizeLessThanOrEqualTo(MANY).doesNotHaveDuplicates();
    }

    @Test
    final void many_threads_ask_at_once() throws Exception {
        PeerSelector selector = selector();
        SelectionRequest request = request(candidates(100, new SplittableRandom(3)), 3);
        List<Candidate> expected = selector().rank(request);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Candidate>>> answers = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                answers.add(threads.submit(() -> selector.rank(request)));
            }
            for (Future<List<Candidate>> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
        }
    }

    /** Swarms of all sizes, with and without knowledge of their peers, and one of the extremes of every value. */
    static Stream<SelectionRequest> swarms() {
        Stream<SelectionRequest> generated = LongStream.range(0, 25).mapToObj(seed -> {
            RandomGenerator random = new SplittableRandom(seed);
            return request(candidates(1 + random.nextInt(40), random), seed);
        });
        Stream<SelectionRequest> unknown = Stream.of(request(IntStream.range(0, 9)
                .mapToObj(i -> Candidate.unknown("peer" + i, new Endpoint("tcp", "10.0.0." + i, 7118))).toList(), 9));
        return Stream.concat(Stream.concat(generated, unknown), extremes());
    }

    private static Stream<SelectionRequest> extremes() {
        List<Candidate> candidates = new ArrayList<>();
        for (double rate : new double[]{0, Double.MIN_VALUE, Double.MAX_VALUE}) {
            for (Duration latency : List.of(Duration.ZERO, Duration.ofSeconds(Long.MAX_VALUE))) {
                for (int failures : new int[]{0, Integer.MAX_VALUE}) {
                    for (Load load : List.of(new Load(0, Long.MAX_VALUE), new Load(Integer.MAX_VALUE, 0))) {
                        candidates.add(new Candidate("peer" + candidates.size(), new Endpoint("tcp", "a.example", 1),
                                rate, Optional.of(latency), failures, Optional.of(load)));
                    }
                }
            }
        }
        return LongStream.of(Long.MIN_VALUE, 0, Long.MAX_VALUE).boxed().flatMap(seed -> LongStream.of(-1, 0,
                Long.MAX_VALUE).mapToObj(
                        size -> new SelectionRequest(ContentReference.byName("a"), size, candidates,
                                List.of(), seed)));
    }

    private static List<Candidate> candidates(int count, RandomGenerator random) {
        return IntStream.range(0, count).mapToObj(i -> {
            Endpoint endpoint = new Endpoint(random.nextBoolean() ? "tcp" : "quic",
                    "10.0." + random.nextInt(3) + "." + random.nextInt(256), 1 + random.nextInt(65_535));
            // two endpoints in a row are of one peer, now and then
            String peer = "peer" + (random.nextInt(5) == 0 ? i / 2 * 2 : i);
            return new Candidate(peer, endpoint, random.nextBoolean() ? 0 : random.nextDouble(1e9),
                    random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofMillis(random.nextInt(500))),
                    random.nextInt(3) == 0 ? random.nextInt(5) : 0, random.nextBoolean()
                            ? Optional.empty()
                            : Optional.of(new Load(random.nextInt(20), random.nextLong(1_000_000_000))));
        }).distinct().toList();
    }

    private static SelectionRequest request(List<Candidate> candidates, long seed) {
        return new SelectionRequest(ContentReference.byName("film.mkv"), 1L << 30, candidates,
                List.of(new Network(InetAddress.ofLiteral("10.0.1.77"), 24)), seed);
    }
}
