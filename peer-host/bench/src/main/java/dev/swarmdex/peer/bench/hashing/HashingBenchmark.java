package dev.swarmdex.peer.bench.hashing;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PieceSize;
import dev.swarmdex.peer.host.tree.TreeHasher;
import dev.swarmdex.plugin.blake3.Blake3TreeHasher;
import dev.swarmdex.plugin.md5.Md5TreeHasher;
import dev.swarmdex.plugin.sha256.Sha256TreeHasher;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Hashes a file in the page cache with {@link TreeHasher} on all cores, and beside it, in the same run and by turns: one
 * thread that only digests blocks in memory, and as many such threads as there are cores.
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
            System.out.println("algorithm     one thread   all threads   TreeHasher   of cores x one   of all threads");
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
        double[] one = new double[ROUNDS];
        double[] all = new double[ROUNDS];
        double[] tree = new double[ROUNDS];
        double[] ofCores = new double[ROUNDS];
        double[] ofAll = new double[ROUNDS];
        digestOnly(1);
        hashFile();
        for (int round = 0; round < ROUNDS; round++) {
            one[round] = digestOnly(1);
            all[round] = digestOnly(threads);
            tree[round] = hashFile();
            ofCores[round] = tree[round] / (threads * one[round]);
            ofAll[round] = tree[round] / all[round];
        }
        System.out.printf(Locale.ROOT, "%-12s %11.0f %13.0f %12.0f %16.2f %16.2f%n", hasher.algorithm(), median(one),
                median(all), median(tree), median(ofCores), median(ofAll));
    }

    /** The rate of so many threads that digest the same few blocks over and over, together as much as the file has. */
    private double digestOnly(int threadCount) throws InterruptedException {
        long blocks = size / PieceSize.BLOCK / threadCount;
        List<Thread> running = new ArrayList<>();
        long start = System.nanoTime();
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
        return size / 1e6 / ((System.nanoTime() - start) / 1e9);
    }

    private double hashFile() throws IOException, InterruptedException {
        try (TreeHasher tree = new TreeHasher(hasher, threads)) {
            long start = System.nanoTime();
            tree.hash(file, _ -> {});
            return size / 1e6 / ((System.nanoTime() - start) / 1e9);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
