package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import dev.swarmdex.store.database.H2File;
import dev.swarmdex.store.database.H2Loopback;
import dev.swarmdex.store.database.ReadOnlyFile;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that can only read: to the live server if its access file leads to one, and otherwise to the file itself; with
 * PostgreSQL, to that.
 *
 * @param live whether it goes to a server
 * @param confined whether the database itself lets its user do no more than read the views, whatever the statement
 */
record ConsoleConnection(Connection connection, boolean live, boolean confined) {

    /** How long a server may take to let us in; whoever else listens on the port of a dead one may never answer. */
    private static final int LOGIN_MILLISECONDS = 2000;
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleConnection.class);

    static ConsoleConnection open(StoreSettings settings) {
        if (!DatabaseStore.isEmbedded(settings)) {
            return PostgresReader.connect(settings);
        }
        H2Loopback.choose();
        H2File file = H2File.of(settings.url());
        Optional<Connection> live = AccessFile.read(file.consoleAccess()).flatMap(ConsoleConnection::connect);
        if (live.isPresent()) {
            return new ConsoleConnection(live.get(), true, true);
        }
        if (!Files.exists(file.data())) {
            throw new StoreException("there is no index database " + file.data()
                    + ": start the index server first, or correct store.url");
        }
        return new ConsoleConnection(ReadOnlyFile.open(settings), false, true);
    }

    private static Optional<Connection> connect(AccessFile access) {
        try {
            Connection connection = DriverManager.getConnection(
                    access.url() + ";NETWORK_TIMEOUT=" + LOGIN_MILLISECONDS, access.user(), access.password());
            connection.setNetworkTimeout(Runnable::run, 0); // queries may take their time
            return Optional.of(connection);
        } catch (SQLException e) {
            LOG.debug("the access file is of a server that is gone", e);
            return Optional.empty();
        }
    }
}
