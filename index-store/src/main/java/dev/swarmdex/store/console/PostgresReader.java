package dev.swarmdex.store.console;

import dev.swarmdex.store.StoreSettings;
import dev.swarmdex.store.database.DatabaseStore;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to a PostgreSQL database for reading.
 *
 * <p>As the role {@value #ROLE}, which may only select from the documented views, so that PostgreSQL itself refuses all else. The
 * index's own role makes it if it may make roles, and gives it a new password for each console, good for a minute. A role
 * that an administrator has made is taken as it is, if ours may administer it. Otherwise the console connects as the index's
 * own role, in transactions that only read.
 */
final class PostgresReader {

    private static final String ROLE = "swarmdex_console";
    private static final String LIMITS = "-c default_transaction_read_only=on -c statement_timeout=600s"
            + " -c lock_timeout=5s -c idle_in_transaction_session_timeout=600s";
    private static final int SECRET_BYTES = 24;
    private static final Logger LOG = LoggerFactory.getLogger(PostgresReader.class);

    private PostgresReader() {}

    static ConsoleConnection connect(StoreSettings settings) {
        try (Connection owner = DatabaseStore.connectBeside(settings)) {
            try {
                String password = secret();
                prepare(owner, password);
                return ConsoleConnection.lasting(settings, reading(settings.url(), ROLE, password), true);
            } catch (SQLException e) {
                LOG.debug("there is no role {}", ROLE, e);
                return ConsoleConnection.lasting(settings,
                        reading(settings.url(), settings.user(), settings.password()), false);
            }
        } catch (SQLException e) {
            throw SqlConsole.explain(e);
        }
    }

    private static Connection reading(String url, String user, String password) throws SQLException {
        var properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("ApplicationName", "swarmdex console");
        properties.setProperty("options", LIMITS);
        Connection connection = DriverManager.getConnection(url, properties);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        return connection;
    }

    private static void prepare(Connection owner, String password) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            if (!exists(owner)) {
                statement.execute("create role " + ROLE + " login connection limit 10");
            }
            for (String view : SqlConsole.VIEWS) {
                if (!maySelect(owner, view)) {
                    statement.execute("grant select on " + view + " to " + ROLE);
                }
            }
            String soon = string(owner, "select cast(now() + interval '1 minute' as text)");
            statement.execute("alter role " + ROLE + " password '" + password + "' valid until '" + soon + "'");
        }
    }

    private static boolean exists(Connection owner) throws SQLException {
        return string(owner, "select exists (select 1 from pg_roles where rolname = '" + ROLE + "')").equals("t");
    }

    private static boolean maySelect(Connection owner, String view) throws SQLException {
        return string(owner, "select has_table_privilege('" + ROLE + "', '" + view + "', 'select')").equals("t");
    }

    private static String string(Connection owner, String sql) throws SQLException {
        try (PreparedStatement statement = owner.prepareStatement(sql); ResultSet result = statement.executeQuery()) {
            result.next();
            return String.valueOf(result.getString(1));
        }
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
