package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import dev.swarmdex.store.database.H2File;
import dev.swarmdex.store.database.H2Loopback;
import dev.swarmdex.store.database.Snapshot;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that can only read: to a snapshot of an embedded database, taken anew when it is getting old, or to
 * PostgreSQL. For one thread.
 */
final class ConsoleConnection implements AutoCloseable {

    private static final long OLD = Duration.ofSeconds(1).toNanos();
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleConnection.class);

    private final StoreSettings settings;
    private final boolean embedded;
    private final boolean live;
    private final boolean confined;
    private Connection connection;
    private long taken;

    private ConsoleConnection(StoreSettings settings, Connection connection, boolean embedded, boolean live,
            boolean confined) {
        this.settings = settings;
        this.connection = connection;
        this.embedded = embedded;
        this.live = live;
        this.confined = confined;
        this.taken = System.nanoTime();
    }

    static ConsoleConnection open(StoreSettings settings) {
        if (!DatabaseStore.isEmbedded(settings)) {
            return PostgresReader.connect(settings);
        }
        H2Loopback.choose();
        H2File file = H2File.of(settings.url());
        if (!Files.exists(file.data())) {
            throw new StoreException("there is no index database " + file.data()
                    + ": start the index server first, or correct store.url");
        }
        return new ConsoleConnection(settings, Snapshot.open(settings, SqlConsole.VIEWS), true,
                Snapshot.isLive(settings), true);
    }

    /** A connection to a database that shows each query what is there at that moment. */
    static ConsoleConnection lasting(StoreSettings settings, Connection connection, boolean confined) {
        return new ConsoleConnection(settings, connection, false, true, confined);
    }

    /** The connection, to what was there at most a second ago. */
    Connection recent() {
        return System.nanoTime() - taken > OLD ? renewed() : connection;
    }

    /** The connection to what is there now. Another one than before, which is closed. */
    Connection renewed() {
        if (embedded) {
            close();
            connection = Snapshot.open(settings, SqlConsole.VIEWS);
            taken = System.nanoTime();
        }
        return connection;
    }

    /** Whether a server has the database open, or had when the console was opened. */
    boolean live() {
        return live;
    }

    /** Whether the database itself lets the console do no more than read the views, whatever the statement. */
    boolean confined() {
        return confined;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("the console's connection could not be closed", e);
        }
    }
}
