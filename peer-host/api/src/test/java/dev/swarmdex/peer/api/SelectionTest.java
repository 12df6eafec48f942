package dev.swarmdex.peer.api;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SelectionTest {

    private static final Endpoint ENDPOINT = new Endpoint("tcp", "localhost", 7118);

    @Test
    void a_request_keeps_its_candidates_whatever_becomes_of_the_callers_list() {
        List<Candidate> candidates = new ArrayList<>(List.of(new Candidate("alice", ENDPOINT, 0, 0)));
        var request = new SelectionRequest(ContentReference.byName("a"), -1, candidates, 1);
        candidates.clear();
        assertThat(request.candidates()).hasSize(1).isUnmodifiable();
    }

    @Test
    void a_size_below_unknown_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(
                () -> new SelectionRequest(ContentReference.byName("a"), -2, List.of(), 1));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void an_impossible_rate_is_refused(double rate) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Candidate("alice", ENDPOINT, rate, 0));
    }

    @Test
    void a_candidate_without_a_name_or_with_less_than_no_failures_is_refused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Candidate(" ", ENDPOINT, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Candidate("alice", ENDPOINT, 0, -1));
    }
}
