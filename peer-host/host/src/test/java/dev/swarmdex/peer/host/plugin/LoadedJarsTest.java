package dev.swarmdex.peer.host.plugin;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said of jars; time passes only between two looks. */
class LoadedJarsTest {

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(LoadedJars.class);
    @TempDir
    private Path folder;
    @TempDir
    private Path elsewhere;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private LoadedJars jars;
    private Path jar;

    @BeforeEach
    void putAJarThereThatCanNotBeCopied() throws IOException {
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.WARN);
        logger.setAdditive(false);
        Path copies = elsewhere.resolve("copies");
        jars = new LoadedJars(folder, PluginCopies.in(copies), PluginSettings.PERMISSIVE, () -> now);
        Files.delete(copies);
        Files.writeString(copies, "in the way, as a full disk would be");
        jar = StrangersJar.selector("mine", "mine", "return request.candidates();").build(folder.resolve("mine.jar"));
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        logger.setLevel(null);
        logger.setAdditive(true);
        jars.unloadAll();
    }

    @Test
    void why_a_jar_can_not_be_copied_is_said_once() {
        look(5);

        assertThat(complaints()).isEqualTo(1);
    }

    @Test
    void of_a_jar_that_went_and_came_back_it_is_said_again() throws IOException {
        look(5);
        Path away = Files.move(jar, elsewhere.resolve("mine.jar"));
        look(5);

        Files.move(away, jar);
        look(5);

        assertThat(complaints()).isEqualTo(2);
    }

    private void look(int times) {
        for (int i = 0; i < times; i++) {
            jars.refresh();
            now = now.plus(Duration.ofSeconds(5));
        }
    }

    private long complaints() {
        return log.list.stream().filter(event -> event.getFormattedMessage().contains("can't be copied")).count();
    }
}
