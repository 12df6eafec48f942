package dev.swarmdex.peer.bench.selection;

import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FairShareTest {

    @Test
    void a_flow_gets_what_its_narrowest_link_gives() {
        assertThat(FairShare.rates(new double[]{5, 3}, List.of(new int[]{0, 1}))).containsExactly(3);
    }

    @Test
    void a_link_is_shared_evenly() {
        assertThat(FairShare.rates(new double[]{6}, List.of(new int[]{0}, new int[]{0}, new int[]{0})))
                .containsExactly(2, 2, 2);
    }

    @Test
    void what_one_flow_cannot_use_is_left_to_the_others() {
        double[] rates = FairShare.rates(new double[]{9, 1},
                List.of(new int[]{0, 1}, new int[]{0}, new int[]{0}));
        assertThat(rates).containsExactly(1, 4, 4);
    }

    @Test
    void without_flows_there_are_no_rates() {
        assertThat(FairShare.rates(new double[]{9}, List.of())).isEmpty();
    }
}
