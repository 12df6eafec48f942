package dev.swarmdex.store.database;

import dev.swarmdex.store.StoreException;
import dev.swarmdex.store.StoreSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;

/** An index database that exists and that no other process has open, read without ever writing to it. */
final class ReadOnlyFile {

    private ReadOnlyFile() {}

    /**
     * Opens the database that the settings name. The caller closes the connection; until then no store can open the file. Throws
     * a {@link StoreException} that names the cure.
     */
    static Connection open(StoreSettings settings) {
        H2Loopback.choose();
        H2File file = H2File.of(settings.url());
        var failures = new H2Failures(file.data());
        Connection connection;
        try {
            connection = DriverManager.getConnection(
                    file.url() + ";IFEXISTS=TRUE;ACCESS_MODE_DATA=r", H2Database.owner(settings), settings.password());
        } catch (SQLException e) {
            throw failures.reading(e);
        }
        try {
            boolean present = Jdbi.create(connection).withHandle(Schema::isPresent);
            if (!present) {
                throw failures.notAnIndex();
            }
            return connection;
        } catch (JdbiException | StoreException e) {
            try {
                connection.close();
            } catch (SQLException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw failures.reading(e);
        }
    }
}
