package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import dev.swarmdex.store.database.H2File;
import dev.swarmdex.store.database.H2Loopback;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import org.h2.tools.Server;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets other programs of this machine's user read the live database: a port on the loopback address, a database user that can
 * only select from the five documented views, and a file beside the database that tells how to reach them.
 *
 * <p>Three locks: the port is on 127.0.0.1; the URL has a random key in place of a path, so that this one database can be opened
 * and none be created; user and password are random and new at each start. The views run with their owner's rights, so the
 * console's user sees neither the tables nor what proves a peer's identity, and can't lock their rows. Who has the file is
 * the same that has the database file, so it doesn't guard against one who knows the owner's password.
 */
public final class ConsoleAccess implements AutoCloseable {

    private static final String USER = "CONSOLE";
    private static final int SECRET_BYTES = 24;
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleAccess.class);

    private final Connection owner;
    private final Server server;
    private final Path file;

    private ConsoleAccess(Connection owner, Server server, Path file) {
        this.owner = owner;
        this.server = server;
        this.file = file;
    }

    /**
     * Opens the access. The store of these settings must be open in this process; close the access before it. Throws a
     * {@link StoreException} that names the cure.
     */
    public static ConsoleAccess open(StoreSettings settings) {
        H2Loopback.require();
        H2File file = H2File.of(settings.url());
        Connection owner = DatabaseStore.connectBeside(settings);
        try {
            String password = secret();
            String key = secret();
            makeUser(owner, password);
            Server server = Server.createTcpServer(
                    "-tcpPort", "0", "-tcpDaemon", "-ifExists", "-key", key, "file:" + file.base()).start();
            var access = new ConsoleAccess(owner, server, file.consoleAccess());
            String url = "jdbc:h2:tcp://127.0.0.1:" + server.getPort() + "/" + key;
            access.tell(new AccessFile(url, USER, password));
            return access;
        } catch (SQLException e) {
            closeQuietly(owner);
            throw new StoreException("the SQL console can't be opened: " + e.getMessage(), e);
        }
    }

    /** Takes the file away, cuts off who is connected, and closes the port. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOG.warn("the file {} could not be removed: {}", file, e.getMessage());
        }
        server.stop();
        try (Statement statement = owner.createStatement()) {
            statement.execute("drop user if exists " + USER);
        } catch (SQLException e) {
            // the database is gone already; the next start gives the user another password
            LOG.debug("the console's user could not be dropped", e);
        }
        closeQuietly(owner);
    }

    private void tell(AccessFile access) {
        try {
            access.write(file);
        } catch (StoreException e) {
            close();
            throw e;
        }
    }

    private static void makeUser(Connection owner, String password) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("drop user if exists " + USER);
            statement.execute("create user " + USER + " password '" + password + "'");
            for (String view : SqlConsole.VIEWS) {
                statement.execute("grant select on " + view + " to " + USER);
            }
        }
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.debug("the owner's connection could not be closed", e);
        }
    }
}
