package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** Many small files in one folder, on this machine: ours and the rivals in turn, round after round. */
final class FolderSpeed {

    private static final int FILES_IN_A_FOLDER = 100;

    private FolderSpeed() {}

    static void run(int files, int rounds) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.create(); Programs programs = new Programs(scratch.folder())) {
            Path set = scratch.folder().resolve("set");
            List<Path> paths = smallFiles(set, files);
            long bytes = 0;
            for (Path path : paths) {
                bytes += Files.size(set.resolve(path));
            }
            Swarm swarm = Swarm.start(scratch.folder(), programs);
            long start = System.nanoTime();
            Contender ours = FolderOfSwarmdex.start(swarm, scratch, set);
            System.out.printf(Locale.ROOT, "shared and registered %d files after %.1f s%n%n", files,
                    (System.nanoTime() - start) / 1e9);
            Rsync rsync = Rsync.start(programs, scratch, set);
            print(files, bytes, compare(
                    List.of(CurlOneByOne.start(programs, scratch, paths), rsync, rsync.forcing(), ours), set, paths,
                    rounds, programs));
        }
    }

    /** Files of 1 to 64 KiB, which look random and are the same each time. */
    private static List<Path> smallFiles(Path set, int count) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        List<Path> paths = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[random.nextInt(1 << 10, (64 << 10) + 1)];
            random.nextBytes(bytes);
            Path path = Path.of("d" + i / FILES_IN_A_FOLDER, "f" + i);
            Files.createDirectories(set.resolve(path).getParent());
            Files.write(set.resolve(path), bytes);
            paths.add(path);
        }
        return paths;
    }

    private static Map<Contender, List<Double>> compare(List<Contender> contenders, Path set, List<Path> paths,
            int rounds, Programs programs) throws IOException, InterruptedException {
        Map<Contender, List<Double>> seconds = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Contender each : contenders) {
                programs.run(List.of("sync"));
                long start = System.nanoTime();
                Path fetched = each.fetch();
                double took = (System.nanoTime() - start) / 1e9;
                for (Path path : paths) {
                    if (Files.mismatch(set.resolve(path), fetched.resolve(path)) != -1) {
                        throw new IOException(each.name() + " fetched something else for " + path);
                    }
                }
                System.out.printf(Locale.ROOT, "round %d: %s %.2f s%n", round, each.name(), took);
                each.forget(fetched);
                // the first round fills the page cache and warms up what has a JIT compiler
                if (round > 0) {
                    seconds.computeIfAbsent(each, _ -> new ArrayList<>()).add(took);
                }
            }
        }
        return seconds;
    }

    private static void print(int files, long bytes, Map<Contender, List<Double>> seconds) {
        System.out.printf(Locale.ROOT,
                "%d files of 1 to 64 KiB, %d MB, over loopback to disk, medians of %d rounds%n%n",
                files, bytes / 1_000_000, seconds.values().iterator().next().size());
        System.out.println("| | seconds (least to most) | ours is faster by |");
        System.out.println("|---|---|---|");
        double ours = median(List.copyOf(seconds.values()).getLast());
        seconds.forEach((contender, all) -> System.out.printf(Locale.ROOT, "| %s | %.2f (%.2f–%.2f) | %.2f |%n",
                contender.name(), median(all), all.stream().min(Double::compare).orElseThrow(),
                all.stream().max(Double::compare).orElseThrow(), median(all) / ours));
    }

    private static double median(List<Double> samples) {
        List<Double> sorted = samples.stream().sorted().toList();
        return (sorted.get((sorted.size() - 1) / 2) + sorted.get(sorted.size() / 2)) / 2;
    }
}
