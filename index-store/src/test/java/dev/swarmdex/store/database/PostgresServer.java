package dev.swarmdex.store.database;

import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreSettings;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL server of the tests' own, on a free port and in a folder of its own. It does not wait for the disk, which
 * only matters when the machine crashes.
 */
public final class PostgresServer implements AutoCloseable {

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final Path folder;
    private final EmbeddedPostgres server;

    private PostgresServer(Path folder) throws IOException {
        this.folder = folder;
        this.server = start(folder);
    }

    /** The one server that the tests of a process share; it stops with the process. */
    public static PostgresServer shared() {
        return Shared.SERVER;
    }

    /** Starts a server that the caller closes. */
    public static PostgresServer start() {
        try {
            return new PostgresServer(Files.createTempDirectory("swarmdex-postgres"));
        } catch (IOException e) {
            throw new UncheckedIOException("the tests need a PostgreSQL server, and the embedded one does not start",
                    e);
        }
    }

    /** Makes an empty database; the result is its URL. */
    public String newDatabase() {
        String name = "test" + DATABASES.incrementAndGet();
        rows("jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "create database " + name);
        return "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/" + name;
    }

    /** Settings for a store on such a database. */
    public static StoreSettings settings(String url, InstantSource clock) {
        return new StoreSettings(url, "postgres", "", Durability.FSYNC, clock);
    }

    /** Kills all processes of the server as a crash would. */
    public void kill() {
        ProcessHandle.of(postmaster()).ifPresent(postmaster -> {
            List<ProcessHandle> all = new ArrayList<>(List.of(postmaster));
            all.addAll(postmaster.descendants().toList());
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(process -> process.onExit().join());
        });
    }

    /** Starts it again after a {@link #kill}, with the command that it was started with. It answers some time later. */
    public void restart() {
        try {
            List<String> command = new ArrayList<>();
            if (System.getProperty("user.name").equals("root")) {
                command.addAll(List.of("unshare", "-U")); // PostgreSQL runs for everybody but root
            }
            String first = Files.readString(folder.resolve("data/postmaster.opts")).strip();
            for (String word : first.split(" (?=\")")) {
                command.add(word.replace("\"", ""));
            }
            var _ = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(folder.resolve("restarted.log").toFile()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs SQL as the owner; the rows by column name in lower case, none for a statement without a result. */
    public static List<Map<String, @Nullable Object>> rows(String url, String sql) {
        try (var connection = DriverManager.getConnection(url, "postgres", "");
                var statement = connection.createStatement()) {
            var rows = new ArrayList<Map<String, @Nullable Object>>();
            if (statement.execute(sql)) {
                ResultSet result = statement.getResultSet();
                while (result.next()) {
                    rows.add(row(result));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Kills the server, which nobody needs any more, and deletes its files. */
    @Override
    public void close() {
        kill();
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(folder.resolve("data/postmaster.pid")).getFirst().strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static EmbeddedPostgres start(Path folder) throws IOException {
        return EmbeddedPostgres.builder().setRegisterShutdownHook(false).setPGStartupWait(Duration.ofMinutes(1))
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("synchronous_commit", "on").start();
    }

    private static Map<String, @Nullable Object> row(ResultSet result) throws SQLException {
        var row = new LinkedHashMap<String, @Nullable Object>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.put(result.getMetaData().getColumnLabel(column).toLowerCase(Locale.ROOT), result.getObject(column));
        }
        return row;
    }

    private static final class Shared {

        static final PostgresServer SERVER = PostgresServer.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }
}
