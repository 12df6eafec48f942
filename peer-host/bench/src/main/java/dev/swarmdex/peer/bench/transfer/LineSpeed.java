package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** One source on this machine: ours and the rivals in turn, round after round, with the processor time of both sides. */
final class LineSpeed {

    private final int mebibytes;
    private final Path file;
    private final Programs programs;

    /** Times in seconds. */
    private record Sample(double wall, double sending, double receiving) {}

    private LineSpeed(int mebibytes, Path file, Programs programs) {
        this.mebibytes = mebibytes;
        this.file = file;
        this.programs = programs;
    }

    static void run(int mebibytes, int rounds) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.create(); Programs programs = new Programs(scratch.folder())) {
            Path file = scratch.file("film.mkv", mebibytes);
            Http http = Http.start(programs, scratch.folder(), file, scratch.folder().resolve("curl.mkv"));
            List<Contender> contenders = List.of(http, http.digesting(),
                    Libtorrent.start(programs, file, scratch.folder().resolve("libtorrent")),
                    Floor.start(programs, file, scratch.folder().resolve("floor")),
                    Swarmdex.start(Swarm.start(scratch.folder(), programs), file));
            new LineSpeed(mebibytes, file, programs).compare(contenders, rounds);
        }
    }

    private void compare(List<Contender> contenders, int rounds) throws IOException, InterruptedException {
        Map<Contender, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round <= rounds; round++) {
            for (Contender each : contenders) {
                Sample sample = measure(each);
                // the first round fills the page cache and warms up what has a JIT compiler
                if (round > 0) {
                    samples.computeIfAbsent(each, _ -> new ArrayList<>()).add(sample);
                }
            }
        }
        print(samples);
    }

    private Sample measure(Contender contender) throws IOException, InterruptedException {
        programs.run(List.of("sync"));
        double sending = ProcessorTime.of(contender.senders());
        double receiving = ProcessorTime.of(contender.receivers()) + ProcessorTime.ofEndedChildren();
        long start = System.nanoTime();
        Path fetched = contender.fetch();
        double wall = (System.nanoTime() - start) / 1e9;
        Sample sample = new Sample(wall, ProcessorTime.of(contender.senders()) - sending,
                ProcessorTime.of(contender.receivers()) + ProcessorTime.ofEndedChildren() - receiving);
        if (Files.mismatch(file, fetched) != -1) {
            throw new IOException(contender.name() + " fetched something else");
        }
        contender.forget(fetched);
        return sample;
    }

    private void print(Map<Contender, List<Sample>> samples) {
        System.out.printf(Locale.ROOT, "%d MiB over loopback to disk, medians of %d rounds%n%n", mebibytes,
                samples.values().iterator().next().size());
        System.out.println("| | MB/s (least to most) | ours is faster by | core-s/GiB sending | receiving |");
        System.out.println("|---|---|---|---|---|");
        List<Map.Entry<Contender, List<Sample>>> rows = List.copyOf(samples.entrySet());
        double ours = median(rows.getLast().getValue(), Sample::wall);
        for (Map.Entry<Contender, List<Sample>> row : rows) {
            List<Sample> all = row.getValue();
            double wall = median(all, Sample::wall);
            System.out.printf(Locale.ROOT, "| %s | %.0f (%.0f–%.0f) | %.2f | %.2f | %.2f |%n", row.getKey().name(),
                    rate(wall), rate(all.stream().mapToDouble(Sample::wall).max().orElseThrow()),
                    rate(all.stream().mapToDouble(Sample::wall).min().orElseThrow()), wall / ours,
                    perGibibyte(median(all, Sample::sending)), perGibibyte(median(all, Sample::receiving)));
        }
    }

    private static double median(List<Sample> samples, ToDoubleFunction<Sample> part) {
        double[] sorted = samples.stream().mapToDouble(part).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private double rate(double seconds) {
        return mebibytes * 1.048576 / seconds;
    }

    private double perGibibyte(double seconds) {
        return seconds * 1024 / mebibytes;
    }
}
