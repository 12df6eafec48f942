package dev.swarmdex.peer.bench.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * A swarm to play: the same for every strategy.
 *
 * @param peers all of them; their numbers are their places in this list
 * @param contents how many contents those who download get, all in the same order
 * @param contentSize of each, in bytes
 * @param siteLink what may go from one site to the others, and back, in bytes per second
 * @param seed of the selectors' random choices
 */
record Scenario(String name, List<Participant> peers, int contents, double contentSize, double siteLink, long seed) {

    /** What a megabit per second is in bytes. */
    private static final double MBIT = 125_000;
    private static final double UNLIMITED = 1e15;
    private static final double MINUTE = 60;

    /**
     * A peer.
     *
     * @param up how fast it sends, in bytes per second
     * @param down how fast it receives
     * @param starts when it begins to download, in seconds; negative for one that has all contents from the beginning
     * @param absences from when until when it is away, in order: start, end, start, end, …
     */
    record Participant(double up, double down, int site, double starts, List<Double> absences) {

        boolean hasAll() {
            return starts < 0;
        }
    }

    static List<Scenario> all(long seed) {
        return List.of(oneSeed(seed), herd(seed), skewed(seed), churn(seed), sites(seed));
    }

    /** One peer has it, 47 like it come within three minutes. */
    static Scenario oneSeed(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Participant> peers = new ArrayList<>();
        peers.add(sharing(100, 0));
        for (int i = 0; i < 47; i++) {
            peers.add(downloading(100, 100, 0, random.nextDouble(3 * MINUTE)));
        }
        return new Scenario("one seed, 47 like it", peers, 3, 250e6, UNLIMITED, seed);
    }

    /** 32 alike have it, 48 faster ones want it within the same second. */
    static Scenario herd(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Participant> peers = new ArrayList<>();
        for (int i = 0; i < 32; i++) {
            peers.add(sharing(100, 0));
        }
        for (int i = 0; i < 48; i++) {
            peers.add(downloading(50, 300, 0, random.nextDouble()));
        }
        return new Scenario("herd on 32 alike", peers, 4, 500e6, UNLIMITED, seed);
    }

    /** 6 fast and 42 slow ones have it; 24 come within two minutes. */
    static Scenario skewed(long seed) {
        return new Scenario("6 fast, 42 slow", skewedPeers(seed, false), 6, 500e6, UNLIMITED, seed);
    }

    /** The same, but those who have it come and go. */
    static Scenario churn(long seed) {
        return new Scenario("the same, they come and go", skewedPeers(seed, true), 6, 500e6, UNLIMITED, seed);
    }

    private static List<Participant> skewedPeers(long seed, boolean churn) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Participant> peers = new ArrayList<>();
        for (int i = 0; i < 48; i++) {
            double up = i < 6 ? 1000 : random.nextDouble(10, 30);
            peers.add(new Participant(up * MBIT, up * MBIT, 0, -1, churn ? absences(random) : List.of()));
        }
        for (int i = 0; i < 24; i++) {
            peers.add(downloading(20, 500, 0, random.nextDouble(2 * MINUTE)));
        }
        return peers;
    }

    /** There for three minutes and away for one, on average, for an hour. */
    private static List<Double> absences(RandomGenerator random) {
        List<Double> times = new ArrayList<>();
        double now = 0;
        while (now < 60 * MINUTE) {
            now += 3 * MINUTE * random.nextExponential();
            times.add(now);
            now += MINUTE * random.nextExponential();
            times.add(now);
        }
        return times;
    }

    /** Two sites with 20 alike each and a narrow link between; half of each site has it. */
    static Scenario sites(long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Participant> peers = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            peers.add(sharing(200, i % 2));
        }
        for (int i = 0; i < 20; i++) {
            peers.add(downloading(200, 500, i % 2, random.nextDouble(30)));
        }
        return new Scenario("two sites, 100 Mbit/s between", peers, 5, 500e6, 100 * MBIT, seed);
    }

    private static Participant sharing(double upMbit, int site) {
        return new Participant(upMbit * MBIT, upMbit * MBIT, site, -1, List.of());
    }

    private static Participant downloading(double upMbit, double downMbit, int site, double starts) {
        return new Participant(upMbit * MBIT, downMbit * MBIT, site, starts, List.of());
    }
}
