package dev.swarmdex.peer.bench.selection;

import dev.swarmdex.plugin.fastest.FastestSelector;
import dev.swarmdex.plugin.leastloaded.LeastLoadedSelector;
import dev.swarmdex.plugin.random.RandomSelector;
import dev.swarmdex.plugin.stickynearest.StickyNearestSelector;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What must hold of the selectors in a swarm; how much better they are is in the README's table. */
class SwarmTest {

    private static final long SEED = 3;

    @Test
    void where_speeds_differ_fastest_and_least_loaded_beat_random() {
        double random = Swarm.play(Scenario.skewed(SEED), new RandomSelector()).makespan();
        assertThat(Swarm.play(Scenario.skewed(SEED), new FastestSelector()).makespan()).isLessThan(0.8 * random);
        assertThat(Swarm.play(Scenario.skewed(SEED), new LeastLoadedSelector()).makespan()).isLessThan(0.8 * random);
    }

    @Test
    void where_the_link_between_two_sites_is_narrow_sticky_nearest_beats_random() {
        double random = Swarm.play(Scenario.sites(SEED), new RandomSelector()).makespan();
        assertThat(Swarm.play(Scenario.sites(SEED), new StickyNearestSelector()).makespan()).isLessThan(random);
    }

    @Test
    void the_same_scenario_always_goes_the_same_way() {
        assertThat(Swarm.play(Scenario.herd(SEED), new FastestSelector()))
                .isEqualTo(Swarm.play(Scenario.herd(SEED), new FastestSelector()));
    }

    @Test
    void one_download_from_one_peer_takes_as_long_as_the_narrower_link_needs() {
        Scenario.Participant sender = new Scenario.Participant(1e6, 1e6, 0, -1, List.of());
        Scenario.Participant receiver = new Scenario.Participant(1e6, 5e5, 0, 2, List.of());
        Swarm.Outcome outcome = Swarm.play(new Scenario("two", List.of(sender, receiver), 1, 1e7, 1e12, SEED),
                new RandomSelector());
        assertThat(outcome.makespan()).isCloseTo(22, within(1e-6));
        assertThat(outcome.meanDownload()).isCloseTo(20, within(1e-6));
    }

    @Test
    void a_download_waits_for_a_source_that_is_away_and_goes_on_where_it_was() {
        Scenario.Participant sender = new Scenario.Participant(1e6, 1e6, 0, -1, List.of(4.0, 104.0));
        Scenario.Participant receiver = new Scenario.Participant(1e6, 1e6, 0, 0, List.of());
        Swarm.Outcome outcome = Swarm.play(new Scenario("two", List.of(sender, receiver), 1, 1e7, 1e12, SEED),
                new RandomSelector());
        assertThat(outcome.makespan()).isBetween(110.0, 112.0);
    }
}
