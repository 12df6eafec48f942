package dev.swarmdex.peer.host.plugin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** What the operator decides about plugins: which are disabled, which version is used, and whose are trusted. */
@Timeout(60)
class PluginSettingsTest {

    private static final String AS_THEY_COME = "return request.candidates();";
    private static final String LEAVES_A_TRACE = """
            package stranger;
            import dev.swarmdex.peer.api.*;
            @org.pf4j.Extension
            public class Tracing implements PeerSelector {
                static { System.setProperty("stranger.ran", "yes"); }
                public String strategy() { return "tracing"; }
                public java.util.List<Candidate> rank(SelectionRequest request) { return request.candidates(); }
            }
            """;

    @TempDir
    private Path folder;

    private PluginHost open(PluginSettings settings) throws IOException {
        return PluginHost.open(folder, PluginCopies.temporary(), settings);
    }

    private static PluginSettings trusting(Trust trust) {
        return new PluginSettings(Set.of(), Map.of(), trust);
    }

    private PluginStatus only(PluginHost plugins) {
        assertThat(plugins.list()).hasSize(1);
        return plugins.list().getFirst();
    }

    @Test
    void a_disabled_plugin_is_listed_and_none_of_its_code_runs() throws IOException {
        System.clearProperty("stranger.ran");
        new StrangersJar("tracing", "1.0.0").source(LEAVES_A_TRACE).build(folder.resolve("tracing.jar"));
        try (PluginHost plugins = open(new PluginSettings(Set.of("tracing"), Map.of(), Trust.ANYBODY))) {
            assertThat(only(plugins)).isEqualTo(new PluginStatus("tracing.jar", "tracing", "1.0.0", "", "", "disabled",
                    "the config disables it: take tracing out of plugins.disabled to use it"));
            assertThatIOException().isThrownBy(() -> plugins.selector("tracing"))
                    .withMessageContaining("the config disables it");
        }
        assertThat(System.getProperty("stranger.ran")).isNull();
    }

    @Test
    void of_a_pinned_plugin_only_that_version_is_used() throws IOException {
        for (String version : List.of("1.0.0", "1.1.0", "2.0.0")) {
            new StrangersJar("pinned", version).source(LEAVES_A_TRACE)
                    .build(folder.resolve("pinned-" + version + ".jar"));
        }
        try (PluginHost plugins = open(new PluginSettings(Set.of(), Map.of("pinned", "1.1.0"), Trust.ANYBODY))) {
            assertThat(plugins.list()).extracting(PluginStatus::version, PluginStatus::state, PluginStatus::error)
                    .containsExactly(tuple("1.0.0", "refused", refusedFor("1.0.0")), tuple("1.1.0", "loaded", ""),
                            tuple("2.0.0", "refused", refusedFor("2.0.0")));
        }
    }

    private static String refusedFor(String version) {
        return "its version is " + version
                + ", and the config pins 1.1.0: put that jar here, or change plugins.pinned.pinned";
    }

    @Test
    void entries_that_mean_no_plugin_are_told_once_with_those_that_there_are() throws IOException {
        new StrangersJar("tracing", "1.0.0").source(LEAVES_A_TRACE).build(folder.resolve("tracing.jar"));
        StrangersJar.selector("good", "good", AS_THEY_COME).build(folder.resolve("good.jar"));
        Logger log = (Logger) LoggerFactory.getLogger(PluginHost.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        // another test may have silenced the whole process
        log.setLevel(Level.WARN);
        try (PluginHost _ = open(new PluginSettings(Set.of("tracing", "treacing"), Map.of("good", "1.0.0", "god", "1"),
                Trust.ANYBODY))) {
            assertThat(lines.list).extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
                    .containsExactly(tuple(Level.WARN, "no plugin has the id \"treacing\" (plugins.disabled),"
                            + " \"god\" (plugins.pinned); there are: good, tracing"));
        } finally {
            log.setLevel(null);
            log.detachAppender(lines);
        }
    }

    @Test
    void with_a_list_of_sums_only_jars_on_it_are_loaded() throws Exception {
        Path good = StrangersJar.selector("good", "good", AS_THEY_COME).build(folder.resolve("good.jar"));
        Path other = new StrangersJar("tracing", "1.0.0").source(LEAVES_A_TRACE).build(folder.resolve("other.jar"));
        System.clearProperty("stranger.ran");
        Trust trust = Trust.of(List.of(sha256(good).toUpperCase(Locale.ROOT)), Optional.empty());
        try (PluginHost plugins = open(trusting(trust))) {
            assertThat(plugins.list()).extracting(PluginStatus::jar, PluginStatus::state, PluginStatus::error)
                    .containsExactly(tuple("good.jar", "loaded", ""), tuple("other.jar", "refused",
                            "it is not trusted: add its SHA-256 sum " + sha256(other) + " to plugins.trusted-sums"));
        }
        assertThat(System.getProperty("stranger.ran")).isNull();
    }

    @Test
    void a_trusted_jar_that_is_replaced_by_another_is_not_trusted_any_more() throws Exception {
        Path jar = StrangersJar.selector("good", "good", AS_THEY_COME).build(folder.resolve("good.jar"));
        try (PluginHost plugins = open(trusting(Trust.of(List.of(sha256(jar)), Optional.empty())))) {
            assertThat(only(plugins).state()).isEqualTo("loaded");
            StrangersJar.selector("good", "good", "return java.util.List.of();").build(jar);
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(plugins.list())
                    .extracting(PluginStatus::state).containsExactly("refused"));
        }
    }

    @Test
    void with_a_key_only_signed_jars_are_loaded_and_a_signature_that_comes_later_counts() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Path jar = StrangersJar.selector("signed", "signed", AS_THEY_COME).build(folder.resolve("signed.jar"));
        try (PluginHost plugins = open(trusting(Trust.of(List.of(), Optional.of(base64(keys)))))) {
            assertThat(only(plugins).error())
                    .startsWith("it is not trusted: there is no signed.jar.sig; sign it again");

            Files.write(folder.resolve("signed.jar.sig"), sign(jar, KeyPairGenerator.getInstance("Ed25519")
                    .generateKeyPair().getPrivate()));
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(only(plugins).error())
                    .startsWith("it is not trusted: signed.jar.sig is not its signature by plugins.public-key"));

            Files.write(folder.resolve("signed.jar.sig"), sign(jar, keys.getPrivate()));
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(only(plugins).state()).isEqualTo("loaded"));
        }
    }

    @Test
    void a_signature_of_any_other_length_is_none() throws Exception {
        KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        StrangersJar.selector("signed", "signed", AS_THEY_COME).build(folder.resolve("signed.jar"));
        for (int length : new int[]{0, 63, 65}) {
            Files.write(folder.resolve("signed.jar.sig"), new byte[length]);
            try (PluginHost plugins = open(trusting(Trust.of(List.of(), Optional.of(base64(keys)))))) {
                assertThat(only(plugins).state()).isEqualTo("refused");
            }
        }
    }

    @Test
    void impossible_trust_settings_are_told() {
        assertThatIllegalArgumentException().isThrownBy(() -> Trust.of(List.of("abc"), Optional.empty()))
                .withMessageStartingWith("trusted-sums: not a SHA-256 sum: \"abc\"");
        assertThatIllegalArgumentException().isThrownBy(() -> Trust.of(List.of(), Optional.of("c29tZXRoaW5n")))
                .withMessageStartingWith("public-key: not an Ed25519 public key");
        assertThatIllegalArgumentException().isThrownBy(() -> Trust.of(List.of(), Optional.of("%")))
                .withMessageStartingWith("public-key: not an Ed25519 public key");
    }

    private static String base64(KeyPair keys) {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    private static byte[] sign(Path jar, PrivateKey key) throws GeneralSecurityException, IOException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(key);
        signature.update(Files.readAllBytes(jar));
        return signature.sign();
    }

    private static String sha256(Path file) throws GeneralSecurityException, IOException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
