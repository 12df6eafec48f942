package dev.swarmdex.store.database;

import dev.swarmdex.store.Durability;
import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.names.NameIndex;
import dev.swarmdex.store.state.ReadModel;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;
import org.h2.mvstore.MVStoreException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An embedded database file: how it is opened, made durable and closed. All that only H2 needs is here.
 *
 * <p>Durability: by default H2 writes a commit up to half a second later, which loses it in a crash. So every commit is written
 * at once ({@code WRITE_DELAY=0}), which is {@link Durability#PROCESS}, and for {@link Durability#FSYNC} a
 * {@code CHECKPOINT SYNC} forces it to the disk. Without that it is forced soon, beside the commits ({@link BackgroundForce}).
 * It is the writer's to open, use and close.
 */
final class H2Database implements Database {

    private static final Logger LOG = LoggerFactory.getLogger(H2Database.class);
    /** A smaller file is not worth the effort. */
    private static final long SMALL = 16 << 20;
    /** What is written anew within a few seconds. */
    private static final long SOON_WRITTEN = 256 << 20;
    /**
     * In kilobytes; in the heap it takes about three times that. Lookups don't need it, what is written is mostly new,
     * and what is in it is what the garbage collector has to copy.
     */
    private static final int CACHE = 4 << 10;
    /**
     * How long a part of the file that nothing refers to any more is left alone, for those who have only just opened
     * the file.
     */
    private static final Duration OLD = Duration.ofSeconds(1);
    private static final String DEFAULT_OWNER = "swarmdex";

    private final H2File file;
    private final StoreSettings settings;
    private final H2Failures failures;
    private final BatchSize batchSize = new BatchSize();
    private @Nullable H2Space space;
    private @Nullable BackgroundForce force;
    /** Whether tidying may have written what is not hardened yet. */
    private boolean unhardened;

    H2Database(StoreSettings settings) {
        H2Loopback.choose();
        this.settings = settings;
        this.file = H2File.of(settings.url());
        this.failures = new H2Failures(file.data());
    }

    /** Who owns the tables: H2 makes the first user of a new database its owner. */
    static String owner(StoreSettings settings) {
        return settings.user().isEmpty() ? DEFAULT_OWNER : settings.user();
    }

    @Override
    public Failures failures() {
        return failures;
    }

    @Override
    public Handle open() {
        makeFolder();
        if (Files.exists(file.data())) {
            checkUntouched();
        }
        Handle handle = connect();
        try {
            Schema.migrate(file.url(), owner(settings), settings.password(), file.data().toString());
            space = new H2Space(Readers.of(file), OLD);
            forceInBackground(handle);
            return handle;
        } catch (FlywayException | JdbiException | StoreException | IOException e) {
            handle.close();
            throw failures.opening(e);
        }
    }

    @Override
    public Handle reopen(Handle failed) {
        stopForcing();
        try {
            shutDown(failed, "SHUTDOWN IMMEDIATELY");
        } catch (SQLException e) {
            LOG.debug("the failed database was closed already", e);
        }
        Handle handle = connect();
        try {
            forceInBackground(handle);
            return handle;
        } catch (JdbiException e) {
            handle.close();
            throw failures.opening(e);
        }
    }

    private void forceInBackground(Handle handle) {
        if (settings.durability() == Durability.PROCESS) {
            force = BackgroundForce.start(H2Space.store(handle));
        }
    }

    private void stopForcing() {
        if (force != null) {
            force.close();
            force = null;
        }
    }

    @Override
    public Connection connectBeside() {
        try {
            return DriverManager.getConnection(file.url() + ";IFEXISTS=TRUE", owner(settings), settings.password());
        } catch (SQLException e) {
            throw failures.opening(e);
        }
    }

    @Override
    public int batchSize() {
        return batchSize.most();
    }

    @Override
    public void begin(Handle handle) {
        batchSize.begin(H2Space.store(handle));
        Database.super.begin(handle);
    }

    @Override
    public void commit(Handle handle, int items) {
        batchSize.end(H2Space.store(handle), items);
        Database.super.commit(handle, items);
    }

    @Override
    public void harden(Handle handle) {
        if (settings.durability() == Durability.FSYNC) {
            handle.execute("CHECKPOINT SYNC");
        }
        unhardened = false;
    }

    @Override
    public Duration patience() {
        return space == null ? LONGEST : space.patience();
    }

    @Override
    public void tidy(Handle handle) {
        if (space == null) {
            return;
        }
        try {
            if (unhardened) {
                harden(handle);
            }
            // what it wrote is hardened with the next batch, if that comes before the next look
            unhardened = space.tidy(handle);
        } catch (IOException | JdbiException | MVStoreException e) {
            throw failures.writing(e);
        }
    }

    @Override
    public NameIndex names() {
        return NameIndex.open(file.base().resolveSibling(file.base().getFileName() + ".names"));
    }

    @Override
    public void close(Handle handle) {
        stopForcing();
        try (Closeable _ = space == null ? () -> {} : space) {
            shutDown(handle, isMostlyAir(handle) ? "SHUTDOWN COMPACT" : "SHUTDOWN");
        } catch (SQLException | IOException e) {
            throw failures.writing(e);
        }
    }

    @Override
    public Servers servers(ReadModel model, InstantSource clock) {
        return new OneServer(model, this::lookups);
    }

    /**
     * Whether more than half of the file is space to be used again, and what is left is soon written anew. H2's own fill rates
     * are what a {@code SHUTDOWN COMPACT} leaves of the file.
     */
    private static boolean isMostlyAir(Handle handle) {
        Map<String, Long> figures = new HashMap<>();
        try {
            handle.createQuery("select setting_name, setting_value from information_schema.settings"
                    + " where setting_name in ('info.FILE_SIZE', 'info.FILL_RATE', 'info.CHUNKS_FILL_RATE')")
                    .map((row, _) -> Map.entry(row.getString(1), Long.parseLong(row.getString(2))))
                    .forEach(figure -> figures.put(figure.getKey(), figure.getValue()));
        } catch (JdbiException e) {
            LOG.debug("the database does not say how full it is", e);
        }
        long size = figures.getOrDefault("info.FILE_SIZE", 0L);
        long used = size / 10_000 * figures.getOrDefault("info.FILL_RATE", 100L)
                * figures.getOrDefault("info.CHUNKS_FILL_RATE", 100L);
        return size > SMALL && 2 * used < size && used < SOON_WRITTEN;
    }

    /** Past Jdbi, which would go on with a connection that is closed by its own statement. */
    private static void shutDown(Handle handle, String command) throws SQLException {
        try (Statement statement = handle.getConnection().createStatement()) {
            statement.execute(command);
        }
    }

    private void makeFolder() {
        Path folder = file.base().getParent();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new StoreException("the folder " + folder
                    + " for the index database can't be made: create it, or choose another store.url", e);
        }
        if (!Files.isWritable(folder)) {
            throw new StoreException("the folder " + folder
                    + " of the index database is not writable: allow it to this user, or choose another store.url");
        }
    }

    /**
     * Looks at an existing file without writing to it. H2 takes a file of which it can read nothing but the header for an empty
     * database and starts to overwrite it, and writes to a database of others even if its tables are left alone.
     */
    private void checkUntouched() {
        try {
            ReadOnlyFile.open(settings).close();
        } catch (SQLException e) {
            throw failures.reading(e);
        }
    }

    private Handle connect() {
        // OPEN_NEW: within one process H2 would otherwise let two stores share the file, each with its own numbers
        String url = file.url() + ";OPEN_NEW=TRUE;WRITE_DELAY=0;CACHE_SIZE=" + CACHE;
        try {
            return Jdbi.create(() -> DriverManager.getConnection(url, owner(settings), settings.password())).open();
        } catch (JdbiException e) {
            throw failures.opening(e);
        }
    }
}
