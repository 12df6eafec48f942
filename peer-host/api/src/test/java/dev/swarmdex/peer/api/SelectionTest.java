package dev.swarmdex.peer.api;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SelectionTest {

    private static final Endpoint ENDPOINT = new Endpoint("tcp", "localhost", 7118);

    @Test
    void a_request_keeps_its_candidates_whatever_becomes_of_the_callers_list() {
        List<Candidate> candidates = new ArrayList<>(List.of(Candidate.unknown("alice", ENDPOINT)));
        var request = new SelectionRequest(ContentReference.byName("a"), -1, candidates, List.of(), 1);
        candidates.clear();
        assertThat(request.candidates()).hasSize(1).isUnmodifiable();
    }

    @Test
    void a_size_below_unknown_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new SelectionRequest(ContentReference.byName("a"), -2, List.of(), List.of(), 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void an_impossible_rate_is_refused(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candidate("alice", ENDPOINT, rate, Optional.empty(), 0, Optional.empty()));
    }

    @Test
    void a_candidate_without_a_name_or_with_a_negative_measurement_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Candidate.unknown(" ", ENDPOINT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candidate("alice", ENDPOINT, 0, Optional.empty(), -1, Optional.empty()));
        Optional<Duration> beforeItWasAsked = Optional.of(Duration.ofNanos(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Candidate("alice", ENDPOINT, 0, beforeItWasAsked, 0, Optional.empty()));
    }

    @Test
    void a_load_below_nothing_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Load(-1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Load(0, -1));
    }
}
