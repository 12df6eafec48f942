package dev.swarmdex.bench;

import dev.swarmdex.store.Durability;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * How many registrations a second: plain inserts, the store, and a server over UDP, one after the other in each round, so that
 * a busy machine slows them all. The ratios count. Each has done as many before, which are not counted, since a
 * program's compiler is busy with it at first. Plain inserts go in large and in small batches, and the quicker ones
 * count: which these are hangs on the durability, and on how busy the other core is.
 */
final class Rates {

    private static final int BATCH = 4096;
    private static final int SMALL_BATCH = 1024;

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
        double large = plain(durability, registrations, BATCH);
        double small = plain(durability, registrations, SMALL_BATCH);
        double plain = Math.max(large, small);
        double stored = Scratch.in(folder -> {
            try (var load = new StoreLoad(folder, durability)) {
                load.register(0, registrations);
                return load.register(registrations, registrations);
            }
        });
        UdpLoad.Result[] half = new UdpLoad.Result[1];
        UdpLoad.Result full = Scratch.in(folder -> {
            try (var server = server(folder, durability)) {
                UdpLoad.register(server.address(), 0, registrations, Double.POSITIVE_INFINITY);
                var result = UdpLoad.register(server.address(), registrations, registrations, Double.POSITIVE_INFINITY);
                half[0] = UdpLoad.register(server.address(), 2 * registrations, registrations / 2, result.rate() / 2);
                return result;
            }
        });
        System.out.printf(Locale.ROOT, "| %s | %,.0f | %,.0f | %.2f | %,.0f | %.2f | %.1f | %.1f, %.1f |%n",
                durability.name().toLowerCase(Locale.ROOT), plain, stored, stored / plain, full.rate(),
                full.rate() / plain, full.p99(), half[0].p50(), half[0].p99());
    }

    private static double plain(Durability durability, int registrations, int batch)
            throws IOException, InterruptedException, ExecutionException {
        return Scratch.in(folder -> PlainInserts.rate(folder, durability, registrations, registrations, batch));
    }

    private static ServerProcess server(Path folder, Durability durability) throws IOException {
        return ServerProcess.start(folder, ServerProcess.AS_SHIPPED, List.of("store.url=" + StoreLoad.url(folder),
                "store.durability=" + durability.name().toLowerCase(Locale.ROOT), "frontend.native.lease=1h"));
    }
}
