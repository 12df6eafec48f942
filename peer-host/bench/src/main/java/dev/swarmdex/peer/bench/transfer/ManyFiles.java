package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A host with a small heap, very many shared files, and many downloads at once. */
final class ManyFiles {

    private static final String HEAP = "-Xmx256m -XX:+ExitOnOutOfMemoryError";
    private static final int DOWNLOAD_MEBIBYTES = 8;
    private static final int FILES_IN_A_FOLDER = 1000;
    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");

    private ManyFiles() {}

    static void run(int files, int downloads) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.create(); Programs programs = new Programs(scratch.folder())) {
            Swarm swarm = Swarm.start(scratch.folder(), programs);
            // slow enough for all downloads to be under way at once
            Path offered = swarm.prepare("source", "[limits]\nupload = \"40MB/s\"").resolve("shared");
            for (int i = 0; i < downloads; i++) {
                Path file = scratch.file("film" + i, DOWNLOAD_MEBIBYTES);
                Files.writeString(file, "film " + i, StandardOpenOption.APPEND);
                Files.move(file, offered.resolve(file.getFileName()));
            }
            swarm.run("source");
            fill(swarm.prepare("small", "").resolve("shared"), files);
            long start = System.nanoTime();
            Swarm.Host host = swarm.run("small", HEAP);
            swarm.awaitOffered(host, "folder%d/file%d".formatted((files - 1) / FILES_IN_A_FOLDER, files - 1), 1);
            swarm.awaitOffered(host, "film" + (downloads - 1), 1);
            System.out.printf(Locale.ROOT, "%,d files offered %.0f s after the start, peak memory %d MiB%n", files,
                    (System.nanoTime() - start) / 1e9, peakMebibytes(host));
            download(host, downloads);
        }
    }

    private static void fill(Path shared, int files) throws IOException {
        for (int i = 0; i < files; i++) {
            Path folder = Files.createDirectories(shared.resolve("folder" + i / FILES_IN_A_FOLDER));
            Files.write(folder.resolve("file" + i), ("file " + i).getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static void download(Swarm.Host host, int downloads) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Queue<String> failures = new ConcurrentLinkedQueue<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < downloads; i++) {
            String name = "film" + i;
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    host.ask("get", Map.of("content", name), _ -> {});
                } catch (IOException | InterruptedException failure) {
                    failures.add(name + ": " + failure.getMessage());
                }
            }));
        }
        for (Thread each : threads) {
            each.join();
        }
        System.out.printf(Locale.ROOT, "%d downloads of %d MiB at once: %.0f s, peak memory %d MiB, %d failed%n",
                downloads, DOWNLOAD_MEBIBYTES, (System.nanoTime() - start) / 1e9, peakMebibytes(host),
                failures.size());
        failures.stream().limit(5).forEach(System.out::println);
    }

    private static long peakMebibytes(Swarm.Host host) throws IOException {
        Matcher matcher = PEAK.matcher(Files.readString(Path.of("/proc/" + host.process().pid() + "/status")));
        if (!matcher.find()) {
            throw new IOException("the kernel does not tell the peak memory of " + host.name());
        }
        return Long.parseLong(matcher.group(1)) >> 10;
    }
}
