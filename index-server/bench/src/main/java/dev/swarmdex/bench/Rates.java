package dev.swarmdex.bench;

import dev.swarmdex.store.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * How many registrations a second: plain inserts, the store, and a server over UDP, one after the other in each round, so that
 * a busy machine slows them all. The ratios count.
 */
final class Rates {

    private static final int BATCH = 4096;

    private Rates() {}

    static void run(int registrations, int rounds)
            throws IOException, InterruptedException, ExecutionException {
        System.out.println(
                "| durability | plain/s | store/s | ratio | UDP/s | ratio | p99 at full load, ms | p50, p99 at half"
                        + " load, ms |\n|---|---|---|---|---|---|---|---|");
        for (int round = 0; round < rounds; round++) {
            for (Durability durability : Durability.values()) {
                round(durability, registrations / BATCH * BATCH);
            }
        }
    }

    private static void round(Durability durability, int registrations)
            throws IOException, InterruptedException, ExecutionException {
        double plain = Scratch.in(folder -> PlainInserts.rate(folder, durability, registrations, BATCH));
        double stored = Scratch.in(folder -> {
            try (var load = new StoreLoad(folder, durability)) {
                return load.register(0, registrations);
            }
        });
        UdpLoad.Result[] half = new UdpLoad.Result[1];
        UdpLoad.Result full = Scratch.in(folder -> {
            try (var server = server(folder, durability)) {
                var result = UdpLoad.register(server.address(), 0, registrations, Double.POSITIVE_INFINITY);
                // the compiler is still busy with the server; what counts is the second
                for (int first = registrations; first < 2 * registrations; first += registrations / 2) {
                    half[0] = UdpLoad.register(server.address(), first, registrations / 2, result.rate() / 2);
                }
                return result;
            }
        });
        System.out.printf(Locale.ROOT, "| %s | %,.0f | %,.0f | %.2f | %,.0f | %.2f | %.1f | %.1f, %.1f |%n",
                durability.name().toLowerCase(Locale.ROOT), plain, stored, stored / plain, full.rate(),
                full.rate() / plain, full.p99(), half[0].p50(), half[0].p99());
    }

    private static ServerProcess server(Path folder, Durability durability) throws IOException {
        return ServerProcess.start(folder, ServerProcess.AS_SHIPPED, List.of("store.url=" + StoreLoad.url(folder),
                "store.durability=" + durability.name().toLowerCase(Locale.ROOT), "frontend.native.lease=1h"));
    }
}
