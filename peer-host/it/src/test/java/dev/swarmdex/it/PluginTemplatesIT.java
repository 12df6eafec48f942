package dev.swarmdex.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The projects that strangers start from: copied elsewhere, built by Maven alone and without a network, and dropped into
 * running hosts.
 */
class PluginTemplatesIT extends WholeSystem {

    private static final String[] FOR_STRANGERS = {"peer-host/api", "peer-host/testkit", "peer-host/transport-kit"};

    @TempDir
    private Path workshop;

    @Test
    @Timeout(400)
    void a_selector_made_from_the_template_is_dropped_in_and_chooses() throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile film = TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        alice.start();
        Path jar = build("template", "select-steady-1.0.0.jar");
        Peer bob = swarm().peer("bob");
        Files.copy(jar, bob.plugins().resolve(jar.getFileName()));
        bob.start("selection.strategy=steady");
        bob.awaitListed("film.mkv", "alice");

        assertThat(state(bob, "steady")).isEqualTo("loaded");
        assertThat(bob.command("get", "film.mkv").orFail()).contains(film.id());
    }

    @Test
    @Timeout(400)
    void a_transport_made_from_the_template_serves_in_a_running_host_and_stops_when_it_is_taken_away()
            throws Exception {
        index().start();
        Peer alice = swarm().peer("alice");
        TestFile.create(alice.shared().resolve("film.mkv"), 100_000, 1);
        Files.writeString(alice.config(), """

                [[transport]]
                scheme = "plain"
                bind = "127.0.0.1:0"
                """, StandardOpenOption.APPEND);
        alice.start();
        Peer bob = swarm().runningPeer("bob");
        assertThat(schemes(bob.awaitListed("film.mkv", "alice"))).isEqualTo("[tcp]");

        Path jar = build("template-transport", "transport-plain-1.0.0.jar");
        Path dropped = Files.copy(jar, alice.plugins().resolve(jar.getFileName()));
        await().until(() -> schemes(bob.list().path(0)), "[plain, tcp]"::equals);

        Files.delete(dropped);
        await().until(() -> schemes(bob.list().path(0)), "[tcp]"::equals);
    }

    private static String state(Peer peer, String provided) throws InterruptedException {
        return peer.command("plugins", "--json").json().valueStream()
                .filter(plugin -> plugin.path("provides").asString().equals(provided))
                .map(plugin -> plugin.path("state").asString()).findFirst().orElse("not there");
    }

    private static String schemes(JsonNode content) {
        return content.path("peers").valueStream()
                .map(at -> at.path("endpoint").asString().replaceFirst(":.*", "")).sorted().toList().toString();
    }

    /** Builds a copy of the template as its README says, but leaves out its tests, which the contracts have had. */
    private Path build(String template, String jar) throws IOException, InterruptedException {
        Path project = copy(Program.HOME.resolve("plugins").resolve(template), workshop.resolve(template));
        Path log = workshop.resolve("build.log");
        Process maven = new ProcessBuilder("mvn", "-B", "-o", "-q", "-DskipTests",
                "-Dmaven.repo.local=" + repository(), "package").directory(project.toFile())
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        try {
            assertThat(maven.waitFor(5, TimeUnit.MINUTES)).as("ends in time").isTrue();
        } finally {
            maven.destroyForcibly();
        }
        assertThat(maven.exitValue()).as(Files.readString(log)).isZero();
        return project.resolve("target").resolve(jar);
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(file -> !file.startsWith(from.resolve("target"))).toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
        return to;
    }

    /**
     * The local repository of the build that runs this, with our own modules as that build has made them: what {@code mvn
     * install} would leave, without touching the user's repository.
     */
    private Path repository() throws IOException {
        Path users = Path.of(System.getProperty("maven.local", System.getProperty("user.home") + "/.m2/repository"));
        Path ours = Files.createDirectories(workshop.resolve("repository/dev/swarmdex"));
        link(users, workshop.resolve("repository"));
        if (Files.isDirectory(users.resolve("dev"))) {
            link(users.resolve("dev"), workshop.resolve("repository/dev"));
        }
        installPom("pom.xml", "swarmdex", ours);
        installPom("peer-host/pom.xml", "peer-host", ours);
        for (String module : FOR_STRANGERS) {
            String name = module.replace('/', '-');
            Path installed = installPom(module + "/pom.xml", name, ours);
            Files.copy(Program.HOME.resolve(module + "/target/" + name + "-0.1.0.jar"),
                    installed.resolve(name + "-0.1.0.jar"));
        }
        return workshop.resolve("repository");
    }

    private static void link(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                Path link = to.resolve(entry.getFileName().toString());
                if (!Files.exists(link)) {
                    Files.createSymbolicLink(link, entry.toAbsolutePath());
                }
            }
        }
    }

    private static Path installPom(String pom, String name, Path repository) throws IOException {
        Path folder = Files.createDirectories(repository.resolve(name).resolve("0.1.0"));
        Files.copy(Program.HOME.resolve(pom), folder.resolve(name + "-0.1.0.pom"));
        return folder;
    }
}
