package dev.swarmdex.config;

import ch.qos.logback.classic.LoggerContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

class LoggingTest {

    @TempDir
    Path folder;

    @AfterEach
    void backToQuiet() {
        Logging.quiet();
    }

    private static String problems() {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        return context.getStatusManager().getCopyOfStatusList().stream()
                .filter(status -> status.getEffectiveLevel() > 0)
                .toList().toString();
    }

    @Test
    void events_go_to_the_file_that_the_config_names_at_its_level() throws Exception {
        Path log = folder.resolve("logs/program.log");
        Logging.start(new LogSettings(Optional.of(log), LogSettings.Level.INFO), folder.resolve("some.toml"));
        LoggerFactory.getLogger(LoggingTest.class).info("it happened");
        LoggerFactory.getLogger(LoggingTest.class).debug("in detail");
        assertThat(Files.readAllLines(log)).singleElement().asString().endsWith(" INFO  LoggingTest it happened");
        assertThat(problems()).isEqualTo("[]");
    }

    @Test
    void without_a_file_only_the_console_is_used() {
        Logging.start(new LogSettings(Optional.empty(), LogSettings.Level.DEBUG), folder.resolve("some.toml"));
        assertThat(LoggerFactory.getLogger("some").isDebugEnabled()).isTrue();
        assertThat(problems()).isEqualTo("[]");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void commands_log_only_warnings() {
        Logging.quiet();
        assertThat(LoggerFactory.getLogger("some").isInfoEnabled()).isFalse();
        assertThat(LoggerFactory.getLogger("some").isWarnEnabled()).isTrue();
    }

    @Test
    void a_logback_xml_beside_the_config_file_is_used() throws Exception {
        Files.writeString(folder.resolve("logback.xml"),
                "<configuration><logger name=\"mine\" level=\"TRACE\"/></configuration>");
        Logging.start(new LogSettings(Optional.empty(), LogSettings.Level.WARN), folder.resolve("some.toml"));
        assertThat(LoggerFactory.getLogger("mine").isTraceEnabled()).isTrue();
    }
}
