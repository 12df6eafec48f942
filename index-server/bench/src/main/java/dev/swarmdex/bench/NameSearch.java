package dev.swarmdex.bench;

import dev.swarmdex.store.Content;
import dev.swarmdex.store.Cursor;
import dev.swarmdex.store.Identity;
import dev.swarmdex.store.Page;
import dev.swarmdex.store.Presence;
import dev.swarmdex.store.names.NameIndex;
import dev.swarmdex.store.state.Effect;
import dev.swarmdex.store.state.Names;
import dev.swarmdex.store.state.ReadModel;
import dev.swarmdex.store.state.Words;
import java.io.IOException;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** How long a search for words takes: through the index of names, and by looking at every name until the page is full. */
final class NameSearch {

    private static final int VOCABULARY = 20_000;
    private static final int SOURCES = 40;
    private static final int ROUNDS = 500;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Random random = new Random(7);
    private final List<String> vocabulary;

    private NameSearch() {
        vocabulary = IntStream.range(0, VOCABULARY).mapToObj(_ -> word(3 + random.nextInt(9))).toList();
    }

    static void run(int names) throws IOException, InterruptedException, ExecutionException {
        Scratch.in(folder -> new NameSearch().measure(names, folder));
    }

    private boolean measure(int count, Path folder) throws InterruptedException {
        try (NameIndex names = NameIndex.open(folder.resolve("names"))) {
            var indexed = new ReadModel(names);
            var plain = new ReadModel(Names.NONE);
            List<String> all = IntStream.range(0, count).mapToObj(this::name).toList();
            load(plain, all);
            long start = System.nanoTime();
            load(indexed, all);
            while (names.find(Words.in(List.of("x")), 0, 1).isEmpty()) {
                Thread.sleep(10);
            }
            System.out.printf("%,d names are indexed after %.1f s%n", count, (System.nanoTime() - start) / 1e9);
            System.out.printf("%-28s %12s %12s %12s   %s%n", "", "p50, ms", "p99, ms", "most, ms",
                    "found at least one");
            show("two words", indexed, () -> twoOf(all));
            show("the beginning of a word", indexed, () -> List.of(some(vocabulary).substring(0, 3)));
            show("two letters", indexed, () -> List.of(some(vocabulary).substring(0, 2)));
            show("a number's beginning", indexed, () -> List.of(Integer.toString(10 + random.nextInt(90))));
            show("a misspelt word", indexed, () -> List.of(misspelt(some(vocabulary))));
            show("two words, without an index", plain, () -> twoOf(all), ROUNDS / 25);
            return true;
        }
    }

    private static void show(String what, ReadModel model, Supplier<List<String>> words) {
        show(what, model, words, ROUNDS);
    }

    private static void show(String what, ReadModel model, Supplier<List<String>> words, int rounds) {
        long[] times = new long[rounds];
        int found = 0;
        for (int round = -rounds / 5; round < rounds; round++) {
            List<String> asked = words.get();
            long start = System.nanoTime();
            boolean some = !firstPage(model, asked).listings().isEmpty();
            if (round >= 0) {
                times[round] = System.nanoTime() - start;
                found += some ? 1 : 0;
            }
        }
        Arrays.sort(times);
        System.out.printf("%-28s %12.2f %12.2f %12.2f   %d of %d%n", what, times[rounds / 2] / 1e6,
                times[rounds * 99 / 100] / 1e6, times[rounds - 1] / 1e6, found, rounds);
    }

    /** The first that has something, or the last. */
    private static Page firstPage(ReadModel model, List<String> words) {
        Page page = model.byWords(words, Cursor.START, SOURCES);
        while (page.listings().isEmpty() && page.next().isPresent()) {
            page = model.byWords(words, page.next().get(), SOURCES);
        }
        return page;
    }

    private static void load(ReadModel model, List<String> names) {
        model.load((Consumer<Effect> to) -> {
            to.accept(new Effect.SessionOpened(1, 1,
                    new Presence("native", "alice", "alice", Identity.NONE, "192.0.2.1", List.of()), NOW));
            for (int i = 0; i < names.size(); i++) {
                Content content = new Content(names.get(i), Optional.empty(), 1);
                to.accept(new Effect.MappingOpened(i + 1, i + 1, content, 1, NOW));
            }
        });
    }

    private String name(int number) {
        return IntStream.range(0, 3).mapToObj(_ -> some(vocabulary)).collect(Collectors.joining("."))
                + " " + number + ".mkv";
    }

    private List<String> twoOf(List<String> names) {
        String[] words = some(names).split("[. ]", -1);
        return List.of(words[0], words[2]);
    }

    private String misspelt(String word) {
        int at = 1 + random.nextInt(word.length() - 1);
        return word.substring(0, at) + 'q' + word.substring(at);
    }

    private String word(int length) {
        return random.ints(length, 'a', 'q').collect(StringBuilder::new, StringBuilder::appendCodePoint,
                StringBuilder::append).toString();
    }

    private <T> T some(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
