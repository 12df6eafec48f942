package dev.swarmdex.peer.host.plugin;

import dev.swarmdex.peer.api.FileHasher;
import dev.swarmdex.peer.api.PeerSelector;
import dev.swarmdex.peer.api.Server;
import dev.swarmdex.peer.api.Transport;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.PhantomReference;
import java.lang.ref.ReferenceQueue;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** What becomes of jars that come and go while the host runs. */
@Timeout(60)
class LivePluginsFolderTest {

    /** Two seconds are promised; the rest is for a busy machine. */
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String AS_THEY_COME = "return request.candidates();";
    private static final String NOBODY = "return java.util.List.of();";

    @TempDir
    private Path folder;
    @TempDir
    private Path elsewhere;
    private PluginHost plugins;

    @BeforeEach
    void open() throws IOException {
        plugins = PluginHost.open(folder, PluginCopies.in(elsewhere.resolve("copies")), PluginSettings.PERMISSIVE);
    }

    @AfterEach
    void close() {
        plugins.close();
    }

    @Test
    void a_jar_that_is_dropped_in_becomes_usable_and_the_host_is_told() throws IOException {
        AtomicInteger changes = new AtomicInteger();
        plugins.onChange(changes::incrementAndGet);
        StrangersJar.selector("mine", "late", AS_THEY_COME).build(folder.resolve("late.jar"));
        soon().untilAsserted(() -> assertThat(plugins.selector("late").rank(Requests.any())).hasSize(1));
        assertThat(changes).hasValue(1);
    }

    @Test
    void a_jar_that_is_removed_is_not_given_out_any_more() throws IOException {
        Path jar = StrangersJar.selector("mine", "here", AS_THEY_COME).build(folder.resolve("here.jar"));
        awaitSelector("here");
        Files.delete(jar);
        soon().untilAsserted(() -> assertThat(plugins.list()).isEmpty());
        assertThatIOException().isThrownBy(() -> plugins.selector("here"));
    }

    @Test
    void a_jar_that_is_replaced_is_used_in_its_new_version() throws IOException {
        Path jar = folder.resolve("mine.jar");
        StrangersJar.selector("mine", "mine", AS_THEY_COME).build(jar);
        awaitSelector("mine");
        StrangersJar.selector("mine", "mine", NOBODY).build(jar);
        soon().untilAsserted(() -> assertThat(plugins.selector("mine").rank(Requests.any())).isEmpty());
    }

    @Test
    void a_jar_that_can_not_be_copied_takes_nobodys_place_until_it_can() throws IOException {
        Path jar = folder.resolve("mine.jar");
        StrangersJar.selector("mine", "mine", AS_THEY_COME).build(jar);
        awaitSelector("mine");
        Path copies = elsewhere.resolve("copies");
        Files.move(copies, elsewhere.resolve("away"));
        Files.writeString(copies, "in the way, as a full disk would be");

        StrangersJar.selector("mine", "mine", NOBODY).build(jar);
        await().during(Duration.ofSeconds(1)).atMost(SOON)
                .until(() -> plugins.selector("mine").rank(Requests.any()).size() == 1);

        Files.delete(copies);
        soon().untilAsserted(() -> assertThat(plugins.selector("mine").rank(Requests.any())).isEmpty());
    }

    @Test
    void a_jar_that_is_still_being_copied_is_left_alone_until_it_is_whole() throws IOException {
        byte[] whole = Files
                .readAllBytes(StrangersJar.selector("mine", "slow", AS_THEY_COME).build(elsewhere.resolve("a.jar")));
        StrangersJar.selector("other", "quick", AS_THEY_COME).build(elsewhere.resolve("b.jar"));
        try (OutputStream copying = Files.newOutputStream(folder.resolve("slow.jar"))) {
            copying.write(whole, 0, whole.length / 2);
            copying.flush();
            Files.copy(elsewhere.resolve("b.jar"), folder.resolve("quick.jar"));
            awaitSelector("quick");
            assertThat(plugins.list()).extracting(PluginStatus::jar).containsExactly("quick.jar");
            copying.write(whole, whole.length / 2, whole.length - whole.length / 2);
        }
        awaitSelector("slow");
    }

    @Test
    void a_damaged_jar_that_is_dropped_in_is_refused_and_mended_by_a_good_one() throws IOException {
        Path jar = Files.writeString(folder.resolve("mine.jar"), "not a zip");
        soon().untilAsserted(() -> assertThat(plugins.list()).extracting(PluginStatus::state).containsExactly(
                "refused"));
        StrangersJar.selector("mine", "mine", AS_THEY_COME).build(jar);
        awaitSelector("mine");
        assertThat(plugins.list()).extracting(PluginStatus::state).containsExactly("loaded");
    }

    @Test
    void one_that_was_refused_for_a_clash_steps_in_when_the_other_is_gone() throws IOException {
        Path first = StrangersJar.selector("first", "same", AS_THEY_COME).build(folder.resolve("z.jar"));
        awaitSelector("same");
        StrangersJar.selector("second", "same", NOBODY).build(folder.resolve("a.jar"));
        soon().untilAsserted(() -> assertThat(plugins.list()).extracting(PluginStatus::plugin,
                PluginStatus::state).containsExactly(tuple("second", "refused"),
                        tuple("first", "loaded")));
        Files.delete(first);
        soon().untilAsserted(() -> assertThat(plugins.selector("same").rank(Requests.any())).isEmpty());
    }

    @Test
    void a_removed_transport_is_retired_until_its_last_server_is_closed() throws IOException {
        Path jar = new StrangersJar("pigeons", "1.0.0").source(PluginHostTest.transport("pigeon")).build(
                folder.resolve("pigeons.jar"));
        soon().until(() -> plugins.schemes().contains("pigeon"));
        Transport transport = plugins.transport("pigeon");
        Server server = transport.serve(new InetSocketAddress(7000), Map.of(), _ -> Optional.empty());
        Files.delete(jar);
        soon().untilAsserted(() -> assertThat(states()).containsExactly("retired"));
        assertThatIOException().isThrownBy(() -> plugins.transport("pigeon"));
        assertThat(server.address().getPort()).isEqualTo(7000);
        server.close();
        server.close();
        soon().untilAsserted(() -> assertThat(plugins.list()).isEmpty());
        assertThatIOException().isThrownBy(() -> transport.serve(new InetSocketAddress(7000), Map.of(),
                _ -> Optional.empty())).withMessageContaining("was removed");
    }

    @Test
    void a_removed_hasher_is_retired_while_somebody_holds_it() throws IOException {
        Path jar = new StrangersJar("md5", "1.0.0").source("""
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
                """).build(folder.resolve("md5.jar"));
        soon().until(() -> states().equals(List.of("loaded")));
        FileHasher hasher = plugins.hasher("md5");
        Files.delete(jar);
        soon().untilAsserted(() -> assertThat(states()).containsExactly("retired"));
        System.gc();
        assertThat(hasher.newDigest().getDigestLength()).isEqualTo(16);
        hasher = null;
        soon().untilAsserted(() -> {
            System.gc();
            assertThat(plugins.list()).isEmpty();
        });
    }

    @Test
    void a_jar_that_was_unloaded_leaves_no_classes_behind() throws IOException {
        Path jar = StrangersJar.selector("mine", "mine", AS_THEY_COME).build(folder.resolve("mine.jar"));
        awaitSelector("mine");
        PhantomReference<ClassLoader> loader = new PhantomReference<>(loaderOf(plugins.selector("mine")),
                new ReferenceQueue<>());
        Files.delete(jar);
        soon().untilAsserted(() -> {
            System.gc();
            assertThat(loader.refersTo(null)).isTrue();
        });
    }

    private static ClassLoader loaderOf(PeerSelector selector) {
        return ((GuardedSelector) selector).selector().getClass().getClassLoader();
    }

    @Test
    void a_folder_that_vanishes_takes_nothing_with_it() throws IOException {
        StrangersJar.selector("mine", "mine", AS_THEY_COME).build(folder.resolve("mine.jar"));
        awaitSelector("mine");
        Path moved = Files.move(folder, elsewhere.resolve("moved"));
        StrangersJar.selector("other", "other", AS_THEY_COME).build(moved.resolve("other.jar"));
        assertThat(plugins.selector("mine").rank(Requests.any())).hasSize(1);
        Files.move(moved, folder);
        awaitSelector("other");
        assertThat(plugins.selector("mine").rank(Requests.any())).hasSize(1);
    }

    private static ConditionFactory soon() {
        return await().atMost(SOON).ignoreExceptionsInstanceOf(MissingPluginException.class);
    }

    private void awaitSelector(String strategy) {
        soon().untilAsserted(() -> assertThat(plugins.selector(strategy).rank(Requests.any())).isNotNull());
    }

    private List<String> states() {
        return plugins.list().stream().map(PluginStatus::state).toList();
    }
}
