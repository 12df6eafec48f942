package dev.swarmdex.peer.bench.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Four sources with a limit each, of which one may make trouble half-way: how close a download comes to what they give. */
final class LimitedSources {

    private static final int SOURCES = 4;
    private static final double EACH = 50e6;
    private static final double SLOWED = 1e6;

    private final Swarm swarm;
    private final Path file;
    private final List<Swarm.Host> sources;
    private final Swarm.Host receiver;

    /** What one of the sources does when half of the file is there. */
    private enum Trouble {
        NONE("none", EACH) {
            @Override
            void begin(Swarm.Host source) {
                // all go on
            }

            @Override
            void end(Swarm.Host source) {
                // nothing to mend
            }
        },
        SLOWS_DOWN("one drops to 1 MB/s", SLOWED) {
            @Override
            void begin(Swarm.Host source) throws IOException, InterruptedException {
                limit(source, SLOWED);
            }

            @Override
            void end(Swarm.Host source) throws IOException, InterruptedException {
                limit(source, EACH);
            }
        },
        HANGS("one hangs silently", 0) {
            @Override
            void begin(Swarm.Host source) throws IOException, InterruptedException {
                signal(source, "-STOP");
            }

            @Override
            void end(Swarm.Host source) throws IOException, InterruptedException {
                signal(source, "-CONT");
            }
        };

        private final String text;
        private final double left;

        Trouble(String text, double left) {
            this.text = text;
            this.left = left;
        }

        abstract void begin(Swarm.Host source) throws IOException, InterruptedException;

        abstract void end(Swarm.Host source) throws IOException, InterruptedException;

        private static void limit(Swarm.Host source, double rate) throws IOException, InterruptedException {
            source.ask("limit", Map.of("upload", (long) rate + "B/s"), _ -> {});
        }

        private static void signal(Swarm.Host source, String signal) throws IOException, InterruptedException {
            new ProcessBuilder("kill", signal, Long.toString(source.process().pid())).inheritIO().start().waitFor();
        }
    }

    private LimitedSources(Swarm swarm, Path file, List<Swarm.Host> sources, Swarm.Host receiver) {
        this.swarm = swarm;
        this.file = file;
        this.sources = sources;
        this.receiver = receiver;
    }

    static void run(int mebibytes) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.create(); Programs programs = new Programs(scratch.folder())) {
            Path file = scratch.file("film.mkv", mebibytes);
            Swarm swarm = Swarm.start(scratch.folder(), programs);
            List<Swarm.Host> sources = new ArrayList<>();
            for (int i = 0; i < SOURCES; i++) {
                String name = "source" + i;
                Path shared = swarm.prepare(name, "[limits]\nupload = \"50MB/s\"").resolve("shared");
                Files.createLink(shared.resolve(file.getFileName()), file);
                sources.add(swarm.run(name));
            }
            swarm.prepare("receiver", "");
            LimitedSources bench = new LimitedSources(swarm, file, sources, swarm.run("receiver"));
            // fills the page cache and warms up what has a JIT compiler
            bench.fetch(Trouble.NONE);
            System.out.println("| trouble | seconds | ideal | times the ideal |");
            System.out.println("|---|---|---|---|");
            for (Trouble trouble : Trouble.values()) {
                bench.measure(trouble);
            }
        }
    }

    private void measure(Trouble trouble) throws IOException, InterruptedException {
        double half = Files.size(file) / 2.0;
        double ideal = half / (SOURCES * EACH) + half / ((SOURCES - 1) * EACH + trouble.left);
        double seconds = fetch(trouble);
        System.out.printf(Locale.ROOT, "| %s | %.2f | %.2f | %.2f |%n", trouble.text, seconds, ideal, seconds / ideal);
    }

    /** How many seconds it took. */
    private double fetch(Trouble trouble) throws IOException, InterruptedException {
        String name = file.getFileName().toString();
        long size = Files.size(file);
        swarm.awaitOffered(receiver, name, SOURCES);
        AtomicBoolean halfway = new AtomicBoolean();
        double seconds = receiver.ask("get", Map.of("content", name), progress -> {
            if (progress.path("received").asLong() >= size / 2 && halfway.compareAndSet(false, true)) {
                begin(trouble);
            }
        }).path("seconds").asDouble();
        trouble.end(sources.getFirst());
        if (Files.mismatch(file, receiver.downloads().resolve(name)) != -1) {
            throw new IOException("something else was fetched");
        }
        swarm.awaitOffered(receiver, name, SOURCES + 1);
        receiver.ask("delete", Map.of("name", name), _ -> {});
        return seconds;
    }

    private void begin(Trouble trouble) {
        try {
            trouble.begin(sources.getFirst());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
