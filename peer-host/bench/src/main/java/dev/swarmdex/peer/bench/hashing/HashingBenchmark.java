package dev.swarmdex.peer.bench.hashing;

import com.sun.management.OperatingSystemMXBean;
import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.tree.TreeHasher;
import dev.swarmdex.plugin.blake3.Blake3TreeHasher;
import dev.swarmdex.plugin.md5.Md5TreeHasher;
import dev.swarmdex.plugin.sha256.Sha256TreeHasher;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Hashes a file in the page cache with {@link TreeHasher} on all cores, and beside it, in the same run and by turns: one
 * thread that only digests blocks in memory, and as many such threads as there are cores. The last ratio, of the
 * processor time that the one thread took for the same bytes, holds on a machine that is busy with other things, too.
 */
public final class HashingBenchmark {

    private static final int ROUNDS = 7;
    private static final int MEBIBYTE = 1 << 20;

    private final FileHasher hasher;
    private final Path file;
    private final long size;
    private final int threads;

    private HashingBenchmark(FileHasher hasher, Path file, int threads) throws IOException {
        this.hasher = hasher;
        this.file = file;
        this.size = Files.size(file);
        this.threads = threads;
    }

    /**
     * Runs it and prints the rates and their ratios.
     *
     * @param arguments the file's size in MiB, 1024 if not given, and the folder for it
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int mebibytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1024;
        Path folder = Path.of(arguments.length > 1 ? arguments[1] : System.getProperty("java.io.tmpdir"));
        int threads = Runtime.getRuntime().availableProcessors();
        Path file = Files.createTempFile(folder, "hashing", ".data");
        try {
            write(file, mebibytes);
            System.out.printf("%d MiB in the page cache, %d cores, medians of %d rounds, MB/s%n", mebibytes, threads,
                    ROUNDS);
            System.out.println("algorithm     one thread   all threads   TreeHasher   of cores x one   of all threads"
                    + "   by processor time");
            for (FileHasher hasher : List.of(new Sha256TreeHasher(), new Md5TreeHasher(), new Blake3TreeHasher())) {
                new HashingBenchmark(hasher, file, threads).run();
            }
        } finally {
            Files.delete(file);
        }
    }

    private static void write(Path file, int mebibytes) throws IOException {
        byte[] bytes = new byte[MEBIBYTE];
        SplittableRandom random = new SplittableRandom(1);
        try (OutputStream stream = Files.newOutputStream(file)) {
            for (int i = 0; i < mebibytes; i++) {
                random.nextBytes(bytes);
                stream.write(bytes);
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        List<Round> rounds = new ArrayList<>();
        new Round(measure(() -> digestOnly(1)), measure(() -> digestOnly(threads)), measure(this::hashFile));
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(new Round(measure(() -> digestOnly(1)), measure(() -> digestOnly(threads)),
                    measure(this::hashFile)));
        }
        System.out.printf(Locale.ROOT, "%-12s %11.0f %13.0f %12.0f %16.2f %16.2f %16.2f%n", hasher.algorithm(),
                median(rounds, round -> size / 1e6 / round.one.seconds),
                median(rounds, round -> size / 1e6 / round.all.seconds),
                median(rounds, round -> size / 1e6 / round.tree.seconds),
                median(rounds, round -> round.one.seconds / threads / round.tree.seconds),
                median(rounds, round -> round.all.seconds / round.tree.seconds),
                median(rounds, round -> round.one.processorSeconds / round.tree.processorSeconds));
    }

    private record Round(Taken one, Taken all, Taken tree) {}

    /** What hashing as many bytes as the file has took: on the clock, and of all processors together. */
    private record Taken(double seconds, double processorSeconds) {}

    /** Some work to measure. */
    private interface Work {

        void run() throws IOException, InterruptedException;
    }

    private static Taken measure(Work work) throws IOException, InterruptedException {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long start = System.nanoTime();
        long used = system.getProcessCpuTime();
        work.run();
        return new Taken((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - used) / 1e9);
    }

    /** So many threads digest the same few blocks over and over, together as much as the file has. */
    private void digestOnly(int threadCount) throws InterruptedException {
        long blocks = size / PieceSize.BLOCK / threadCount;
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threadCount; i++) {
            running.add(Thread.ofPlatform().start(() -> {
                byte[] bytes = new byte[PieceSize.BLOCK * 4];
                MessageDigest digest = hasher.newDigest();
                for (long block = 0; block < blocks; block++) {
                    digest.update(bytes, (int) (block % 4) * PieceSize.BLOCK, PieceSize.BLOCK);
                    bytes[0] = digest.digest()[0];
                }
            }));
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    private void hashFile() throws IOException, InterruptedException {
        try (TreeHasher tree = new TreeHasher(hasher, threads)) {
            tree.hash(file, _ -> {});
        }
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        return rounds.stream().mapToDouble(figure).sorted().skip(rounds.size() / 2).findFirst().orElseThrow();
    }
}
