package dev.swarmdex.peer.host.retrieval;

import dev.swarmdex.peer.api.ContentId;
import dev.swarmdex.peer.host.download.Wanted;
import dev.swarmdex.peer.host.download.WorkingName;
import dev.swarmdex.peer.host.tree.HashTree;
import dev.swarmdex.peer.host.tree.MemoryTree;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What this host has already is copied, and nothing but the very content. */
class LocalCopyTest {

    private static final int COPIES = 8;

    @TempDir
    Path temp;

    private final ScriptedHolders plugins = new ScriptedHolders();
    private final Shared shared = new Shared();
    private byte[] bytes;
    private HashTree tree;
    private Path original;
    private Wanted.Identified wanted;

    /** A host's files. */
    private static final class Shared implements LocalFiles {

        private final Map<ContentId, Path> files = new HashMap<>();
        private final Map<Path, HashTree> adopted = new ConcurrentHashMap<>();
        private Callable<?> finding = () -> "nothing happens meanwhile";

        @Override
        public Optional<ContentId> knownId(Path file) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> find(ContentId content) {
            try {
                finding.call();
            } catch (Exception problem) {
                throw new IllegalStateException(problem);
            }
            return Optional.ofNullable(files.get(content));
        }

        @Override
        public void adopt(Path file, HashTree tree) {
            adopted.put(file, tree);
        }

        @Override
        public void adopt(Path folder, Map<Path, HashTree> trees) {
            adopted.putAll(trees);
        }

        @Override
        public void offer(Path folder) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Optional<String> obstacle(Path file, ContentId content) {
            return Optional.empty();
        }
    }

    @BeforeEach
    void share() throws IOException {
        bytes = new byte[300_000];
        new Random(3).nextBytes(bytes);
        tree = MemoryTree.of(plugins.hasher(), ByteBuffer.wrap(bytes));
        original = Files.write(temp.resolve("original"), bytes);
        shared.files.put(tree.root(), original);
        wanted = new Wanted.Identified("copy", tree.root(), bytes.length, temp.resolve("new/copy"));
    }

    @Test
    void what_is_there_is_copied_and_offered() throws Exception {
        assertThat(new FileCopies(plugins, shared).get(wanted)).contains(original);

        assertThat(wanted.target()).hasBinaryContent(bytes);
        assertThat(shared.adopted).containsExactly(Map.entry(wanted.target(), tree));
    }

    @Test
    void what_is_not_there_or_has_changed_is_left_to_be_fetched() throws Exception {
        FileCopies copies = new FileCopies(plugins, shared);

        bytes[bytes.length / 2] ^= 1;
        Files.write(original, bytes);
        assertThat(copies.get(wanted)).isEmpty();
        Files.write(original, new byte[1]);
        assertThat(copies.get(wanted)).isEmpty();
        Files.delete(original);
        assertThat(copies.get(wanted)).isEmpty();
        shared.files.clear();
        assertThat(copies.get(wanted)).isEmpty();

        assertThat(wanted.target().getParent()).isEmptyDirectory();
        assertThat(shared.adopted).isEmpty();
    }

    @Test
    void copies_of_one_file_that_are_made_at_once_are_all_right() throws Exception {
        FileCopies copies = new FileCopies(plugins, shared);
        CyclicBarrier together = new CyclicBarrier(COPIES);
        shared.finding = together::await;

        List<Future<Optional<Path>>> copied = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < COPIES; i++) {
                copied.add(threads.submit(() -> copies.get(wanted)));
            }
        }

        assertThat(copied).allSatisfy(each -> assertThat(each.get()).isPresent());
        assertThat(wanted.target()).hasBinaryContent(bytes);
        assertThat(wanted.target().getParent()).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"copy", "nnn"})
    void what_a_killed_process_has_left_of_a_copy_is_removed_and_nothing_else(String name) throws Exception {
        Path target = wanted.target().resolveSibling(name.equals("copy") ? name : "n".repeat(255));
        wanted = new Wanted.Identified("copy", tree.root(), bytes.length, target);
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        long living = ProcessHandle.current().parent().orElseThrow().pid();
        Files.createDirectories(target.getParent());
        Path left = WorkingName.beside(target, "." + dead.pid() + "-7.folder.part");
        List<Path> others = List.of(WorkingName.beside(target, "." + living + "-7.folder.part"),
                WorkingName.beside(target, ".part"), WorkingName.beside(target, ".notes-7.folder.part"),
                target.resolveSibling("other." + dead.pid() + "-7.folder.part"));
        Files.write(left, bytes);
        for (Path other : others) {
            Files.writeString(other, "mine");
        }

        assertThat(new FileCopies(plugins, shared).get(wanted)).isPresent();

        assertThat(left).doesNotExist();
        assertThat(others).allSatisfy(other -> assertThat(other).hasContent("mine"));
        assertThat(target).hasBinaryContent(bytes);
    }

    @Test
    void a_copy_can_have_the_longest_name() throws Exception {
        Path target = wanted.target().resolveSibling("n".repeat(255));
        wanted = new Wanted.Identified("copy", tree.root(), bytes.length, target);

        assertThat(new FileCopies(plugins, shared).get(wanted)).isPresent();
        assertThat(target).hasBinaryContent(bytes);
    }

    @Test
    void what_came_into_being_meanwhile_and_is_something_else_is_not_touched() throws Exception {
        Files.createDirectories(wanted.target().getParent());
        shared.finding = () -> Files.writeString(wanted.target(), "mine");

        assertThat(new FileCopies(plugins, shared).get(wanted)).isEmpty();
        assertThat(wanted.target()).hasContent("mine");
        assertThat(wanted.target().getParent()).isDirectoryNotContaining(path -> path.toString().endsWith(".part"));
    }

    @Test
    void a_target_that_exists_is_not_touched() throws Exception {
        Files.createDirectories(wanted.target().getParent());
        Files.writeString(wanted.target(), "mine");

        assertThat(new FileCopies(plugins, shared).get(wanted)).isEmpty();
        assertThat(wanted.target()).hasContent("mine");
    }
}
