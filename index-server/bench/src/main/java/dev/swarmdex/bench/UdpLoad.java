package dev.swarmdex.bench;

import dev.swarmdex.protocol.nativeudp.Content;
import dev.swarmdex.protocol.nativeudp.Request;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Registrations over UDP, by several peers, each with many datagrams under way. */
final class UdpLoad {

    private static final int PEERS = 4;
    private static final int UNDER_WAY = 128;

    private UdpLoad() {}

    /**
     * What a load saw.
     *
     * @param rate registrations a second
     * @param p99 of the time from a request to its answer, in milliseconds
     * @param busy how often the server was too busy
     */
    record Result(double rate, double p50, double p99, long busy) {}

    /** Registers that many contents, at most that many a second. */
    static Result register(InetSocketAddress server, int first, int count, double most)
            throws InterruptedException, ExecutionException {
        try (var threads = Executors.newFixedThreadPool(PEERS)) {
            long start = System.nanoTime();
            List<Future<Share>> shares = new ArrayList<>();
            for (int peer = 0; peer < PEERS; peer++) {
                int from = first + peer * (count / PEERS);
                String name = "load" + peer + "-" + first;
                shares.add(threads.submit(() -> share(server, name, from, count / PEERS, most / PEERS)));
            }
            List<Share> all = new ArrayList<>();
            for (var share : shares) {
                all.add(share.get());
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            long[] times = all.stream().flatMapToLong(share -> share.times.stream().mapToLong(Long::longValue)).sorted()
                    .toArray();
            return new Result(count / seconds, times[times.length / 2] / 1e6, times[times.length * 99 / 100] / 1e6,
                    all.stream().mapToLong(Share::busy).sum());
        }
    }

    private record Share(List<Long> times, long busy) {}

    private static Share share(InetSocketAddress server, String name, int first, int count, double most)
            throws IOException {
        try (var peer = new LoadPeer(server, name)) {
            peer.join();
            List<Content> contents = IntStream.range(first, first + count).mapToObj(LoadPeer::content).toList();
            List<Request.Register> requests = Request.Register.split(peer.identity(), contents);
            Iterator<Request.Register> next = requests.iterator();
            List<Long> times = new ArrayList<>();
            peer.run(() -> next(next), UNDER_WAY, LoadPeer.Pace.of(most * requests.size() / count),
                    (_, _, nanoseconds) -> times.add(nanoseconds));
            return new Share(times, peer.busy());
        }
    }

    private static @Nullable Request next(Iterator<? extends Request> requests) {
        return requests.hasNext() ? requests.next() : null;
    }
}
