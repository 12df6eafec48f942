package dev.swarmdex.peer.bench.selection;

import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.plugin.fastest.FastestSelector;
import dev.swarmdex.plugin.leastloaded.LeastLoadedSelector;
import dev.swarmdex.plugin.random.RandomSelector;
import dev.swarmdex.plugin.stickynearest.StickyNearestSelector;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** Plays every scenario with every selector, and prints how long it took beside what it took with random choices. */
public final class SelectionSimulation {

    private static final int SEEDS = 5;

    static final PeerSelector RANDOM = new RandomSelector();
    private static final List<PeerSelector> OTHERS = List.of(new FastestSelector(), new LeastLoadedSelector(),
            new StickyNearestSelector());

    private SelectionSimulation() {}

    /** Prints the table. */
    public static void main(String[] arguments) {
        System.out.printf("mean of %d seeds: makespan in seconds (and as a part of random's); mean download likewise%n",
                SEEDS);
        for (int i = 0; i < Scenario.all(0).size(); i++) {
            int scenario = i;
            System.out.printf("%n%s%n", Scenario.all(0).get(i).name());
            Swarm.Outcome random = mean(scenario, RANDOM);
            print(RANDOM, random, random);
            OTHERS.forEach(selector -> print(selector, mean(scenario, selector), random));
        }
    }

    private static void print(PeerSelector selector, Swarm.Outcome outcome, Swarm.Outcome random) {
        System.out.printf(Locale.ROOT, "  %-15s %7.1f (%.2f) %7.1f (%.2f)%n", selector.strategy(), outcome.makespan(),
                outcome.makespan() / random.makespan(), outcome.meanDownload(),
                outcome.meanDownload() / random.meanDownload());
    }

    private static Swarm.Outcome mean(int scenario, PeerSelector selector) {
        List<Swarm.Outcome> outcomes = LongStream.rangeClosed(1, SEEDS)
                .mapToObj(seed -> Swarm.play(Scenario.all(seed).get(scenario), selector)).toList();
        return new Swarm.Outcome(outcomes.stream().mapToDouble(Swarm.Outcome::makespan).average().orElseThrow(),
                outcomes.stream().mapToDouble(Swarm.Outcome::meanDownload).average().orElseThrow());
    }
}
