package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.h2.api.ErrorCode;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/**
 * An H2 database file as it is at one moment, whether or not a server has it open, for one connection that sees nothing but
 * some views.
 *
 * <p>H2 opens the file as it would after a crash: what was committed is there, what was not is undone. That recovery, and all
 * else that it writes, stays in this process's memory. So whatever a query does, it does to its own process: it holds no
 * lock that the server knows of, and takes none of its memory, threads or connections.
 *
 * <p>A server that sees a reader ({@link Readers}) writes over nothing in the file, for {@value #LASTS_SECONDS}
 * seconds. It looks after each batch, so that the file may still change under a reader that has just opened it; and a query that
 * takes longer, while much changes, may fail, and says so. It never gives a wrong answer, since each page has a check
 * sum.
 */
public final class Snapshot {

    /** How long a snapshot of a live file is good at least. */
    public static final int LASTS_SECONDS = 120;

    private static final String OPTIONS = ";AUTO_COMPACT_FILL_RATE=0;MAX_COMPACT_TIME=0;DB_CLOSE_ON_EXIT=FALSE"
            + ";TRACE_LEVEL_FILE=0;TRACE_LEVEL_SYSTEM_OUT=0";
    private static final Set<Integer> CHANGED = Set.of(ErrorCode.FILE_CORRUPTED_1, ErrorCode.IO_EXCEPTION_1,
            ErrorCode.IO_EXCEPTION_2);
    private static final int ATTEMPTS = 5;
    private static final String USER = "CONSOLE";
    private static final int SECRET_BYTES = 24;

    private Snapshot() {}

    /** Whether a server has the file open, here or in another process. */
    public static boolean isLive(StoreSettings settings) {
        try (FileChannel file = FileChannel.open(H2File.of(settings.url()).data(), StandardOpenOption.READ);
                FileLock lock = file.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Opens a snapshot, of which a process can have one at a time. The caller closes the connection. Throws a
     * {@link StoreException} that names the cure.
     *
     * @param views what may be selected from
     */
    public static Connection open(StoreSettings settings, List<String> views) {
        H2Loopback.choose();
        SnapshotPath.register();
        H2File file = H2File.of(settings.url());
        var failures = new H2Failures(file.data());
        String url = "jdbc:h2:" + SnapshotPath.SCHEME + ":" + file.base() + ";IFEXISTS=TRUE";
        for (int attempt = 1;; attempt++) {
            try {
                return open(settings, failures, url, views);
            } catch (SQLException | JdbiException e) {
                if (attempt == ATTEMPTS || !hasChanged(e)) {
                    throw failures.reading(e);
                }
            }
        }
    }

    /** Whether it failed because the file was not what it had been before. */
    public static boolean hasChanged(Throwable failure) {
        SQLException sql = Failures.find(failure, SQLException.class);
        return Failures.find(failure, MVStoreException.class) != null
                || (sql != null && CHANGED.contains(sql.getErrorCode()));
    }

    private static Connection open(StoreSettings settings, H2Failures failures, String url, List<String> views)
            throws SQLException {
        try (Connection owner = DriverManager.getConnection(url + OPTIONS, H2Database.owner(settings),
                settings.password())) {
            if (!Jdbi.create(owner).withHandle(Schema::isPresent)) {
                throw failures.notAnIndex();
            }
            String password = secret();
            confine(owner, views, password);
            return DriverManager.getConnection(url, USER, password);
        }
    }

    /** Makes a user that may read the views only, and shuts its owner out of the snapshot. */
    private static void confine(Connection owner, List<String> views, String password) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("drop user if exists " + USER);
            statement.execute("create user " + USER + " password '" + password + "'");
            for (String view : views) {
                statement.execute("grant select on " + view + " to " + USER);
            }
            statement.execute("set password '" + secret() + "'");
        }
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
