package dev.swarmdex.peer.host.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import static org.assertj.core.api.Assertions.assertThat;

class ShareCommandTest {

    @Test
    void of_a_large_folder_some_files_are_told_and_how_many_there_are_and_the_folder() throws Exception {
        List<String> lines = share(1_020, "share", "photos");

        assertThat(lines).hasSize(22).startsWith("photos/0.jpg  1.00 kB  sha256-tree:00");
        assertThat(lines.get(20)).isEqualTo("and 1,000 more files; --json tells all");
        assertThat(lines.getLast()).startsWith("photos.folder  ");
    }

    @Test
    void of_a_small_folder_each_file_is_told() throws Exception {
        assertThat(share(20, "share", "photos")).hasSize(21).noneMatch(line -> line.contains("more files"));
    }

    @Test
    void of_a_file_whose_name_another_one_has_it_is_told_that_it_is_found_by_its_id_only() throws Exception {
        ArrayNode shared = JsonMapper.shared().createArrayNode();
        shared.addObject().put("name", "one.txt").put("size", 1).put("id", "sha256-tree:01").put("nameTakenBy", "");
        shared.addObject().put("name", "two.txt").put("size", 1).put("id", "sha256-tree:02").put("nameTakenBy",
                "/b/two.txt");

        assertThat(share(shared, "share", "a")).containsExactly(
                "two.txt  1 B  sha256-tree:02  by this id only: /b/two.txt has the name",
                "one.txt  1 B  sha256-tree:01");
    }

    @Test
    void as_json_each_file_is_told() throws Exception {
        assertThat(share(1_020, "share", "photos", "--json")).hasSize(1_021).allMatch(line -> line.startsWith("{"));
    }

    @Test
    void that_the_index_does_not_know_it_yet_is_told() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        CommandLine.run(new String[]{"share", "a.bin"}, new Output(stream, stream, false), (_, _, events) -> {
            events.accept(JsonMapper.shared().createObjectNode().put("indexState", "no index server answers"));
            return JsonMapper.shared().createArrayNode();
        });
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("offered; the index does not know it yet: no index server answers");
    }

    /** What a command prints whose host has begun to share a folder of so many files. */
    private static List<String> share(int files, String... words) throws InterruptedException {
        ArrayNode shared = JsonMapper.shared().createArrayNode();
        shared.addObject().put("name", "photos.folder").put("size", 70_000).put("id", "sha256-tree:ff");
        for (int file = 0; file < files; file++) {
            shared.addObject().put("name", "photos/" + file + ".jpg").put("size", 1_000).put("id", "sha256-tree:00");
        }
        return share(shared, words);
    }

    private static List<String> share(ArrayNode shared, String... words) throws InterruptedException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(printed, true, StandardCharsets.UTF_8);
        int exitCode = CommandLine.run(words, new Output(stream, stream, false), (_, _, _) -> shared);
        assertThat(exitCode).isZero();
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
