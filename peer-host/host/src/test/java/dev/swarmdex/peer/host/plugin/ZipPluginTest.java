package dev.swarmdex.peer.host.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Plugins as zips with folders for classes and libraries. */
@Timeout(60)
class ZipPluginTest {

    @TempDir
    private Path folder;
    @TempDir
    private Path elsewhere;
    private PluginCopies copies;

    @BeforeEach
    void makeCopies() throws IOException {
        copies = PluginCopies.in(elsewhere.resolve("copies"));
    }

    private PluginHost open() throws IOException {
        return PluginHost.open(folder, copies, PluginSettings.PERMISSIVE);
    }

    private static StrangersJar withLibrary() {
        return StrangersJar.selector("zipped", "zipped", "return stranger.library.Words.reverse(request.candidates());")
                .source("""
                        package stranger.library;
                        public class Words {
                            public static <T> java.util.List<T> reverse(java.util.List<T> list) { return list.reversed(); }
                        }
                        """);
    }

    @Test
    void a_zip_brings_its_classes_and_its_libraries() throws IOException {
        withLibrary().buildZip(folder.resolve("zipped-1.0.0.zip"));
        try (PluginHost plugins = open()) {
            assertThat(plugins.list()).containsExactly(new PluginStatus("zipped-1.0.0.zip", "zipped", "1.0.0",
                    "selector", "zipped", "loaded", ""));
            assertThat(plugins.selector("zipped").rank(Requests.any())).hasSize(1);
        }
        assertThat(elsewhere.resolve("copies")).doesNotExist();
    }

    @Test
    void a_zip_that_is_replaced_and_then_removed_leaves_no_classes_behind() throws IOException {
        Path zip = withLibrary().buildZip(folder.resolve("zipped.zip"));
        try (PluginHost plugins = open()) {
            PhantomReference<ClassLoader> first = loader(plugins);
            StrangersJar.selector("zipped", "zipped", "return java.util.List.of();").buildZip(zip);
            awaitCollected(first);
            await().untilAsserted(() -> assertThat(plugins.selector("zipped").rank(Requests.any())).isEmpty());
            PhantomReference<ClassLoader> second = loader(plugins);
            Files.delete(zip);
            awaitCollected(second);
            await().untilAsserted(() -> assertThat(elsewhere.resolve("copies")).isEmptyDirectory());
        }
    }

    private static PhantomReference<ClassLoader> loader(PluginHost plugins) throws IOException {
        GuardedSelector selector = (GuardedSelector) plugins.selector("zipped");
        return new PhantomReference<>(selector.selector().getClass().getClassLoader(), new ReferenceQueue<>());
    }

    private static void awaitCollected(PhantomReference<ClassLoader> loader) {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(loader.refersTo(null)).isTrue();
        });
    }

    @Test
    void a_zip_that_is_no_plugin_is_refused() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("photos.zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("beach.jpg"));
        }
        try (PluginHost plugins = open()) {
            assertThat(plugins.list()).hasSize(1).allSatisfy(status -> {
                assertThat(status.state()).isEqualTo("refused");
                assertThat(status.error()).startsWith("its manifest or its classes can't be read: ");
            });
        }
    }

    @Test
    void a_zip_that_reaches_out_of_its_folder_is_refused() throws IOException {
        try (OutputStream out = Files.newOutputStream(folder.resolve("slippery.zip"));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("../../../slipped"));
            zip.write('x');
        }
        try (PluginHost plugins = open()) {
            assertThat(plugins.list()).extracting(PluginStatus::state).containsExactly("refused");
            assertThat(plugins.list().getFirst().error()).startsWith("it can't be unpacked: ");
        }
        assertThat(elsewhere.resolve("slipped")).doesNotExist();
    }

    @Test
    void files_with_temporary_names_are_left_alone() throws IOException {
        for (String name : new String[]{".zipped.zip", ".zipped.jar", "zipped.jar.part", "zipped.zip.tmp",
                "zipped.jar~"}) {
            withLibrary().buildZip(folder.resolve(name));
        }
        try (PluginHost plugins = open()) {
            assertThat(plugins.list()).isEmpty();
        }
    }

    @Test
    void copies_that_a_killed_host_left_are_deleted_at_the_next_start() throws IOException {
        Path left = Files.createDirectories(elsewhere.resolve("state/plugins/7/unpacked/classes"));
        Files.writeString(left.resolve("Left.class"), "left");
        copies = PluginCopies.in(elsewhere.resolve("state/plugins"));
        withLibrary().buildZip(folder.resolve("zipped.zip"));
        try (PluginHost plugins = open()) {
            assertThat(plugins.list()).extracting(PluginStatus::state).containsExactly("loaded");
            assertThat(left).doesNotExist();
        }
    }
}
