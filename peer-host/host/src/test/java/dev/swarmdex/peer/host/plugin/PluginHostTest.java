package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.host.control.FailureText;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;

/** What becomes of jars that lie in the folder when the host starts. */
@Timeout(30)
class PluginHostTest {

    private static final String AS_THEY_COME = "return request.candidates();";

    @TempDir
    private Path folder;

    @Test
    void a_good_jar_is_loaded_and_found_by_what_it_provides() throws IOException {
        StrangersJar.selector("mine", "as-they-come", AS_THEY_COME).build(folder.resolve("select-mine-1.0.0.jar"));
        try (PluginHost plugins = open(folder)) {
            assertThat(plugins.selector("as-they-come").strategy()).isEqualTo("as-they-come");
            assertThat(plugins.list())
                    .containsExactly(new PluginStatus("select-mine-1.0.0.jar", "mine", "1.0.0", "selector",
                            "as-they-come", "loaded", ""));
        }
    }

    @Test
    void without_a_folder_nothing_is_left_behind() throws IOException {
        Path copies = folder.resolve("copies");

        assertThatIOException()
                .isThrownBy(() -> PluginHost.open(folder.resolve("missing"), PluginCopies.in(copies),
                        PluginSettings.PERMISSIVE))
                .withMessageContaining("plugins-dir");

        assertThat(copies).doesNotExist();
    }

    @Test
    void a_jar_can_provide_several_things() throws IOException {
        StrangersJar.selector("mine", "as-they-come", AS_THEY_COME).source("""
                package stranger;
                @org.pf4j.Extension
                public class Hasher implements dev.swarmdex.peer.api.FileHasher {
                    public String algorithm() { return "md5"; }
                    public java.security.MessageDigest newDigest() {
                        try {
                            return java.security.MessageDigest.getInstance("MD5");
                        } catch (java.security.GeneralSecurityException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }
                """).source(transport("carrier-pigeon")).build(folder.resolve("mine.jar"));
        try (PluginHost plugins = open(folder)) {
            assertThat(plugins.hasher("md5").newDigest().getDigestLength()).isEqualTo(16);
            assertThat(plugins.selector("as-they-come")).isNotNull();
            assertThat(plugins.transport("carrier-pigeon").scheme()).isEqualTo("carrier-pigeon");
            assertThat(plugins.schemes()).containsExactly("carrier-pigeon");
            assertThat(plugins.list()).extracting(PluginStatus::kind).containsExactlyInAnyOrder("transport", "hasher",
                    "selector");
        }
    }

    @Test
    void each_extension_is_made_once() throws IOException {
        new StrangersJar("counting", "1.0.0").source("""
                package stranger;
                import dev.swarmdex.peer.api.*;
                @org.pf4j.Extension
                public class Counting implements PeerSelector {
                    private static int made;
                    public Counting() { made++; }
                    public String strategy() { return "counting"; }
                    public java.util.List<Candidate> rank(SelectionRequest request) {
                        if (made != 1) throw new IllegalStateException("made " + made + " times");
                        return request.candidates();
                    }
                }
                """).build(folder.resolve("counting.jar"));
        try (PluginHost plugins = open(folder)) {
            for (int i = 0; i < 3; i++) {
                assertThat(plugins.selector("counting").rank(Requests.any())).hasSize(1);
            }
        }
    }

    @Test
    void a_missing_folder_is_named_with_the_cure() {
        assertThatIOException().isThrownBy(() -> open(folder.resolve("nowhere")))
                .satisfies(missing -> assertThat(FailureText.of(missing)).isEqualTo(missing.getMessage()))
                .withMessageMatching(
                        "the plugins folder .*nowhere does not exist: create it and put the plugin jars there, or set plugins-dir");
    }

    @Test
    void a_missing_plugin_is_named_with_its_jar_and_what_is_there_instead() throws IOException {
        StrangersJar.selector("mine", "as-they-come", AS_THEY_COME).build(folder.resolve("mine.jar"));
        Files.createFile(old(folder.resolve("broken.jar")));
        old(folder.resolve("broken.jar"));
        try (PluginHost plugins = open(folder)) {
            assertThatExceptionOfType(MissingPluginException.class).isThrownBy(() -> plugins.transport("quic"))
                    .withMessageContaining(
                            "no plugin for transport quic: put transport-quic-<version>.jar into")
                    .withMessageContaining(
                            "there is no transport; not used: broken.jar, ");
            assertThatExceptionOfType(MissingPluginException.class).isThrownBy(() -> plugins.selector("any"))
                    .satisfies(missing -> assertThat(missing.there()).containsExactly("as-they-come"));
            assertThatIOException().isThrownBy(() -> plugins.hasher("sha256-tree")).withMessageContaining(
                    "put hash-sha256-<version>.jar into");
            assertThatIOException().isThrownBy(() -> plugins.selector("random")).withMessageContaining(
                    "put select-random-<version>.jar into").withMessageContaining("as-they-come from mine.jar");
        }
    }

    @Test
    void other_files_in_the_folder_are_nobodys_business() throws IOException {
        Files.createDirectory(folder.resolve("folder.jar"));
        Files.createDirectory(folder.resolve("select-random"));
        Files.writeString(folder.resolve("README.md"), "hello");
        try (PluginHost plugins = open(folder)) {
            assertThat(plugins.list()).isEmpty();
        }
    }

    @Test
    void a_damaged_jar_is_refused() throws IOException {
        Files.writeString(folder.resolve("damaged.jar"), "not a zip");
        old(folder.resolve("damaged.jar"));
        assertThat(refusal()).startsWith("it is damaged or not a jar");
    }

    @Test
    void a_jar_with_damaged_classes_is_refused() throws IOException {
        Path good = StrangersJar.selector("mine", "as-they-come", AS_THEY_COME).build(folder.resolve("mine.jar"));
        try (FileSystem zip = FileSystems.newFileSystem(good)) {
            Files.writeString(zip.getPath("stranger/Mine.class"), "not a class");
        }
        assertThat(refusal()).contains("stranger.Mine").contains("ClassFormatError");
    }

    @Test
    void a_jar_that_is_no_plugin_is_refused() throws IOException {
        new StrangersJar("", "1.0.0").build(folder.resolve("library.jar"));
        assertThat(refusal()).startsWith("its manifest or its classes can't be read: ");
    }

    @Test
    void a_jar_that_contributes_nothing_is_refused() throws IOException {
        new StrangersJar("idle", "1.0.0").source("package stranger; public class Idle {}")
                .build(folder.resolve("idle.jar"));
        assertThat(refusal()).startsWith("it contributes nothing").contains("-proc:full");
    }

    @Test
    void an_extension_of_something_else_contributes_nothing() throws IOException {
        new StrangersJar("other", "1.0.0").source(
                "package stranger; @org.pf4j.Extension public class Other implements org.pf4j.ExtensionPoint {}").build(
                        folder.resolve("other.jar"));
        assertThat(refusal()).startsWith("it contributes nothing");
    }

    @Test
    void a_jar_that_provides_the_same_twice_is_refused() throws IOException {
        StrangersJar.selector("twice", "same", AS_THEY_COME).source("""
                package stranger;
                @org.pf4j.Extension
                public class Other extends Mine {}
                """).build(folder.resolve("twice.jar"));
        assertThat(refusal()).startsWith("two of its extensions are selector same: stranger.")
                .contains("stranger.Mine", "stranger.Other");
    }

    @Test
    void a_jar_that_provides_what_another_does_is_refused() throws IOException {
        StrangersJar.selector("first", "same", AS_THEY_COME).build(folder.resolve("a.jar"));
        StrangersJar.selector("second", "same", AS_THEY_COME).build(folder.resolve("b.jar"));
        try (PluginHost plugins = open(folder)) {
            assertThat(plugins.list()).extracting(PluginStatus::plugin, PluginStatus::state, PluginStatus::error)
                    .containsExactly(
                            tuple("first", "loaded", ""), tuple("second",
                                    "refused", "selector same is already provided by a.jar, remove one of the two"));
        }
    }

    @Test
    void a_jar_that_needs_a_newer_api_is_refused() throws IOException {
        StrangersJar.selector("mine", "as-they-come", AS_THEY_COME).manifest("Plugin-Requires", "99.0.0").build(
                folder.resolve("mine.jar"));
        assertThat(refusal()).isEqualTo("it requires version 99.0.0 of the api, this host has 0.1.0");
    }

    @Test
    void a_jar_for_this_api_or_an_older_one_is_loaded() throws IOException {
        StrangersJar.selector("this", "this", AS_THEY_COME).manifest("Plugin-Requires", "0.1.0")
                .build(folder.resolve("a.jar"));
        StrangersJar.selector("range", "range", AS_THEY_COME).manifest("Plugin-Requires", ">=0.1.0 & <0.2.0")
                .build(folder.resolve("c.jar"));
        StrangersJar.selector("older", "older", AS_THEY_COME).manifest("Plugin-Requires", ">=0.0.9")
                .build(folder.resolve(
                        "b.jar"));
        try (PluginHost plugins = open(folder)) {
            assertThat(plugins.list()).extracting(PluginStatus::state).containsOnly("loaded");
        }
    }

    @Test
    void a_constructor_that_throws_is_a_reason_to_refuse() throws IOException {
        new StrangersJar("throwing", "1.0.0").source("""
                package stranger;
                import dev.swarmdex.peer.api.*;
                @org.pf4j.Extension
                public class Throwing implements PeerSelector {
                    public Throwing() { throw new AssertionError("not today"); }
                    public String strategy() { return "throwing"; }
                    public java.util.List<Candidate> rank(SelectionRequest request) { return request.candidates(); }
                }
                """).build(folder.resolve("throwing.jar"));
        assertThat(refusal()).contains("stranger.Throwing").contains("not today");
    }

    @Test
    void a_name_that_breaks_the_rules_is_a_reason_to_refuse() throws IOException {
        StrangersJar.selector("mine", "As They Come", AS_THEY_COME).build(folder.resolve("mine.jar"));
        assertThat(refusal()).contains("not a strategy's name: 'As They Come'");
    }

    @Test
    void a_jar_with_a_copy_of_the_api_is_refused() throws IOException {
        new StrangersJar("fat", "1.0.0").source("""
                package dev.swarmdex.peer.api;
                public interface Transport extends org.pf4j.ExtensionPoint {}
                """).source("""
                package stranger;
                @org.pf4j.Extension
                public class Fat implements dev.swarmdex.peer.api.Transport {}
                """).build(folder.resolve("fat.jar"));
        assertThat(refusal()).isEqualTo(
                "it brings its own copy of dev.swarmdex.peer.api, build it with the api in scope provided");
    }

    @Test
    void a_plugin_class_that_does_not_start_is_a_reason_to_refuse() throws IOException {
        StrangersJar.selector("mine", "as-they-come", AS_THEY_COME).manifest("Plugin-Class", "stranger.Start")
                .source("""
                        package stranger;
                        public class Start extends org.pf4j.Plugin {
                            public void start() { throw new IllegalStateException("no battery"); }
                        }
                        """).build(folder.resolve("mine.jar"));
        assertThat(refusal()).contains("no battery");
    }

    private static PluginHost open(Path folder) throws IOException {
        return PluginHost.open(folder, PluginCopies.temporary(), PluginSettings.PERMISSIVE);
    }

    private String refusal() throws IOException {
        try (PluginHost plugins = open(folder)) {
            assertThat(plugins.list()).hasSize(1);
            PluginStatus status = plugins.list().getFirst();
            assertThat(status.state()).isEqualTo("refused");
            return status.error();
        }
    }

    /** Makes a file look as if it had been lying there for a while. */
    private static Path old(Path file) throws IOException {
        if (Files.exists(file)) {
            Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        }
        return file;
    }

    static String transport(String scheme) {
        return """
                package stranger;
                import dev.swarmdex.peer.api.*;
                @org.pf4j.Extension
                public class Pigeon implements Transport {
                    public String scheme() { return "%s"; }
                    public Server serve(java.net.InetSocketAddress bind, java.util.Map<String, String> options, Shelf shelf) {
                        return new Server() {
                            public java.net.InetSocketAddress address() { return bind; }
                            public void close() {}
                        };
                    }
                    public Connection connect(Endpoint endpoint, java.util.Map<String, String> options, java.time.Duration timeout) throws java.io.IOException {
                        throw new java.io.IOException("no pigeon");
                    }
                }
                """
                .formatted(scheme);
    }
}
