package dev.swarmdex.bench;

import dev.swarmdex.bench.LoadProgram.Result;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Two servers under the same load, in turns of a second, so that whatever else the machine does slows both.
 *
 * @param theirs loads the other one
 * @param ours loads ours
 * @param rounds how many turns each has
 */
record Duel(Load theirs, Load ours, int rounds) {

    /** A second's load. */
    interface Load {

        /**
         * Loads the server.
         *
         * @param rate requests a second, 0 for as many as it answers
         * @param seed chooses them
         */
        Result second(long rate, long seed) throws IOException, InterruptedException;
    }

    static void printHead(String rival) {
        System.out.printf("%-10s %14s %14s %22s%n", "", rival, "ours", "ratio (quartiles)");
    }

    /** Measures responses a second, and then the 99th percentile at half of the rival's rate, and prints both. */
    void run(String kind) throws IOException, InterruptedException {
        long half = (long) compare(kind, 0, "a second") / 2;
        compare(kind, half, String.format(Locale.ROOT, "p99, µs, at %,d requests a second", half));
    }

    /** The result is the rival's. */
    private double compare(String kind, long rate, String what) throws IOException, InterruptedException {
        double[] their = new double[rounds];
        double[] own = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            long seed = rate + round + 2;
            their[round] = figure(theirs.second(rate, seed), rate);
            own[round] = figure(ours.second(rate, seed), rate);
        }
        Sorted ratios = Sorted.of(IntStream.range(0, rounds).mapToDouble(i -> own[i] / their[i]).toArray());
        System.out.printf(Locale.ROOT, "%-10s %,14.0f %,14.0f %8.2f (%.2f to %.2f) %s%n", kind,
                Sorted.of(their).median(), Sorted.of(own).median(), ratios.median(), ratios.at(0.25), ratios.at(0.75),
                what);
        return Sorted.of(their).median();
    }

    private static double figure(Result result, long rate) {
        return rate == 0 ? result.responsesASecond() : result.p99();
    }

    /** Values in order. */
    private record Sorted(List<Double> values) {

        static Sorted of(double[] values) {
            return new Sorted(Arrays.stream(values).sorted().boxed().toList());
        }

        double at(double part) {
            return values.get((int) (part * (values.size() - 1)));
        }

        double median() {
            return at(0.5);
        }
    }
}
