package dev.swarmdex.store.names;

import dev.swarmdex.store.state.Names.Found;
import dev.swarmdex.store.state.Names.Named;
import dev.swarmdex.store.state.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@Timeout(60)
class NameIndexTest {

    private static final int ALL = 1_000;

    @TempDir
    private Path folder;
    @SuppressWarnings("NullAway.Init")
    private NameIndex index;

    @BeforeEach
    void open() {
        index = NameIndex.open(folder.resolve("names"));
    }

    @AfterEach
    void close() {
        index.close();
    }

    private void learn(Map<Long, String> names) {
        learn(index, names);
    }

    private static void learn(NameIndex index, Map<Long, String> names) {
        NavigableMap<Long, String> open = new TreeMap<>(names);
        index.learn(from -> open.tailMap(from).entrySet().stream().limit(2)
                .map(each -> new Named(each.getKey(), each.getValue())).toList());
        await().until(() -> index.find(Words.in(List.of("x")), 0, 1).isPresent());
    }

    private List<Long> find(String... words) {
        return index.find(Words.in(List.of(words)), 0, ALL).orElseThrow().numbers();
    }

    @Test
    void names_are_found_by_words_and_by_their_beginnings() {
        learn(Map.of(3L, "films/Big.Buck.Bunny_1080p.mkv", 7L, "SintelTrailer (final).mkv", 9L, "café-crème.jpg"));

        assertThat(find("bunny", "BIG")).containsExactly(3L);
        assertThat(find("bun", "108")).containsExactly(3L);
        assertThat(find("mkv")).containsExactly(3L, 7L);
        assertThat(find("trailer")).containsExactly(7L);
        assertThat(find("sinteltr")).containsExactly(7L);
        assertThat(find("CAFE", "crème.jpg")).containsExactly(9L);
        assertThat(find("bunny", "trailer")).isEmpty();
    }

    @Test
    void misspelt_words_are_found_where_no_name_has_them_as_they_are() {
        learn(Map.of(3L, "big buck bunny.mkv", 7L, "bunnies.mkv", 9L, "elephants dream.mkv"));

        assertThat(find("buny")).containsExactly(3L);
        assertThat(find("bunyn", "mkv")).containsExactly(3L);
        assertThat(find("elefphant")).containsExactly(9L);
        assertThat(find("elephnats", "draem")).containsExactly(9L);
        assertThat(find("bunny")).containsExactly(3L);
        assertThat(find("mvk")).isEmpty();
    }

    @Test
    void what_is_too_long_for_a_word_is_found_as_it_is() {
        learn(Map.of(3L, "misunderstandingness.txt", 7L, "0123456789abcdef01234.iso"));

        assertThat(find("misunderstandignness")).containsExactly(3L);
        assertThat(find("0123456789abcdef01234")).containsExactly(7L);
        assertThat(find("0123456789abcdef01243")).isEmpty();
    }

    @Test
    void the_most_words_that_may_be_sought_may_all_be_misspelt() {
        learn(LongStream.range(100, 1_100).boxed()
                .collect(Collectors.toMap(number -> number, number -> "movie%04d".formatted(number))));

        assertThat(find(IntStream.range(0, 16).mapToObj("movie%04d"::formatted).toArray(String[]::new))).contains(100L);
    }

    @Test
    void contents_that_end_and_reopen_within_a_second_do_not_make_the_files_grow() throws Exception {
        var recent = new RecentNames();
        try (var files = NameFiles.create(folder.resolve("files"))) {
            for (int round = 0; round < 3; round++) {
                for (long number = 1; number <= 100; number++) {
                    recent.ended(number);
                    recent.opened(number, "film " + number);
                }
                files.write(recent);

                assertThat(files.size()).isEqualTo(100);
            }
        }
    }

    @Test
    void what_comes_and_goes_is_seen_at_once() {
        learn(Map.of(3L, "one film"));

        index.opened(4, "another film");
        assertThat(find("film")).containsExactly(3L, 4L);
        index.ended(4);
        index.opened(5, "two films");
        assertThat(find("film")).contains(3L, 5L);
        await().untilAsserted(() -> assertThat(find("film")).containsExactly(3L, 5L));
        index.opened(4, "another film again");
        assertThat(find("again")).containsExactly(4L);
        await().untilAsserted(() -> assertThat(find("agian")).containsExactly(4L));
        assertThat(find("film")).containsExactly(3L, 4L, 5L);
    }

    @Test
    void pages_show_each_number_once_whether_it_is_written_yet_or_not() {
        Map<Long, String> old = new TreeMap<>();
        LongStream.rangeClosed(1, 20).forEach(number -> old.put(2 * number, "film " + number));
        learn(old);
        LongStream.rangeClosed(0, 20).forEach(number -> index.opened(2 * number + 1, "new film"));

        var seen = new ArrayList<Long>();
        Found page = new Found(List.of(), true);
        for (long from = 0; page.more(); from = seen.getLast() + 1) {
            page = index.find(Words.in(List.of("fil")), from, 3).orElseThrow();
            assertThat(page.numbers()).hasSizeBetween(1, 3);
            seen.addAll(page.numbers());
        }
        assertThat(seen).isEqualTo(LongStream.rangeClosed(1, 41).boxed().toList());
    }

    @Test
    void what_was_forgotten_is_not_found_again() {
        learn(Map.of(3L, "one film"));
        index.opened(4, "two films");
        index.forget();
        assertThat(index.find(Words.in(List.of("film")), 0, ALL)).isEmpty();
        index.opened(5, "three films");

        learn(Map.of(6L, "four films"));
        assertThat(find("film")).containsExactly(6L);
    }

    @Test
    void however_often_it_learns_anew_it_knows_what_it_learned_last() {
        for (long round = 1; round <= 40; round++) {
            learn(Map.of(round, "film of round " + round));
            index.opened(100 + round, "another film of round " + round);
            assertThat(find("film", "round")).containsExactly(round, 100 + round);
            index.forget();
        }
    }

    @Test
    void nothing_is_left_of_its_files_nor_of_those_of_a_server_that_was_killed() throws Exception {
        learn(Map.of(3L, "one film"));
        index.close();
        assertThat(folder.resolve("names")).doesNotExist();
        Files.createDirectory(folder.resolve("names"));
        Files.writeString(folder.resolve("names/_0.cfs"), "half a file");

        open();
        learn(Map.of(4L, "two films"));
        assertThat(find("film")).containsExactly(4L);
    }

    @Test
    void where_no_files_can_be_written_it_says_so_and_knows_nothing() throws Exception {
        index.close();
        Files.writeString(folder.resolve("names"), "a file, not a folder");
        open();
        index.learn(_ -> List.of());
        index.opened(3, "one film");
        assertThat(index.find(Words.in(List.of("film")), 0, ALL)).isEmpty();
    }

    @Test
    void what_killed_servers_left_is_removed_and_nothing_else() throws IOException {
        Path abandoned = Files.createDirectory(folder.resolve("swarmdex-names-abandoned"));
        Files.writeString(abandoned.resolve("_0.cfs"), "names");
        Path precious = Files.writeString(Files.createDirectory(folder.resolve("precious")).resolve("file"), "dear");
        Path link = Files.createSymbolicLink(folder.resolve("swarmdex-names-link"), precious.getParent());
        Path young = Files.createDirectory(folder.resolve("swarmdex-names-young"));
        try (var living = NameIndex.openIn(folder)) {
            learn(living, Map.of(1L, "one"));
            Path locked = only(folder, "swarmdex-names-[0-9]*");
            for (Path each : List.of(abandoned, locked, precious.getParent())) {
                Files.setLastModifiedTime(each, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }

            try (var next = NameIndex.openIn(folder)) {
                learn(next, Map.of(1L, "one"));

                assertThat(abandoned).doesNotExist();
                assertThat(locked).isNotEmptyDirectory();
            }
        }

        assertThat(folder).isDirectoryNotContaining("glob:**/swarmdex-names-[0-9]*");
        assertThat(List.of(young, link, precious)).allMatch(Files::exists);
    }

    private static Path only(Path folder, String pattern) throws IOException {
        try (var found = Files.newDirectoryStream(folder, pattern)) {
            return found.iterator().next();
        }
    }
}
