package dev.swarmdex.config;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void without_a_file_only_the_console_is_used() throws Exception {
        Logging.start(new LogSettings(Optional.empty(), LogSettings.Level.DEBUG), folder.resolve("some.toml"));
        assertThat(LoggerFactory.getLogger("some").isDebugEnabled()).isTrue();
        assertThat(problems()).isEqualTo("[]");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void a_logback_xml_that_is_none_is_refused_with_the_cure() throws Exception {
        Path broken = Files.writeString(folder.resolve("logback.xml"), "<configuration>");
        assertThatThrownBy(() -> Logging.start(new LogSettings(Optional.empty(), LogSettings.Level.WARN),
                folder.resolve("some.toml"))).isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(broken + ": is not a Logback configuration (")
                .hasMessageEndingWith("): correct it or remove it").hasMessageNotContaining("\n");
    }

    @Test
    void a_log_file_that_cannot_be_written_is_told() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "");
        PrintStream before = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            Logging.start(new LogSettings(Optional.of(file.resolve("x.log")), LogSettings.Level.INFO), file);
        } finally {
            System.setErr(before);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).contains("WARN  log: " + file.resolve("x.log")
                + " can't be written", "choose another log.file");
    }

    @Test
    void a_message_is_one_line_whatever_names_are_in_it() throws Exception {
        PrintStream before = System.err;
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
        try {
            Logging.start(new LogSettings(Optional.empty(), LogSettings.Level.INFO), folder.resolve("x.toml"));
            LoggerFactory.getLogger("some").warn("sharing {}", "a\nb");
        } finally {
            System.setErr(before);
        }
        assertThat(told.toString(StandardCharsets.UTF_8)).endsWith("sharing a b\n");
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
