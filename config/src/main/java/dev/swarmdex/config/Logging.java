package dev.swarmdex.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.status.Status;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets up the log of a program, by the {@code logback.xml} that lies beside its config file, or else by the one in this
 * jar, which is the same as shipped. The system property {@code logback.configurationFile} overrules both.
 */
public final class Logging {

    private Logging() {}

    /**
     * For a program that runs until it is stopped: logs to the console (standard error) and to the file.
     *
     * @throws ConfigException when the {@code logback.xml} beside the config file is none
     */
    public static void start(LogSettings settings, Path configFile) throws ConfigException {
        Path beside = configFile.resolveSibling("logback.xml");
        try {
            configure(settings, Files.isRegularFile(beside) ? url(beside) : packaged());
        } catch (JoranException e) {
            quiet();
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new ConfigException(
                    beside + ": is not a Logback configuration (" + reason + "): correct it or remove it", e);
        }
    }

    /** From now on the log has that level, whatever was set before; loggers with a level of their own keep it. */
    public static void setLevel(LogSettings.Level level) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.toLevel(level.name()));
    }

    /** For a command that prints a result: only warnings, and only on the console (standard error). */
    public static void quiet() {
        try {
            configure(new LogSettings(Optional.empty(), LogSettings.Level.WARN), packaged());
        } catch (JoranException e) {
            throw new IllegalStateException("the packaged logback.xml is none", e);
        }
    }

    private static void configure(LogSettings settings, URL xml) throws JoranException {
        if (System.getProperty("logback.configurationFile") != null) {
            return;
        }
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        context.getStatusManager().clear();
        context.putProperty("LOG_LEVEL", settings.level().name());
        settings.file().ifPresent(file -> context.putProperty("LOG_FILE", file.toString()));
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(xml);
        tellProblems(context, settings);
    }

    /** Logback keeps its own troubles, such as a file that can't be written, to itself. */
    private static void tellProblems(LoggerContext context, LogSettings settings) {
        for (Status status : context.getStatusManager().getCopyOfStatusList()) {
            if (status.getEffectiveLevel() >= Status.WARN) {
                boolean isFile = status.getMessage().startsWith("openFile(") && settings.file().isPresent();
                LoggerFactory.getLogger(Logging.class).warn("log: {}", isFile
                        ? settings.file().get()
                                + " can't be written, so the log is on the console only; allow it to this user,"
                                + " or choose another log.file"
                        : status.getMessage());
            }
        }
    }

    private static URL packaged() {
        return Objects.requireNonNull(Logging.class.getResource("logback.xml"));
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(file + " has no URL", e);
        }
    }
}
