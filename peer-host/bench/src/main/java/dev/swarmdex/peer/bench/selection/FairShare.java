package dev.swarmdex.peer.bench.selection;

import java.util.Arrays;
import java.util.List;

/** Divides links among flows as TCP roughly does: max-min fair, by progressive filling. */
final class FairShare {

    private final double[] left;
    private final int[] users;
    private final List<int[]> paths;
    private final double[] rates;

    private FairShare(double[] capacities, List<int[]> paths) {
        this.left = capacities.clone();
        this.users = new int[capacities.length];
        this.paths = paths;
        this.rates = new double[paths.size()];
        Arrays.fill(rates, Double.NaN);
        for (int[] path : paths) {
            for (int link : path) {
                users[link]++;
            }
        }
    }

    /**
     * The rate of each flow.
     *
     * @param capacities of the links
     * @param paths the links that each flow goes through, at least one
     */
    static double[] rates(double[] capacities, List<int[]> paths) {
        FairShare share = new FairShare(capacities, paths);
        for (int narrowest = share.narrowest(); narrowest >= 0; narrowest = share.narrowest()) {
            share.fill(narrowest);
        }
        return share.rates;
    }

    /** The link with the least to give to each of its flows that have no rate yet; -1 when all have one. */
    private int narrowest() {
        int narrowest = -1;
        for (int link = 0; link < left.length; link++) {
            if (users[link] > 0
                    && (narrowest < 0 || left[link] / users[link] < left[narrowest] / users[narrowest])) {
                narrowest = link;
            }
        }
        return narrowest;
    }

    private void fill(int narrowest) {
        double rate = Math.max(0, left[narrowest] / users[narrowest]);
        for (int flow = 0; flow < rates.length; flow++) {
            if (Double.isNaN(rates[flow]) && Arrays.stream(paths.get(flow)).anyMatch(link -> link == narrowest)) {
                rates[flow] = rate;
                for (int link : paths.get(flow)) {
                    left[link] -= rate;
                    users[link]--;
                }
            }
        }
    }
}
